"""Workbooks with live formulas: every formula stands with the value that it has."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from retention_cli.reports.words.data_lines import assumed_lines, problem_lines
from retention_cli.text.outputs import WORKBOOK
from retention_cli.text.safe_text import safe_cell
from retention_cli.values.measures import MONEY_SCALE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from retention_cli.results.facts import Facts
    from retention_cli.values.measures import Number

MOST_ROWS = 1_048_576 - 10
"""What a sheet holds, less the rows above and below a table."""
_LONGEST = 32_767
_A4, _CREATED = 9, datetime(2000, 1, 1)  # noqa: DTZ001  # the same in every run: same input, same bytes
_LOOKS: dict[str, dict[str, Any]] = {
    "text": {},
    "wrapped": {"text_wrap": True, "valign": "top"},
    "money": {"num_format": "#,##0.00;[Red]-#,##0.00"},
    "ratio": {"num_format": "0.0%;[Red]-0.0%"},
    "count": {"num_format": "#,##0"},
    "number": {"num_format": "#,##0.00"},
    "exact": {"num_format": "0.0000"},
    "title": {"bold": True, "font_size": 14},
    "note": {"italic": True, "font_color": "#595959"},
    "header": {
        "bold": True,
        "bg_color": "#1F3864",
        "font_color": "#FFFFFF",
        "text_wrap": True,
        "valign": "vcenter",
        "border": 1,
    },
}
_LOOKS["number_header"] = _LOOKS["header"] | {"align": "right"}
_LEFT = {"text", "wrapped"}
_TOTAL = {"bold": True, "top": 1, "bg_color": "#F2F2F2"}


def money(value: Number | None) -> float | None:
    """Give an amount as a cell has it."""
    if value is None:
        return None
    return value / MONEY_SCALE if isinstance(value, int) else float(value / MONEY_SCALE)


def ratio(value: Number | None) -> float | None:
    """Give a share as a cell has it."""
    return None if value is None else float(value)


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula with its value; none of either where there is no value."""

    text: str
    value: float | int | None


