"""Workbooks with live formulas: every formula stands with the value that it has."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from retention_cli.errors import OutputError
from retention_cli.text.outputs import WORKBOOK
from retention_cli.text.safe_text import safe_cell
from retention_cli.values.measures import MONEY_SCALE, Unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from retention_cli.reports.words.data_lines import Section
    from retention_cli.values.measures import Number

MOST_ROWS = 1_048_576 - 10
"""What a sheet holds, less the rows above and below a table."""
_LONGEST = 32_767
_A4, _CREATED = 9, datetime(2000, 1, 1)  # noqa: DTZ001  # the same in every run: same input, same bytes
_LOOKS: dict[str, dict[str, Any]] = {
    "text": {"align": "left", "indent": 1},
    "wrapped": {"text_wrap": True, "align": "left", "indent": 1},
    "money": {"num_format": "#,##0.00;[Red]-#,##0.00"},
    "ratio": {"num_format": "0.0%;[Red]-0.0%"},
    "count": {"num_format": "#,##0"},
    "number": {"num_format": "#,##0.00"},
    "exact": {"num_format": "0.0000"},
    "share": {"num_format": "0.0%"},
    "amount": {"num_format": "#,##0.00"},
    "duration": {"num_format": "[h]:mm:ss;-[h]:mm:ss"},
    "unfinished": {"num_format": '0.0%"*"'},
    "title": {"bold": True, "font_size": 14},
    "lead": {"font_size": 12, "text_wrap": True},
    "total": {"bold": True},
    "note": {"italic": True, "font_color": "#595959"},
    "header": {
        "bold": True,
        "bg_color": "#1F3864",
        "font_color": "#FFFFFF",
        "text_wrap": True,
        "valign": "vcenter",
        "border": 1,
        "align": "left",
        "indent": 1,
    },
}
LOOKS = {
    Unit.RATIO: "share",
    Unit.MONEY: "amount",
    Unit.COUNT: "count",
    Unit.SECONDS: "duration",
    **dict.fromkeys((Unit.YEARS, Unit.POINTS, Unit.PER_YEAR), "number"),
}
"""How figures of a unit look: none is red, as less of many is better."""
_SCALES = {"amount": MONEY_SCALE, "duration": 86_400}
_LOOKS["number_header"] = _LOOKS["header"] | {"align": "right", "indent": 0}
_LEFT = {"text", "wrapped", "title"}
_SENTENCE, _LINE, _LETTERS = 120, 15, 11
"""How wide a sentence is at most, how many points a line is high, and letters in ten widths of a digit."""
_TOTAL = {"bold": True, "top": 1, "bg_color": "#F2F2F2"}


def money(value: Number | None) -> float | None:
    """Give an amount as a cell has it."""
    if value is None:
        return None
    return value / MONEY_SCALE if isinstance(value, int) else float(value / MONEY_SCALE)


def ratio(value: Number | None) -> float | None:
    """Give a share as a cell has it."""
    return None if value is None else float(value)


def measured(value: Number | None, look: str) -> float | None:
    """Give a value as a cell of a look has it: money and spans of time have units of their own."""
    return None if value is None else float(value / _SCALES.get(look, 1))


def number_format(look: str) -> str:
    """Give the format of numbers of a look, as an axis has it."""
    return str(_LOOKS[look]["num_format"]).partition(";")[0]


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
        known = {name: {"valign": "top"} | look for name, look in _LOOKS.items()}
        self._looks = {name: self.book.add_format(look) for name, look in known.items()}
        self._totals = {name: self.book.add_format(look | _TOTAL) for name, look in known.items()}
        self.bad = self.book.add_format({"font_color": "#9C0006", "bg_color": "#FFC7CE"})
        self.near = self.book.add_format({"font_color": "#7F6000", "bg_color": "#FFEB9C"})
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
        """Give the bytes of the workbook.

        Errors: OutputError where there is no room to put it together.
        """
        try:
            self.book.close()
        except (FileCreateError, OSError) as error:
            raise OutputError(
                f"the workbook cannot be written: {error}",
                "its sheets are put together in the folder of TMPDIR first: make room there",
            ) from None
        return self._file.getvalue()


class Sheet:
    """A sheet that is written from top to bottom."""

    def __init__(self, sheet: Any, looks: dict[str, Any], totals: dict[str, Any]) -> None:
        """Begin above the first row."""
        self.sheet, self._looks, self._totals = sheet, looks, totals
        self.row, self._across, self._letters = 0, 1, _SENTENCE
        self._widths: Sequence[int] = ()

    def line(self, cells: Sequence[Cell], *looks: str, total: bool = False) -> int:
        """Write a row, and give its number; one look is that of all cells."""
        known = self._totals if total else self._looks
        names = looks if len(looks) == len(cells) else (*looks, "text")[:1] * len(cells)
        shown = [known[name] for name in names]
        if looks == ("title",):
            self.sheet.set_row(self.row, 1.4 * _LINE)
        self._fit(cells, shown)
        self._write(cells, shown)
        self.row += 1
        return self.row - 1

    def widths(self, *widths: int) -> None:
        """Say how wide the columns are, and with them sentences."""
        self._widths = widths
        for place, width in enumerate(widths):
            self.sheet.set_column(place, place, width)
        wide = [sum(widths[: place + 1]) for place in range(len(widths))]
        self._across = max(sum(reached <= _SENTENCE for reached in wide), 1)
        self._letters = wide[self._across - 1]

    def head(self, columns: Sequence[Column], *, frozen: int = 0) -> None:
        """Write the headings of a table; the rows above and `frozen` columns stay in view."""
        self.widths(*(column.width for column in columns))
        self.headings(columns)
        self.sheet.freeze_panes(self.row, frozen)
        self.sheet.repeat_rows(self.row - 1)

    def headings(self, columns: Sequence[Column]) -> None:
        """Write the headings of a table that is not the only one of its sheet."""
        self.sheet.set_row(self.row, 2 * _LINE)
        looks = ["header" if column.look in _LEFT else "number_header" for column in columns]
        self.line([column.heading for column in columns], *looks)

    def sentence(self, said: str, look: str = "wrapped") -> None:
        """Write a sentence over as many columns as it takes, and as high as it takes."""
        lines = sum(
            max(-(-len(line) * 10 // (self._letters * _LETTERS)), 1) for line in said.split("\n")
        )
        if self._across > 1:
            where = (self.row, 0, self.row, self._across - 1)
            self.sheet.merge_range(*where, "", self._looks[look])
        self.sheet.set_row(self.row, lines * _LINE)
        self._write([said], [self._looks[look]])
        self.row += 1

    def rows(self, columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> tuple[int, int]:
        """Write the rows of a table, and give the first and the last of them; a filter is over it."""
        first, looks = self.row, [self._looks[column.look] for column in columns]
        wraps = self._looks["wrapped"] in looks
        for cells in rows:
            if wraps:
                self._fit(cells, looks)
            self._write(cells, looks)
            self.row += 1
        last = max(self.row - 1, first)
        self.sheet.autofilter(first - 1, 0, last, len(columns) - 1)
        return first, last

    def sections(self, told: Iterable[Section]) -> None:
        """Write headings with sentences below them."""
        for one in told:
            if one.lines:
                self.line([])
                self.line([one.heading], "title")
                for said in one.lines:
                    self.sentence(said)

    def beside(self, first: int, cells: Sequence[str | float]) -> None:
        """Write cells in the row that comes next, from a column on: what a chart draws."""
        for place, one in enumerate(cells, start=first):
            write = self.sheet.write_string if isinstance(one, str) else self.sheet.write_number
            write(self.row, place, one)

    def _fit(self, cells: Sequence[Cell], looks: Sequence[Any]) -> None:
        """Make a row as high as its longest wrapped cell: not every program does so itself."""
        lines = [
            -(-len(one) // (width * _LETTERS // 10))
            for one, look, width in zip(cells, looks, self._widths, strict=False)
            if look is self._looks["wrapped"] and isinstance(one, str)
        ]
        if lines and max(lines) > 1:
            self.sheet.set_row(self.row, max(lines) * _LINE)

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
