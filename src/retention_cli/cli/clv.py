"""`retention clv`: what each customer is worth, and how sure that is."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

from retention_cli.cli import _completing as completing
from retention_cli.cli._options import reading
from retention_cli.cli._way import Way


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command(name="clv", epilog="Example: retention clv exports/ --backtest 6m")(
        reading("clv", "benchmarks")(_clv)
    )


def _clv(
    way: Way,
    *,
    horizon: Annotated[
        str, typer.Option(metavar="12m", help="Time to look ahead, in months or years.")
    ] = "12m",
    model: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="Model: bg-nbd, or shifted-beta-geometric for contracts (default: the one that fits the data).",
            autocompletion=completing.words("bg-nbd", "shifted-beta-geometric"),
        ),
    ] = None,
    backtest: Annotated[
        str | None,
        typer.Option(metavar="6m", help="Hold out the last months, and score the model on them."),
    ] = None,
    bootstrap: Annotated[
        int,
        typer.Option(
            metavar="200",
            help="Bootstrap samples for the errors; 0 computes them from the curvature.",
        ),
    ] = 0,
) -> None:
    """Show what each customer is worth, by formula and by model."""
    from retention_cli.runs.clv import clv

    told = partial(clv, horizon=horizon, model=model, backtest=backtest, bootstrap=bootstrap)
    way.write(way.computed(told))
