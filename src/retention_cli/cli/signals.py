"""`retention signals`: customers whose early signs should be seen in time."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from retention_cli.cli._options import reading
from retention_cli.cli._way import Way


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command(name="signals", epilog="Example: retention signals exports/ --backtest")(
        reading("signals", "benchmarks", "by", "start", "end")(_signals)
    )


def _signals(
    way: Way,
    *,
    backtest: Annotated[
        bool,
        typer.Option("--backtest", help="Test every rule at the closes of past months."),
    ] = False,
    learn: Annotated[
        bool,
        typer.Option(
            "--learn",
            help="Weigh the rules by earlier months, and test the weights on later ones; needs scikit-learn.",
        ),
    ] = False,
    follow_ups: Annotated[
        Path | None,
        typer.Option(
            "--follow-ups",
            metavar="FILE",
            help="File of follow-ups, with customer_id and date (default: follow_ups.csv beside the exports).",
        ),
    ] = None,
) -> None:
    """List customers with early signs of leaving, most at stake first."""
    from retention_cli.runs.signals import signals

    told = partial(signals, tested=backtest, learns=learn, follow_ups=follow_ups)
    way.write(way.computed(told))
