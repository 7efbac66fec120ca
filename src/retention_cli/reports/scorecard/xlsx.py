"""A scorecard as a workbook: figures with live changes and gaps, their definitions, the data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli.benchmarks.verdicts import Verdict
from retention_cli.reports.scorecard._below import sections
from retention_cli.reports.scorecard.csv import words
from retention_cli.reports.words.figures import change_of, group_name, previous_of, target_of
from retention_cli.reports.words.sheets import data_quality, definitions
from retention_cli.reports.words.workbook import (
    LOOKS,
    Book,
    Column,
    Formula,
    cell,
    measured,
)
from retention_cli.values.measures import Unit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from retention_cli.reports.words.workbook import Cell, Sheet
    from retention_cli.results.scorecard import Line, Scorecard

_COLUMNS = (
    *(Column("Figure", width=34), Column("Group", width=18), Column("Period", width=14)),
    *(Column("Value", "unit", 15), Column("Unit", width=10), Column("Currency", width=9)),
    *(Column("n", "count", 9), Column("Low", "unit", 10), Column("High", "unit", 10)),
    *(Column("Previous", "unit", 15), Column("Change", "unit", 13), Column("Target", "unit", 13)),
    *(Column("Gap", "unit", 13), Column("Verdict", width=14), Column("Basis", width=11)),
    *(Column("Reason", "wrapped", 60), Column("Owner", "wrapped", 28)),
    Column("Why this target", "wrapped", 36),
)
_VERDICTS = {Verdict.NO_BENCHMARK: None}
_BY_NAME = {column.heading: column for column in _COLUMNS}
_FOR_READERS = (
    *("Figure", "Group", "Value", "Previous", "Change", "Target", "Gap", "Verdict", "n", "Low"),
    *("High", "Owner", "Why this target", "Reason"),
)
"""The columns for somebody who reads them for the first time; one without a cell is left out."""


def render(card: Scorecard) -> bytes:
    """Write Summary, Definitions and Data quality."""
    title = f"Scorecard, {card.period.label}" if card.period else "Scorecard"
    book = Book(title)
    sheet = book.sheet("Summary", title, notes=[*([card.incomplete] if card.incomplete else [])])
    figures(book, sheet, card.lines)
    sheet.sections(sections(card.lines, intervals=False))
    definitions(book, list(_definitions(card)))
    data_quality(book, card)
    return book.closed()


def figures(book: Book, sheet: Sheet, lines: Sequence[Line], *, readers: bool = False) -> None:
    """Write a row for each figure, with verdicts in colour; for readers, with what they need alone."""
    # Programs take seconds as they are in CSV and JSON.
    looks = LOOKS if readers else LOOKS | {Unit.SECONDS: "number"}
    names = _told_columns(lines) if readers else tuple(_BY_NAME)
    columns = [_BY_NAME[name] for name in names]
    sheet.head(columns, frozen=1)
    first, at = sheet.row, {name: place for place, name in enumerate(names)}
    for line in lines:
        look = looks[line.kpi.unit]
        cells = _row(line, sheet.row, at, look)
        if readers:
            cells["Verdict"] = _VERDICTS.get(line.verdict, line.verdict.value.replace("-", " "))
        shown = [look if one.look == "unit" else one.look for one in columns]
        sheet.line([cells[name] for name in names], *shown)
    last = max(sheet.row - 1, first)
    sheet.sheet.autofilter(first - 1, 0, last, len(columns) - 1)
    for verdict, colour in (("misses", book.bad), ("near", book.near), ("meets", book.good)):
        told = {"type": "cell", "criteria": "==", "value": f'"{verdict}"', "format": colour}
        place = at["Verdict"]
        sheet.sheet.conditional_format(first, place, last, place, told)


def _told_columns(lines: Sequence[Line]) -> list[str]:
    """Give the columns for readers in which some figure has a cell."""
    at = dict.fromkeys(_FOR_READERS, 0)
    rows = [_row(line, 0, at, "number") for line in lines]
    return [name for name in _FOR_READERS if any(row[name] not in {None, ""} for row in rows)]


def _row(line: Line, row: int, at: Mapping[str, int], look: str) -> dict[str, Cell]:
    said, measure = words(line), line.measure
    before, held = previous_of(line), target_of(line)
    low, high = measure.interval or (None, None)

    def number(value: object) -> float | None:
        return measured(value, look)  # type: ignore[arg-type]

    def less(result: float | None, other: str) -> Cell:
        if result is None:
            return None
        return Formula(f"={cell(row, at['Value'])}-{cell(row, at[other])}", result)

    return {
        "Figure": line.kpi.title,
        "Group": group_name(line) if line.group else None,
        "Period": said["period"],
        "Value": number(measure.value),
        "Unit": said["unit"],
        "Currency": said["currency"],
        "n": measure.sample_size,
        "Low": number(low),
        "High": number(high),
        "Previous": number(before.value if before else None),
        "Change": less(number(change_of(line)), "Previous"),
        "Target": number(held.target if held else None),
        "Gap": less(number(line.gap if held else None), "Target"),
        "Verdict": said["verdict"],
        "Basis": said["basis"],
        "Reason": said["reason"],
        "Owner": held.owner if held else None,
        "Why this target": held.reason if held else None,
    }


def _definitions(card: Scorecard) -> Iterator[tuple[str, str]]:
    for kpi in {line.kpi.name: line.kpi for line in card.lines}.values():
        yield kpi.title, kpi.doc.partition("\nExample:")[0].strip()
