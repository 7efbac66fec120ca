"""`retention cohorts`: who stayed, and what they paid, by when they first started."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

from retention_cli.cli import _completing as completing
from retention_cli.cli._options import reading
from retention_cli.cli._way import Way


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command(name="cohorts", epilog="Example: retention cohorts exports/ --every quarter")(
        reading("cohorts", "benchmarks", "period", "by", "start", "end")(_cohorts)
    )


def _cohorts(
    way: Way,
    *,
    every: Annotated[
        str,
        typer.Option(
            metavar="month|quarter|year",
            help="Length of a cohort.",
            autocompletion=completing.lengths,
        ),
    ] = "month",
) -> None:
    """Show who stayed, and what they paid, by the month they started."""
    from retention_cli.runs.cohorts import cohorts

    way.write(way.computed(partial(cohorts, every=every)))
