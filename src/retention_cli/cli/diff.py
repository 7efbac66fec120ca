"""`retention diff`: what was restated since a run was frozen, and the rows that did it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from retention_cli.cli._options import reading
from retention_cli.cli._way import Way

if TYPE_CHECKING:
    import typer


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command(name="diff", epilog="Example: retention diff june/ exports/")(
        reading("diff", "period", "by", first="FROZEN")(_diff)
    )


def _diff(way: Way) -> None:
    """Compare a frozen run with another, or with today's exports."""
    from retention_cli.runs.diff import between, frozen_pair, since

    first, second = frozen_pair(way.told.paths)
    kept = [file for folder in (first, second) if folder for file in folder.iterdir()]
    if second is not None:
        way.refuse_places(kept)
        way.write(between(first, second))
        return
    told = replace(way.told, paths=way.told.paths[1:])
    way = replace(way, told=told, also_read=(*kept,))
    way.write(way.computed(partial(since, first)))
