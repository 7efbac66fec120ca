"""Results to stdout or a file, everything else to stderr."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from retention_cli.errors import RetentionError


@dataclass(frozen=True, slots=True)
class Terminal:
    """What the place that a table is printed to can show; no width means: as the data need."""

    width: int | None
    colour: bool


def terminal(*, to_file: bool, no_color: bool) -> Terminal:
    """Say what stdout can show. The flag goes before NO_COLOR, and that before FORCE_COLOR."""
    on_screen = sys.stdout.isatty() and not to_file
    environment = os.environ
    if no_color or environment.get("NO_COLOR"):
        colour = False
    elif environment.get("FORCE_COLOR"):
        colour = not to_file
    else:
        colour = on_screen and environment.get("TERM") != "dumb"
    columns = environment.get("COLUMNS", "")
    if columns.isdecimal() and int(columns) > 0:
        return Terminal(int(columns), colour)
    return Terminal(os.get_terminal_size().columns if on_screen else None, colour)


def refuse_input_as_output(output: Path | None, files: list[Path]) -> None:
    """Keep a result from taking the place of what it is made of."""
    if output is not None and output.exists():
        for file in files:
            if file.exists() and output.samefile(file):
                raise RetentionError(
                    f"--output: {output} is one of the exports", "name another file"
                )


def emit(text: str, output: Path | None) -> None:
    """Write a result whole: to its file, or to stdout."""
    if output is None:
        from retention_cli.safe_text import for_encoding

        sys.stdout.write(for_encoding(text, sys.stdout.encoding))
        sys.stdout.flush()
        return
    from retention_cli.atomic import replacing

    with replacing(output) as file:
        file.write(text)


def remark(lines: list[str], *, quiet: bool) -> None:
    """Say something beside the result."""
    if not quiet:
        for line in lines:
            sys.stderr.write(f"{line}\n")
