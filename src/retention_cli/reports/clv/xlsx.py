"""Lifetime values as a workbook: customers, models, formulas, the back-test, and two charts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli.kpis.registry import get
from retention_cli.reports.clv._charts import back_test, silence
from retention_cli.reports.clv._shown import first_words, title, why_not
from retention_cli.reports.words.figures import reason_text
from retention_cli.reports.words.sheets import data_quality, definitions
from retention_cli.reports.words.terms import terms
from retention_cli.reports.words.workbook import (
    MOST_ROWS,
    Book,
    Column,
    Formula,
    cell,
    money,
    ratio,
    span,
)
from retention_cli.values.measures import Unit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from retention_cli.reports.words.workbook import Cell, Sheet
    from retention_cli.results.lifetimes import Customer, Lifetimes
    from retention_cli.results.lifetimes import Formula as ByFormula
    from retention_cli.values.measures import Number

_COLUMNS = (
    *(Column("Customer", width=14), Column("Name", width=30), Column("Manager", width=18)),
    *(Column("Group", width=14), Column("Tier", width=7), Column("Paid", "money", 14)),
    *(Column("By formula", "money", 14), Column("P(alive)", "ratio", 9)),
    *(Column("Days silent", "count", 8), Column("Expected purchases", "number", 11)),
    *(Column("Expected value", "money", 14), Column("Low", "money", 12)),
    *(Column("High", "money", 12), Column("By formula, on margin", "money", 14)),
    Column("Expected, on margin", "money", 14),
)
_AT = {column.heading: place for place, column in enumerate(_COLUMNS)}
_FIRST_ROW = 3
_SUMMED = ("Paid", "By formula", "Expected value")
_FIRST_FIGURE = 2
"""The row of the first figure in the sheet of formulas."""
_PRODUCTS = {
    "clv": ("average_purchase_value", "purchase_frequency", "customer_lifespan"),
    "clv_margin": ("clv", "gross_margin"),
}
_LOOKS = {Unit.MONEY: "money", Unit.RATIO: "ratio"}


def render(found: Lifetimes) -> bytes:
    """Write Summary, Customers, Models, Formulas, Back-test, Definitions and Data quality."""
    book = Book(title(found))
    last = _FIRST_ROW + max(len(found.customers), 1) - 1
    _summary(book, found, (_FIRST_ROW, last))
    _customers(book, found)
    _models(book, found)
    _formulas(book, found)
    if found.backtest is not None and found.backtest.reason is None:
        back_test(book, found.backtest, found.currency)
    definitions(book, [*terms("clv").items()])
    data_quality(book, found)
    return book.closed()


def _summary(book: Book, found: Lifetimes, rows: tuple[int, int]) -> None:
    """Write what is to be known first, the customers by tier, and P(alive) against silence."""
    sheet = book.sheet("Summary", title(found), notes=first_words(found))
    sheet.widths(26, 14, 16, 16, 16)
    sheet.line([])
    sheet.line([found.tier_rule])
    sheet.line(["Tier", "Customers", *_SUMMED], "header", *["number_header"] * 4)
    tiers = f"Customers!{span(*rows, _AT['Tier'])}"
    for tier in ("A", "B", "C"):
        ours = [one for one in found.customers if one.tier == tier]
        sums = (
            _sum_if(tiers, tier, f"Customers!{span(*rows, _AT[name])}", ours, name)
            for name in _SUMMED
        )
        count = Formula(f'=COUNTIF({tiers},"{tier}")', len(ours))
        sheet.line([tier, count, *sums], "text", "count", *["money"] * 3)
    if found.silence:
        sheet.line([])
        silence(book, sheet, found)
    for note in found.notes:
        sheet.line([note], "note")


_FIELDS = {
    "Paid": "historic_value",
    "By formula": "formula_value",
    "Expected value": "expected_value",
}


def _sum_if(tiers: str, tier: str, cells: str, ours: Sequence[Customer], name: str) -> Formula:
    total = sum(getattr(one, _FIELDS[name]) or 0 for one in ours)
    return Formula(f'=SUMIF({tiers},"{tier}",{cells})', money(total))


def _customers(book: Book, found: Lifetimes) -> None:
    ahead = f"expected in {found.horizon} months"
    notes = [f"The most valuable first; {ahead}. The totals follow the filter."]
    sheet = book.sheet("Customers", title(found), notes=notes)
    sheet.head(_COLUMNS, frozen=_AT["Manager"])
    margins = {one.value: _figure_cell(found, at, "gross_margin") for at, one in _columns(found)}
    first, last = sheet.rows(
        _COLUMNS,
        (
            _row(one, row, margins.get(one.group, margins[None]))
            for row, one in enumerate(found.customers[:MOST_ROWS], start=sheet.row)
        ),
    )
    totals: list[Cell] = ["Total", f"{len(found.customers):,} customers"]
    totals += [None] * (len(_COLUMNS) - 2)
    for name in _SUMMED:
        values = [getattr(one, _FIELDS[name]) for one in found.customers[:MOST_ROWS]]
        total = sum(value or 0 for value in values)
        totals[_AT[name]] = Formula(f"=SUBTOTAL(9,{span(first, last, _AT[name])})", money(total))
    sheet.line(totals, *(column.look for column in _COLUMNS), total=True)
    tier = {"type": "cell", "criteria": "==", "value": '"A"', "format": book.good}
    sheet.sheet.conditional_format(first, _AT["Tier"], last, _AT["Tier"], tier)
    scale = {"type": "2_color_scale", "min_color": "#FCE4D6", "max_color": "#C6E0B4"}
    sheet.sheet.conditional_format(first, _AT["P(alive)"], last, _AT["P(alive)"], scale)


def _columns(found: Lifetimes) -> Iterator[tuple[int, ByFormula]]:
    """Give the formulas with their columns in their sheet; that of a group after that of all."""
    return enumerate(found.formulas, start=1)


def _figure_cell(found: Lifetimes, column: int, name: str) -> str:
    row = _FIRST_FIGURE + list(found.formulas[0].figures).index(name)
    return f"Formulas!{cell(row, column)}"


def _row(one: Customer, row: int, margin: str) -> Sequence[Cell]:
    low, high = one.value_range or (None, None)
    by_formula, expected = (cell(row, _AT[name]) for name in ("By formula", "Expected value"))
    return (
        *(one.customer_id, one.customer_name, one.manager, one.group, one.tier),
        *(money(one.historic_value), money(one.formula_value), one.p_alive, one.silent),
        *(one.expected_purchases, money(one.expected_value), money(low), money(high)),
        _formula(f"={by_formula}*{margin}", one.formula_margin),
        _formula(f"={expected}*{margin}", one.expected_margin),
    )


def _formula(text: str, value: Number | None) -> Formula | None:
    return None if value is None else Formula(text, money(value))


def _models(book: Book, found: Lifetimes) -> None:
    columns = (
        *(Column("Model", width=26), Column("Parameter", width=12), Column("Value", "exact", 12)),
        *(Column("Standard error", "exact", 12), Column("Low", "exact", 12)),
        *(Column("High", "exact", 12), Column("Log-likelihood", "number", 16)),
        *(Column("Customers", "count", 11), Column("Why not, and warnings", width=90)),
    )
    sheet = book.sheet("Models", "Models, with the 95 % intervals of their parameters")
    sheet.head(columns)

    def rows() -> Iterator[Sequence[Cell]]:
        for one in found.models:
            said = "; ".join([why_not(one)] if one.reason else one.warnings) or None
            if not one.parameters:
                yield (one.name, *[None] * 7, said)
            for part in one.parameters:
                numbers = (part.value, part.error, part.low, part.high, one.log_likelihood, one.n)
                yield (one.name, part.name, *numbers, said)

    sheet.rows(columns, rows())


def _formulas(book: Book, found: Lifetimes) -> None:
    recent = f"{found.recent.start} to {found.recent.last_day}"
    sheet = book.sheet("Formulas", f"Lifetime value by formula, over {recent}")
    sheet.widths(36, *[18] * (len(found.formulas) + 3))
    names = [_name(one, found) for one in found.formulas]
    sheet.line(["Figure", *names], "header", *["number_header"] * len(names))
    for name in found.formulas[0].figures:
        kpi = get(name)
        cells = [_figure(found, at, one, name) for at, one in _columns(found)]
        sheet.line([kpi.title, *cells], "text", *[_LOOKS.get(kpi.unit, "number")] * len(cells))
    for place, reading in enumerate(found.formulas[0].readings[1:], start=1):
        cells = [money(one.readings[place].measure.value) for one in found.formulas]
        sheet.line([reading.name.replace("-", " "), *cells], "text", *["money"] * len(cells))
    whole = found.formulas[0]
    for name, measure in whole.figures.items():
        if measure.reason:
            sheet.line([f"{get(name).title}: {reason_text(measure.reason)}"], "note")
    sheet.line([])
    _inputs(sheet, whole)


def _inputs(sheet: Sheet, whole: ByFormula) -> None:
    sheet.line(["Input", "Value", "Source", "By"], "header")
    for one in whole.inputs:
        sheet.line([one.name.replace("_", " "), one.value, one.source, one.because])


def _name(one: ByFormula, found: Lifetimes) -> str:
    whole = one is found.formulas[0]
    return "all" if whole else f"no {found.by}" if one.value is None else one.value


def _figure(found: Lifetimes, column: int, one: ByFormula, name: str) -> Cell:
    """Give a figure: as the product of those that it is one of, else as its value."""
    value, unit = one.figures[name].value, get(name).unit
    if name in _PRODUCTS and value is not None:
        factors = (_figure_cell(found, column, factor) for factor in _PRODUCTS[name])
        return Formula(f"={'*'.join(factors)}", money(value))
    return money(value) if unit is Unit.MONEY else ratio(value)
