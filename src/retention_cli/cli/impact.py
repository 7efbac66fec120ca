"""`retention impact`: what a step in retention is worth on these accounts."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

from retention_cli.cli._options import reading
from retention_cli.cli._way import Way


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        name="impact", epilog="Example: retention impact exports/ --period 2025 --retention +5pp"
    )(reading("impact", "benchmarks", "by", "start", "end")(_impact))


def _impact(
    way: Way,
    *,
    retention: Annotated[
        str | None,
        typer.Option(
            "--retention",
            metavar="STEP",
            help="Step in retention: +5pp, +5% or 95% (default: +5pp, or less near 100 %).",
        ),
    ] = None,
) -> None:
    """Show what a step in retention is worth, and what leavers cost."""
    from retention_cli.runs.impact import impact

    way.write(way.computed(partial(impact, retention=retention)))
