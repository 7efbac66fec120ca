"""Costs: signs and what is taken off as the settings say, and what stands beside them and is not read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow.compute as pc

from retention_cli.mapping.amounts.tax_headers import is_tax
from retention_cli.mapping.cells.cells import Cells
from retention_cli.mapping.cells.recipes import subtracted
from retention_cli.mapping.headers import folded
from retention_cli.mapping.money.amounts import turned, without_sign
from retention_cli.mapping.money.beside import are_numbers, is_planned
from retention_cli.mapping.money.doubts import refuse_prices, refuse_shares
from retention_cli.mapping.money.finding import (
    are_flags,
    credit_flags,
    is_doubt,
    letter_columns,
    status_flags,
    words_of,
)
from retention_cli.mapping.money.layouts import is_named_refund
from retention_cli.mapping.money.long_rows import nobodies
from retention_cli.mapping.money.running import refuse_running
from retention_cli.mapping.money.signs import turn_as_told
from retention_cli.mapping.money.sums import refuse_sums
from retention_cli.mapping.money.twins import refuse_twins
from retention_cli.mapping.proposing import settles
from retention_cli.mapping.words.counted import yeses
from retention_cli.mapping.words.meaning import meaning
from retention_cli.patterns import lazy_pattern
from retention_cli.records.billing_statuses import BILLING, DRAFT, VOID
from retention_cli.records.document_types import CREDIT, DOCUMENTS
from retention_cli.settings import Recipe

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from retention_cli.mapping.evidence import Source
    from retention_cli.mapping.money.case import Case

_BACK = lazy_pattern(
    r"(?i)\b(?:refund|reimbursement|credit(?: (?:note|memo))?$|gutschrift|erstattung|avoir|rembours|reembols|devoluc"
    "|rimbors|nota (?:de|di) cr|creditnota|terugbetal|estorno|rebate|reclaim|cash ?back|r[uü]ckverg[uü]t|ristourne|abbuono|retrocess)"
)
"""What texts of costs that came back say."""
_ORDERED = lazy_pattern(
    r"(?i)\b(?:purchase order|po|quot(?:e|ation)|estimate|requisition|bestellung|angebot|devis|bon de commande"
    r"|pedido|presupuesto|ordine|preventivo|offerte|inkooporder)\b"
)
"""What texts say of costs that are not billed yet."""
_SPREAD = {
    "months",
    "termmonths",
    "amortisationmonths",
    "amortizationmonths",
    "usefullife",
    "monate",
} | {*("laufzeitmonate", "nutzungsdauer", "mois", "meses", "mesi", "maanden")}


def costs_as_told(case: Case, sources: Sequence[Source], off: Mapping[str, Cells]) -> None:
    """Turn costs, and take off them, what the settings say; ask about rows that sum up others."""
    refuse_sums(case)
    refuse_twins(case)
    refuse_shares(case)
    refuse_prices(case, "amount", "piece_cost")
    refuse_running(case)
    recipe = case.layout.sources["amount"]
    if not isinstance(recipe, Recipe):
        return
    if recipe.negate:
        case.cells["amount"] = Cells(turned(case.amounts, pc.is_valid(case.amounts)))
    if recipe.negative is not None:
        turn_as_told(case, recipe, sources)
    if off:
        bare = [pc.coalesce(without_sign(one.text), "0") for one in off.values()]
        case.cells["amount"] = Cells(subtracted([case.amounts, *bare]))


def beside_costs(case: Case) -> Iterator[str]:
    """Say which columns beside costs may change what they are, and are not read."""
    recipe = case.layout.sources.get("amount")
    if isinstance(recipe, Recipe) and recipe.as_it_stands:
        return
    flags = [(header, place) for header, place, *_ in status_flags(case.sheet, case.layout)]
    for header, place in (*flags, *credit_flags(case.sheet, case.layout)):
        words = case.words(place).drop_null()
        found = words.unique().to_pylist()
        told = yeses(found) if are_flags(found) else ["*"]
        yield case.count_too(header, place, told)
    category = case.layout.sources.get("category")
    ours = {case.header("category"): category} if isinstance(category, int) else {}
    for header, place in {**case.others, **ours}.items():
        words = words_of(case.sheet, place)
        if is_doubt(header, "reversed") and are_flags(words):
            yield case.count_too(header, place, yeses(words))
        elif gone := _gone(case, header, place):
            yield from case.refuse_or_say(header, place, gone)
        elif is_doubt(header, "version") and len(words_of(case.sheet, place)) > 1:
            yield f"'{header}' is not read: rows of every version count{settles(header)}"
        elif "hours" in case.cells and _is_of_minutes(header) and are_numbers(case.words(place)):
            yield f"'{header}' is not read: hours are taken without it{settles(header)}"
    yield from nobodies(case)
    if "amount" in case.cells:
        yield from _beside_amounts(case)


def _beside_amounts(case: Case) -> Iterator[str]:
    amount = case.header("amount")
    where = "write in retention.toml: [export.columns] amount ="
    told = case.told_amount
    for header, _, credited, _ in (
        () if told.negative is not None else letter_columns(case.sheet, case.layout)
    ):
        own = case.amount(negative={header: tuple(credited)})
        yield f"'{header}' is not read: all costs count; to reverse some, {where} {own}"
    for header, place in case.others.items():
        words = case.words(place)
        if header in (told.less or ()):
            continue
        if folded(header) in _SPREAD and are_numbers(words):
            yield f"'{header}' is not read: '{amount}' counts in full on its day{settles(header)}"
        elif _may_be_off(header) and are_numbers(words):
            own = case.without(header)
            yield f"'{header}' is not read: it may be in '{amount}'; to take it off, {where} {own}"


def _may_be_off(header: str) -> bool:
    refunded = is_named_refund(header) or "reimburs" in folded(header)
    return is_tax(header) or (refunded and "%" not in header)


def _is_of_minutes(header: str) -> bool:
    return folded(header) in {"minutes", "mins", "min", "minuten", "minuti", "minutos", "minuut"}


def _gone(case: Case, header: str, place: int) -> list[str]:
    """Give the words of a column that say of its rows that they are no costs, or credits."""
    words = words_of(case.sheet, place)
    if words and is_planned(words):
        return [word for word in words if is_planned([word], alone=True)]
    signed = "amount" in case.cells and case.has_amounts_below_zero
    orders = [word for word in words if _ORDERED.search(word)]
    if not ({"status", "type"} & meaning(header).any or all(map(BILLING.meaning, words))):
        back = [] if signed else [*filter(_BACK.search, words)]
        return sorted({*back, *(orders if len(orders) < len(words) else ())})
    gone = [word for word in words if BILLING.meaning(word) in {VOID, DRAFT}]
    gone += [w for w in words if not signed and (DOCUMENTS.meaning(w) == CREDIT or _BACK.search(w))]
    gone += orders if len(orders) < len(words) else []
    return sorted({*gone})