Cell = str | float | int | Formula | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its heading, how its cells look, and how wide it is."""

    heading: str
    look: str = "text"
    width: int = 12


class Book:
    """A workbook that is written row by row, and holds no more than a row of it."""

    def __init__(self, title: str) -> None:
        """Begin a workbook; its properties name nobody."""
        self._file = BytesIO()
        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self.book = xlsxwriter.Workbook(self._file, options)
        self.book.set_properties({"title": title, "comments": WORKBOOK, "created": _CREATED})
        self._looks = {name: self.book.add_format(look) for name, look in _LOOKS.items()}
        self._totals = {name: self.book.add_format(look | _TOTAL) for name, look in _LOOKS.items()}
        self.bad = self.book.add_format({"font_color": "#9C0006", "bg_color": "#FFC7CE"})
        self.good = self.book.add_format({"font_color": "#006100", "bg_color": "#C6EFCE"})

    def sheet(self, name: str, title: str, *, notes: Sequence[str] = ()) -> Sheet:
        """Add a sheet for paper of A4, with its title."""
        sheet = self.book.add_worksheet(name)
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        sheet.set_footer("&L&A&RPage &P of &N")
        made = Sheet(sheet, self._looks, self._totals)
        made.line([title], "title")
        for note in notes:
            made.line([note], "note")
        return made

    def closed(self) -> bytes:
        """Give the bytes of the workbook."""
        self.book.close()
        return self._file.getvalue()


class Sheet:
    """A sheet that is written from top to bottom."""

    def __init__(self, sheet: Any, looks: dict[str, Any], totals: dict[str, Any]) -> None:
        """Begin above the first row."""
        self.sheet, self._looks, self._totals = sheet, looks, totals
        self.row = 0

    def line(self, cells: Sequence[Cell], *looks: str, total: bool = False) -> int:
        """Write a row, and give its number; one look is that of all cells."""
        known = self._totals if total else self._looks
        names = looks if len(looks) == len(cells) else (*looks, "text")[:1] * len(cells)
        self._write(cells, [known[name] for name in names])
        self.row += 1
        return self.row - 1

    def head(self, columns: Sequence[Column], *, frozen: int = 0, first: int = 0) -> None:
        """Write the headings of a table; the rows above and `frozen` columns stay in view."""
        for place, column in enumerate(columns, start=first):
            self.sheet.set_column(place, place, column.width)
        self.sheet.set_row(self.row, 30)
        looks = ["header" if column.look in _LEFT else "number_header" for column in columns]
        self.line([column.heading for column in columns], *looks)
        self.sheet.freeze_panes(self.row, frozen)
        self.sheet.repeat_rows(self.row - 1)

    def rows(self, columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> tuple[int, int]:
        """Write the rows of a table, and give the first and the last of them; a filter is over it."""
        first, looks = self.row, [self._looks[column.look] for column in columns]
        for cells in rows:
            self._write(cells, looks)
            self.row += 1
        last = max(self.row - 1, first)
        self.sheet.autofilter(first - 1, 0, last, len(columns) - 1)
        return first, last

    def _write(self, cells: Sequence[Cell], looks: Sequence[Any]) -> None:
        row, sheet = self.row, self.sheet
        for place, one in enumerate(cells):
            if one is None:
                continue
            if isinstance(one, str):
                sheet.write_string(row, place, safe_cell(one[:_LONGEST]), looks[place])
            elif isinstance(one, Formula):
                value = "" if one.value is None else one.value
                sheet.write_formula(row, place, one.text, looks[place], value)
            else:
                sheet.write_number(row, place, one, looks[place])


def cell(row: int, column: int) -> str:
    """Name a cell as formulas do.

    Example:
        >>> cell(3, 2), span(3, 9, 2)
        ('C4', 'C4:C10')
    """
    name: str = xl_rowcol_to_cell(row, column)
    return name


def letter(column: int) -> str:
    """Name a column as formulas do."""
    name: str = xl_col_to_name(column)
    return name


def span(first: int, last: int, column: int) -> str:
    """Name the cells of a column."""
    return f"{cell(first, column)}:{cell(last, column)}"


def data_quality(book: Book, found: Facts) -> None:
    """Add the sheet that says of each file what became of its rows, and all that was assumed."""
    sheet = book.sheet("Data quality", "What was read, and what was not used")
    columns = (
        *(Column("File", width=40), Column("Sheet", width=14), Column("Kind")),
        *(Column(name, "count", 11) for name in ("Rows", "Accepted", "Rejected", "Skipped")),
        *(Column("Rows not accounted for", "count", 14), Column("SHA-256", width=68)),
    )
    sheet.head(columns)

    def rows() -> Iterable[Sequence[Cell]]:
        for one in found.exports:
            at = sheet.row
            parts = [cell(at, place) for place in (3, 4, 5, 6)]
            gap = Formula(
                "=" + "-".join(parts), one.rows - one.accepted - one.rejected - one.skipped
            )
            counts = (one.rows, one.accepted, one.rejected, one.skipped, gap)
            yield (one.file, one.sheet, one.kind, *counts, one.sha256 or None)

    first, last = sheet.rows(columns, rows())
    sums = [
        Formula(
            f"=SUM({span(first, last, place)})", sum(getattr(one, name) for one in found.exports)
        )
        for place, name in enumerate(("rows", "accepted", "rejected", "skipped"), start=3)
    ]
    sheet.line(["Total", None, None, *sums, None, None], *(c.look for c in columns), total=True)
    for heading, lines in (
        ("Assumed", assumed_lines(found)),
        ("Problems", problem_lines(found.problems, found.rejects_file, verbose=True)),
    ):
        if lines:
            sheet.line([])
            sheet.line([heading], "title")
            for said in lines:
                sheet.line([said])


def definitions(book: Book, rows: Sequence[tuple[str, str]]) -> None:
    """Add the sheet that says what the words of the others mean."""
    sheet = book.sheet("Definitions", "What the figures mean")
    columns = (Column("Term", "wrapped", 28), Column("Meaning", "wrapped", 110))
    sheet.head(columns)
    sheet.rows(columns, rows)
