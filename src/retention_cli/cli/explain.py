"""`retention explain`: what a figure means, and the customers and rows behind it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from retention_cli.cli._options import Way, reading
from retention_cli.errors import RetentionError

if TYPE_CHECKING:
    from retention_cli.runs.options import Options


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        name="explain", epilog="Example: retention explain churn_rate exports/ --period 2025-06"
    )(reading("explain", first="KPI")(_explain))


def _explain(
    way: Way,
    *,
    members: Annotated[
        str | None, typer.Option(metavar="PART", help="Show all members of this part.")
    ] = None,
) -> None:
    """Say what a KPI means and, with exports, which customers and rows are behind it."""
    from retention_cli.runs.explain import define, explain

    name, told = _apart(way.told)
    if told is None:
        way.write(define(name))
        return
    way = replace(way, told=told)
    way.write(explain(name, way.request(), part=members))


def _apart(told: Options) -> tuple[str, Options | None]:
    """Take the KPI from what was said; nothing but it asks for no data."""
    if not told.paths:
        raise RetentionError("no KPI was given", "retention kpis lists them")
    name, *paths = told.paths
    rest = replace(told, paths=paths)
    return str(name), rest if _reads(rest) else None


def _reads(told: Options) -> bool:
    return bool(told.paths or any(told.named.values()) or told.period or told.by or told.config)
