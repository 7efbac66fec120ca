"""Columns that say which rows are money, put into the layout of a file of invoices."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pyarrow.compute as pc

from retention_cli.mapping.cells.cells import Cells
from retention_cli.mapping.cells.numbers import DecimalMark, decide_mark, rewrite_numbers
from retention_cli.mapping.cells.placeholders import without_words
from retention_cli.mapping.headers import folded
from retention_cli.mapping.money.finding import credit_words, status_columns, words_of
from retention_cli.mapping.plan import place_of
from retention_cli.patterns import lazy_pattern
from retention_cli.reading.text import WHITE_SPACE
from retention_cli.records.base import NO, NUMBER, YES
from retention_cli.records.document_types import DOCUMENTS, OTHER
from retention_cli.settings import Recipe

if TYPE_CHECKING:
    from retention_cli.mapping.layout import Layout
    from retention_cli.reading.text import TextSheet
    from retention_cli.settings import ExportRule

_PLAIN = r"\A-?[0-9]+(?:\.[0-9]+)?\z"
_SURELY_TYPES = {
    *("documenttype", "doctype", "typeofdocument", "transactiontype", "txntype", "vouchertype"),
    *("vchtype", "belegart", "belegtyp", "dokumentart", "typededocument", "typedocument"),
    *("typedepiece", "tipodedocumento", "tipodocumento", "tipodecomprobante", "tipocomprobante"),
    *("tipodidocumento", "documentsoort", "soortdocument"),
}
REFUND = lazy_pattern("refund|erstatt|rembours|reembols|rimbors|terugbetaal|devuelt|chargeback")
_RETURNS = lazy_pattern(
    "(?:total|amount|sum)?(?:of)?(?:returns?(?:and)?(?:allowances?)?|credited|gutgeschrieben|credits?issued)(?:amount)?"
)
_NO_AMOUNT = lazy_pattern(
    "date|datum|fecha|time|id$|number|nummer|numero|reason|grund|motif|motivo|status|by$|qty"
    "|quantity|menge|count|anzahl|items?$|method|reference|note|currency|policy|link|name|tax|vat|percent|prozent|pct$|rate$|quote$"
)


def with_money_columns(sheet: TextSheet, layout: Layout, rule: ExportRule | None) -> Layout:
    """Find the columns of types, statuses and refunds; what holds something else is left to others.

    A preset knows its own columns, and is left as it is.
    """
    if layout.kind != "invoices" or layout.of_preset:
        return layout
    told = set() if rule is None else {*rule.columns, *rule.constants}
    if "document_type" not in told:
        layout = _without_other_types(sheet, layout)
    if "status" not in layout.sources and "status" not in told:
        layout = _with_status(sheet, layout)
    return _with_refunds(sheet, layout)


def _without_other_types(sheet: TextSheet, layout: Layout) -> Layout:
    """Leave a column alone whose types are those of customers, goods or ways to pay."""
    place = layout.sources.get("document_type")
    if not isinstance(place, int):
        return layout
    words = words_of(sheet, place)
    known = {DOCUMENTS.meaning(word) for word in words} - {None, OTHER}
    credit = credit_words(words)
    lettered = credit is not None and 0 < len(credit) < len(words)
    sure = folded(sheet.headers[place]) in _SURELY_TYPES
    flags = all(word.casefold() in {*YES, *NO} for word in words)
    if not (lettered or flags) and (known or sure):
        return layout
    sources = {column: at for column, at in layout.sources.items() if column != "document_type"}
    aliases = {column: name for column, name in layout.aliases.items() if column != "document_type"}
    others = {**layout.others, sheet.headers[place]: place}
    others = dict(sorted(others.items(), key=lambda one: one[1]))
    return replace(layout, sources=sources, aliases=aliases, others=others)


def _with_status(sheet: TextSheet, layout: Layout) -> Layout:
    """Take the first column that says what became of an invoice as its status."""
    found = next(status_columns(sheet, layout), None)
    if found is None:
        return layout
    header, place = found
    others = {name: at for name, at in layout.others.items() if at != place}
    return replace(
        layout,
        sources={**layout.sources, "status": place},
        aliases={**layout.aliases, "status": folded(header)},
        others=others,
    )


def _with_refunds(sheet: TextSheet, layout: Layout) -> Layout:
    """Take the columns of what was refunded off the amount."""
    source = layout.sources.get("amount")
    if isinstance(source, int):
        recipe = Recipe(from_=sheet.headers[source])
    elif (
        isinstance(source, Recipe)
        and source.from_
        and not source.as_it_stands
        and source.less is None
    ):
        recipe = source
    else:
        return layout
    found = tuple(
        header for header, place in layout.others.items() if _is_refund(sheet, header, place)
    )
    if not found:
        return layout
    others = {name: place for name, place in layout.others.items() if name not in found}
    sources = {**layout.sources, "amount": replace(recipe, less=found)}
    return replace(layout, sources=sources, others=others)


def before_refunds(layout: Layout, sheet: TextSheet) -> Layout:
    """Give a layout in which an amount is its one header, without the refunds that are taken off."""
    source = layout.sources.get("amount")
    if not isinstance(source, Recipe) or source != Recipe(from_=source.from_, less=source.less):
        return layout
    if not source.less or source.from_ is None:
        return layout
    place = place_of(sheet.headers, source.from_, sheet.name)
    return replace(layout, sources={**layout.sources, "amount": place})


def with_refunds_of(layout: Layout, before: Layout, sheet: TextSheet) -> Layout:
    """Take the refunds of the layout before off an amount that is read from other columns now."""
    was, source = before.sources["amount"], layout.sources["amount"]
    if not isinstance(was, Recipe) or not was.less:
        return layout
    new = source if isinstance(source, Recipe) else Recipe(from_=sheet.headers[source])
    return replace(layout, sources={**layout.sources, "amount": replace(new, less=was.less)})


def is_named_refund(header: str) -> bool:
    """Say whether a header is of amounts that were given back.

    Example:
        >>> is_named_refund("Refunded Amount"), is_named_refund("Refund Date")
        (True, False)
    """
    name = folded(header)
    named = REFUND.search(name) or _RETURNS.fullmatch(name)
    return bool(named) and "%" not in header and not _NO_AMOUNT.search(name)


def _is_refund(sheet: TextSheet, header: str, place: int) -> bool:
    """Say whether a column has amounts that were given back, and any that is not 0."""
    if not is_named_refund(header):
        return False
    cells = without_words(Cells.of(sheet.held(place)), NUMBER)
    texts = pc.utf8_trim(cells.texts, WHITE_SPACE)
    texts = texts.filter(pc.fill_null(pc.not_equal(texts, ""), False))
    decision = decide_mark(texts)
    numbers = rewrite_numbers(texts, decision.mark or DecimalMark.POINT)
    if not len(numbers) or not pc.all(pc.match_substring_regex(numbers, _PLAIN)).as_py():
        return False
    several = pc.unique(numbers).to_pylist()
    return bool(set(several) - {"0", "1", "0.0", "0.00", "1.0", "-0"}) and any(
        text.strip("-0.") for text in several
    )
