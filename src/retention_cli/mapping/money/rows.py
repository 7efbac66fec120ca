"""Which rows of a file of invoices are money, and with which sign: all that its own cells tell."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pyarrow.compute as pc

from retention_cli.mapping.cells.cells import Cells
from retention_cli.mapping.money.amounts import turned
from retention_cli.mapping.money.beside import beside
from retention_cli.mapping.money.layouts import is_named_refund
from retention_cli.mapping.money.long_rows import nobodies
from retention_cli.mapping.money.minor_units import refuse_minor
from retention_cli.mapping.money.numbered import lettered_numbers, quote_numbers
from retention_cli.mapping.money.odd_rows import odd_rows
from retention_cli.mapping.money.refunds import taken_off
from retention_cli.mapping.money.signs import signed
from retention_cli.mapping.money.statuses import statuses_of
from retention_cli.mapping.money.told_by_text import no_sales
from retention_cli.mapping.money.types import types_of
from retention_cli.mapping.plan import recipe_headers
from retention_cli.settings import Recipe

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from retention_cli.mapping.evidence import Source
    from retention_cli.mapping.money.case import Case


@dataclass(frozen=True, slots=True)
class Money:
    """What was decided: what is assumed of the rows, and why a column is taken as it is."""

    assumed: tuple[str, ...] = ()
    because: Mapping[str, str] = field(default_factory=dict)


def as_money(case: Case, sources: Sequence[Source], refunds: Mapping[str, Cells]) -> Money:
    """Rewrite the cells of a case: statuses in our words, credits below zero, refunds taken off.

    `sources` feed the amount. Amounts that a preset decides are left as they are.
    Errors: AmbiguousColumnError with the one question that settles what is not sure.
    """
    preset = case.layout.knows("amount")
    recipe = case.layout.sources.get("amount")
    if isinstance(recipe, Recipe) and recipe.negate:
        everywhere = pc.is_valid(case.amounts)
        case.cells["amount"] = Cells(turned(case.amounts, everywhere))
    if not preset:
        refuse_minor(case)
    types = types_of(case)
    made_of = recipe_headers(recipe) if isinstance(recipe, Recipe) else ()
    statuses = statuses_of(case, refunds_told=any(map(is_named_refund, made_of)))
    assumed: list[str] = []
    if not preset:
        said = signed(case, sources, types, statuses)
        assumed += [*beside(case), *no_sales(case), *nobodies(case), *quote_numbers(case), *said]
        assumed += [*odd_rows(case), *lettered_numbers(case)]
        assumed += taken_off(case, refunds) if refunds else []
    because = {}
    if types is not None:
        because["document_type"] = types.because
    if statuses is not None:
        because["status"] = statuses.because
        assumed += statuses.assumed
    return Money(tuple(assumed), because)
