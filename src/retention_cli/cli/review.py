"""`retention review`: which measures fit this base of customers."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

from retention_cli.cli._options import reading
from retention_cli.cli._way import Way


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command(name="review", epilog="Example: retention review exports/ --role sales")(
        reading("review", "by", "start", "end")(_review)
    )


def _review(
    way: Way,
    *,
    role: Annotated[
        str | None,
        typer.Option("--role", metavar="NAME", help="Use the scorecard of this role."),
    ] = None,
) -> None:
    """Show which measures fit these customers."""
    from retention_cli.runs.review import review

    way.write(way.computed(partial(review, role=role)))
