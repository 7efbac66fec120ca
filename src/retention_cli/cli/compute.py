"""`retention compute`: every KPI of a period against the benchmarks."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from retention_cli.cli._options import Save, reading
from retention_cli.cli._output import remark
from retention_cli.cli._way import Way


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        name="compute",
        epilog="Example: retention compute exports/ --period 2025-06 --benchmarks plan.toml",
    )(reading("scorecard")(_compute))


def _compute(
    way: Way,
    *,
    save: Save = None,
    append: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Add the figures to a CSV file, in place of those of the same period, KPI and group.",
        ),
    ] = None,
    role: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Show the figures of this role in [scorecard]."),
    ] = None,
    fail_on_miss: Annotated[
        bool, typer.Option("--fail-on-miss", help="Exit with code 1 if a target is missed.")
    ] = False,
) -> None:
    """Compute the KPIs of a period, and compare them with targets."""
    from retention_cli.runs.score import score

    keep = None
    if save is not None:
        from retention_cli.runs.frozen_runs import keeping

        keep = keeping(save)
    card = way.computed(partial(score, keep=keep, look_back=way.is_wide, role=role))
    if append:
        from retention_cli.reports.scorecard.csv import row
        from retention_cli.text.adding import summary_of_figures

        said = summary_of_figures(append).add([row(line) for line in card.lines])
        remark(said, quiet=way.quiet)
        way.record.wrote.append(append)
    way.write(card)
    if fail_on_miss and (card.missed or card.incomplete):
        from retention_cli.reports.words.figures import missed_text

        remark([f"missed: {missed_text(card)}"], quiet=False)
        raise typer.Exit(1)
