"""Results to stdout or a file, everything else to stderr."""

from __future__ import annotations

import codecs
import os
import sys
from typing import TYPE_CHECKING, NamedTuple, TextIO

from retention_cli.cli import _progress
from retention_cli.errors import RetentionError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_MOST_DIGITS = 5
"""No screen is wider, and Python refuses to read very long numbers."""


class Terminal(NamedTuple):
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
    return Terminal(_columns(environment.get("COLUMNS", ""), on_screen=on_screen), colour)


def _columns(told: str, *, on_screen: bool) -> int | None:
    wanted = int(told[:_MOST_DIGITS]) if told.isdecimal() else 0
    if not wanted and on_screen:
        wanted = os.get_terminal_size().columns
    return wanted or None


def emit(
    content: str | bytes | Iterable[str],
    output: Path | None,
    *,
    form: str = "table",
    private: bool = False,
) -> None:
    """Write a result whole, or piece by piece: to its file, or to stdout.

    A `private` file is for its owner only.

    Errors: RetentionError for bytes that would go to a screen.
    """
    _progress.end()
    pieces = [content] if isinstance(content, str | bytes) else content
    if output is None:
        for piece in pieces:
            _print(piece, form)
        return
    from retention_cli.text.atomic import FOR_OWNER, replacing

    with replacing(output, mask=FOR_OWNER if private else 0) as file:
        for piece in pieces:
            if isinstance(piece, bytes):
                file.buffer.write(piece)
            else:
                file.write(piece)


def _print(content: str | bytes, form: str) -> None:
    """Print a result: what programs read is the same on every system and in every locale."""
    from retention_cli.text.safe_text import ascii_json, for_encoding

    stream, encoding = sys.stdout, sys.stdout.encoding
    if isinstance(content, bytes):
        if stream.isatty():
            raise RetentionError(f"{form} is not text to show on a screen", "add --output FILE")
        stream.flush()
        stream.buffer.write(content)
    elif form == "csv" and not stream.isatty():
        stream.flush()
        stream.buffer.write(content.encode())
    elif form == "json" and not _is_utf8(encoding):
        stream.write(ascii_json(content))
    else:
        stream.write(for_encoding(content, encoding))
    stream.flush()


def _is_utf8(encoding: str) -> bool:
    return codecs.lookup(encoding).name == "utf-8"


def say(line: str) -> None:
    """Say one line on stderr; where nobody can hear it, the result counts anyway."""
    from retention_cli.text.safe_text import safe_text

    _progress.end()
    try:
        sys.stderr.write(f"{safe_text(line)}\n")
        sys.stderr.flush()
    except OSError:
        forget(sys.stderr)


def remark(lines: list[str], *, quiet: bool) -> None:
    """Say something beside the result."""
    if not quiet:
        for line in lines:
            say(line)


def forget(stream: TextIO) -> None:
    """Keep Python from writing what is left to a stream that takes no more."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
