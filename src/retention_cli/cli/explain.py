"""`retention explain`: what a figure means, and the customers and rows behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli.cli._options import Way, reading
from retention_cli.errors import RetentionError

if TYPE_CHECKING:
    import typer


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command(name="explain", epilog="Example: retention explain churn exports/")(
        reading("explanation")(_explain)
    )


def _explain(way: Way) -> None:
    """Say what a KPI means and, with exports, which customers and rows are behind it."""
    from retention_cli.runs.explain import define

    name, *_ = map(str, way.told.paths)
    way.write(define(name))
