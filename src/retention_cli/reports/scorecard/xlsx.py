"""A scorecard as a workbook: figures with live changes and gaps, their definitions, the data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli.reports.scorecard.csv import numbers, words
from retention_cli.reports.words.figures import group_name
from retention_cli.reports.words.workbook import (
    Book,
    Column,
    Formula,
    cell,
    data_quality,
    definitions,
)
from retention_cli.values.measures import Unit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from retention_cli.reports.words.workbook import Cell
    from retention_cli.results.scorecard import Line, Scorecard

_COLUMNS = (
    *(Column("Figure", width=30), Column("Group", width=18), Column("Period", width=14)),
    *(Column("Value", width=15), Column("Unit", width=10), Column("Currency", width=9)),
    *(Column("n", "count", 9), Column("Low", width=10), Column("High", width=10)),
    *(Column("Previous", width=15), Column("Change", width=13), Column("Target", width=13)),
    *(Column("Gap", width=13), Column("Verdict", width=14), Column("Basis", width=11)),
    Column("Reason", width=60),
)
_VALUE, _PREVIOUS, _TARGET, _VERDICT = 3, 9, 11, 13
_OF_UNIT = (3, 7, 8, 9, 10, 11, 12)
_LOOKS = {Unit.RATIO: "ratio", Unit.MONEY: "money", Unit.COUNT: "count"}


def render(card: Scorecard) -> bytes:
    """Write Summary, Definitions and Data quality."""
    title = f"Scorecard, {card.period.label}" if card.period else "Scorecard"
    book = Book(title)
    sheet = book.sheet("Summary", title, notes=[*([card.incomplete] if card.incomplete else [])])
    sheet.head(_COLUMNS, frozen=1)
    first = sheet.row
    for line in card.lines:
        look = _LOOKS.get(line.kpi.unit, "number")
        looks = [look if at in _OF_UNIT else one.look for at, one in enumerate(_COLUMNS)]
        sheet.line(_row(line, sheet.row), *looks)
    last = max(sheet.row - 1, first)
    sheet.sheet.autofilter(first - 1, 0, last, len(_COLUMNS) - 1)
    for verdict, look in (("misses", book.bad), ("meets", book.good)):
        told = {"type": "cell", "criteria": "==", "value": f'"{verdict}"', "format": look}
        sheet.sheet.conditional_format(first, _VERDICT, last, _VERDICT, told)
    definitions(book, list(_definitions(card)))
    data_quality(book, card)
    return book.closed()


def _row(line: Line, row: int) -> Sequence[Cell]:
    told, said = numbers(line), words(line)
    value, low, high, before, change, target, gap = (
        None if told[name] is None else float(told[name] or 0)
        for name in ("value", "low", "high", "previous", "change", "target", "gap")
    )
    here = cell(row, _VALUE)
    changed = None if change is None else Formula(f"={here}-{cell(row, _PREVIOUS)}", change)
    away = None if gap is None else Formula(f"={here}-{cell(row, _TARGET)}", gap)
    group = group_name(line) if line.group else None
    return (
        *(line.kpi.title, group, said["period"], value, said["unit"], said["currency"]),
        *(line.measure.sample_size, low, high, before, changed, target, away),
        *(said["verdict"], said["basis"], said["reason"]),
    )


def _definitions(card: Scorecard) -> Iterator[tuple[str, str]]:
    for kpi in {line.kpi.name: line.kpi for line in card.lines}.values():
        yield kpi.title, kpi.doc.partition("\nExample:")[0].strip()
