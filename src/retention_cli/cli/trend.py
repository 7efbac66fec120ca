"""`retention trend`: the figures over a row of periods, and what they moved with."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from retention_cli.cli import _completing as completing
from retention_cli.cli._options import reading
from retention_cli.cli._way import Way


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        name="trend", epilog="Example: retention trend exports/ --kpi churn_rate --last 24"
    )(reading("trend")(_trend))


def _trend(  # its options
    way: Way,
    *,
    kpi: Annotated[
        list[str] | None,
        typer.Option(
            "--kpi",
            metavar="NAMES",
            help="Show only these KPIs, such as churn_rate,nrr.",
            autocompletion=completing.kpis,
        ),
    ] = None,
    last: Annotated[
        int | None, typer.Option(metavar="N", help="Number of periods (default: 12).")
    ] = None,
    every: Annotated[
        str | None,
        typer.Option(
            metavar="month|quarter|year",
            help="Length of a period (default: month).",
            autocompletion=completing.lengths,
        ),
    ] = None,
    since: Annotated[
        str | None, typer.Option("--from", metavar="PERIOD", help="First period.")
    ] = None,
    until: Annotated[
        str | None, typer.Option("--to", metavar="PERIOD", help="Last period.")
    ] = None,
    event: Annotated[
        str | None, typer.Option(metavar="NAME", help="Compare before and after this event.")
    ] = None,
    event_periods: Annotated[
        int, typer.Option(metavar="N", help="Whole periods on each side of the event.")
    ] = 3,
    events: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Events (default: events.csv beside the exports)."),
    ] = None,
) -> None:
    """Show every figure over time: line, change, band, events."""
    from retention_cli.runs.trend import Asked, trend

    asked = Asked(
        kpi or (),
        last,
        every,
        since=since,
        until=until,
        event=event,
        sides=event_periods,
        events=events,
    )
    way.write(way.computed(partial(trend, asked)))
