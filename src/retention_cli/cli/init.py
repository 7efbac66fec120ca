"""`retention init`: settings and benchmarks for the exports of a folder, to be looked over."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from retention_cli.cli import _options as options


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command(name="init", epilog="Example: retention init exports/")(_init)


def _init(
    *,
    folder: Annotated[
        Path, typer.Argument(metavar="[FOLDER]", help="Folder with the exports.")
    ] = Path(),
    map_: options.Map = None,
    ignore: options.Ignore = None,
    no_input: Annotated[
        bool, typer.Option("--no-input", help="Ask nothing; write open questions as comments.")
    ] = False,
    quiet: options.Quiet = False,
) -> None:
    """Write retention.toml and benchmarks.toml for a folder."""
    from retention_cli.cli._drafting import refuse_what_is_there, write_settings
    from retention_cli.cli._progress import progress
    from retention_cli.runs.mapped import columns_mapped
    from retention_cli.runs.options import Request
    from retention_cli.sources.locating import locate
    from retention_cli.sources.patterns import refuse_idle

    mapped = columns_mapped(map_ or ())
    refuse_idle(ignore or (), [folder])
    refuse_what_is_there(folder)
    files = [replace(one, mapped=mapped) for one in locate([folder], {}, ignored=ignore or ())]
    with progress(quiet=quiet):
        write_settings(folder, Request(files, mapped=mapped), quiet=quiet, ask=not no_input)
