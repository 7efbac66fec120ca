"""`retention check`: read and validate only, and say what was understood."""

from __future__ import annotations

import typer

from retention_cli.cli._options import reading
from retention_cli.cli._way import Way

UNUSABLE = 3


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command(name="check", epilog="Example: retention check exports/")(
        reading("check", "period", "by", "benchmarks")(_check)
    )


def _check(way: Way) -> None:
    """Validate exports: what was recognised, and how to fix the rest."""
    from retention_cli.runs.check import check
    from retention_cli.runs.questions import questions

    request = way.request()
    found = check(request)
    if not found.usable and way.settled(request, [*questions(found)]):
        found = check(way.request())
    way.write(found)
    if not found.usable:
        raise typer.Exit(UNUSABLE)
