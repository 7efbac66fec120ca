"""`retention explain`: what a figure means, and the customers and rows behind it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from retention_cli.cli._options import reading
from retention_cli.cli._way import Way
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
    id: Annotated[  # noqa: A002  # as the option is called
        str | None,
        typer.Option(metavar="ID", help="Show what is known of this customer."),
    ] = None,
    as_: Annotated[
        str | None,
        typer.Option("--as", metavar="all|NAMES", help="Show what others mean by this figure."),
    ] = None,
    bases: Annotated[
        bool, typer.Option("--bases", help="Show the figure on each basis that the exports allow.")
    ] = False,
) -> None:
    """Explain a KPI, and name the customers and rows behind it."""
    from retention_cli.runs.explain import Asked, define, explain

    name, told = _apart(way.told, of_a_customer=id is not None)
    opens = id is not None or members is not None or as_ is not None or bases
    if name is not None and not opens and not _reads(told):
        way.write(define(name))
        return
    way = replace(way, told=told)
    asked = Asked(name, customer=id, part=members, readings=as_, bases=bases)
    way.write(way.computed(partial(explain, asked)))


def _apart(told: Options, *, of_a_customer: bool) -> tuple[str | None, Options]:
    """Take the KPI from the places that were said; a customer can do without, but not if it is there."""
    if of_a_customer and (not told.paths or told.paths[0].exists()):
        return None, told
    if not told.paths:
        raise RetentionError("no KPI was given", "retention kpis lists them")
    first, *others = told.paths
    return str(first), replace(told, paths=others)


def _reads(told: Options) -> bool:
    return bool(
        told.paths
        or any(told.named.values())
        or told.start
        or told.period
        or told.by
        or told.config
    )
