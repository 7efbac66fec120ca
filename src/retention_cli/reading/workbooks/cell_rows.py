"""Cells of a workbook as a reader finds them, one by one, within limits that hold for all of it."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING, NoReturn, Self

import pyarrow as pa

from retention_cli.errors import DataRefusedError, UnknownNameError
from retention_cli.findings.problems import Notice, Problem
from retention_cli.reading.text import TextBatch, same_sheet
from retention_cli.reading.workbooks.cell_text import CellForm, serial_text
from retention_cli.reading.workbooks.currencies import mixed_places, with_currency
from retention_cli.reading.workbooks.package import MOST_BYTES
from retention_cli.reading.workbooks.sheet_scan import (
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_ROWS,
    SheetScan,
    column_letters,
)
from retention_cli.reading.workbooks.sheet_table import marked, remarks_on, sheet_table
from retention_cli.reading.workbooks.workbook_parts import SheetPart

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention_cli.reading.tables.find_header import Known
    from retention_cli.reading.text import TextSheet
    from retention_cli.reading.workbooks.cell_text import CellFormat

BATCH_ROWS = 1 << 14
NOT_CALCULATED = "formula not calculated"
_MACROS = Notice("macros", "macros of the workbook are ignored", of_file=True)
_KEPT_MERGED = 100
_BYTES_OF_A_CELL = 8


class NumberText(str):
    """What a cell that holds a number is written as."""

    __slots__ = ()


class MoneyText(NumberText):
    """What a cell that holds a number is written as, with the currency that its format shows."""

    __slots__ = ("currency",)

    def __new__(cls, text: str, currency: str) -> Self:  # noqa: D102
        made = super().__new__(cls, text)
        made.currency = currency
        return made

    currency: str


class CellBook:
    """The sheets of one workbook; what all of them hold together is limited."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.sheets: list[CellSheet] = []
        self.macros = False
        self._taken = 0

    def add(self, name: str, *, hidden: bool = False) -> CellSheet:
        """Begin the next sheet."""
        sheet = CellSheet(self, name, hidden=hidden)
        self.sheets.append(sheet)
        return sheet

    def take(self, count: int) -> None:
        """Count what is held: a small file can name one long text a million times.

        Errors: DataRefusedError where it is more than a workbook may inflate to.
        """
        self._taken += count
        if self._taken > MOST_BYTES:
            self.refuse(
                f"its cells hold more than {MOST_BYTES:,} bytes",
                "split it, or save the sheet as CSV UTF-8",
            )

    def tables(self, data: bytes, *, sheet: str | None, known: Known) -> tuple[TextSheet, ...]:
        """Give the tables of the sheets that hold any cell, or of the one that is named.

        Errors: UnknownNameError for a sheet that it does not have; DataRefusedError where none
            holds a cell.
        """
        chosen = [one for one in self.sheets if same_sheet(one.name, sheet)]
        if sheet is not None and not chosen:
            names = [one.name for one in self.sheets]
            raise UnknownNameError("sheet", sheet, names, where=f"{self.file}: ")
        sha256 = hashlib.sha256(data).hexdigest()
        found = [table for one in chosen if (table := one.table(sha256, known)) is not None]
        if not found:
            where = (
                f"its sheet '{sheet}' holds no cell" if sheet else "none of its sheets holds a cell"
            )
            self.refuse(where, "export it again")
        if self.macros:
            found[0] = replace(found[0], remarks=(*found[0].remarks, _MACROS))
        return tuple(found)

    def refuse(self, why: str, hint: str) -> NoReturn:
        """Refuse the workbook."""
        raise DataRefusedError(f"{self.file}: {why}", hint)

    def damaged(self) -> NoReturn:
        """Refuse a workbook that cannot be taken apart."""
        self.refuse(
            "this workbook is damaged or half-copied",
            "copy it again, or open it and save it as .xlsx (Excel Workbook)",
        )


class CellSheet:
    """The cells of one sheet, in whatever order they come; rows count from 1, places from 0."""

    def __init__(self, book: CellBook, name: str, *, hidden: bool) -> None:
        self.book = book
        self.name = name
        self.hidden = hidden
        self.layout = SheetScan()
        self._rows: dict[int, list[str | None]] = {}
        self._faults: list[Problem] = []
        self._width = 0

    def put(self, row: int, place: int, text: str | None, *, typed: bool = False) -> None:
        """Take one cell; `typed` is one that holds a number.

        Errors: DataRefusedError for a cell far from any table, and for a second one in a place.
        """
        if text:
            self._fill(row, place, NumberText(text) if typed else text)
            self.book.take(len(text))

    def put_number(
        self, row: int, place: int, number: float, shown: CellFormat, *, from_1904: bool
    ) -> None:
        """Take a cell that holds a number, as its format shows it."""
        text = serial_text(number, shown.form, from_1904=from_1904)
        if shown.currency:
            self.put_money(row, place, text, shown.currency)
        else:
            self.put(row, place, text, typed=shown.form is CellForm.NUMBER)

    def put_money(self, row: int, place: int, text: str, currency: str) -> None:
        """Take a cell that holds a number beside which its format shows a currency.

        Errors: as for any cell.
        """
        self._fill(row, place, MoneyText(text, currency))
        self.book.take(len(text))
        self.layout.currencies.setdefault(place, set()).add(currency)

    def fault(self, row: int, place: int, error: str | None) -> None:
        """Take a cell that holds an error, or with None a formula that was never calculated."""
        self._fill(row, place, error)
        self._faults.append(fault_in(row, place, error))

    def hide(self, row: int) -> None:
        """Note that a row is hidden."""
        self.layout.hidden.add(row)

    def strike(self, row: int) -> None:
        """Note that a row has text that is struck through."""
        self.layout.struck.add(row)

    def move_below(self, rows: range, last: int) -> None:
        """Put rows below all others down to the last one."""
        if not rows or rows.stop > last:
            return

        def new(row: int) -> int:
            return row + (last + 1 - rows.stop) if row in rows else row - len(rows)

        moved = {row: row if row < rows.start else new(row) for row in self._rows}
        self._rows = {moved[row]: cells for row, cells in self._rows.items()}
        for those in (self.layout.hidden, self.layout.struck):
            found = [moved.get(row, row) for row in those]
            those.clear()
            those.update(found)

    def merge(self, row: int, place: int, *, rows: int, columns: int) -> None:
        """Note that cells are one: `rows` of them down, `columns` across."""
        self.layout.merged += 1
        if len(self.layout.first_merged) < _KEPT_MERGED:
            first, last = column_letters(place + 1), column_letters(place + columns)
            self.layout.first_merged.append(f"{first}{row}:{last}{row + rows - 1}")

    def table(self, sha256: str, known: Known) -> TextSheet | None:
        """Make the table of all cells; None where there is none."""
        self._write_currencies()
        numbers = sorted(self._rows)
        batches = [
            batch_of([self._rows[number] for number in some], some)
            for start in range(0, len(numbers), BATCH_ROWS)
            if (some := numbers[start : start + BATCH_ROWS])
        ]
        faults = sorted(self._faults, key=lambda fault: (fault.row, fault.place))
        part = SheetPart(self.name, "", self.hidden)
        found = sheet_table(
            batches, faults, file=self.book.file, part=part, sha256=sha256, known=known
        )
        if found is None:
            return None
        found = marked(found, self.layout)
        remarks = remarks_on(found, self.layout, hidden=self.hidden)
        return replace(found, remarks=tuple(remarks))

    def _write_currencies(self) -> None:
        """Write the currency into cells of columns that have several."""
        for place in mixed_places(self.layout.currencies):
            for cells in self._rows.values():
                cell = cells[place] if place < len(cells) else None
                if isinstance(cell, MoneyText):
                    cells[place] = with_currency(cell, cell.currency)

    def reach(self, row: int, place: int) -> None:
        """Hold a place against what a sheet may reach to.

        Errors: DataRefusedError where it is beyond.
        """
        if row > MOST_ROWS:
            self.book.refuse(
                f"has more rows than Excel's {MOST_ROWS:,}", "split it, or export the rows as CSV"
            )
        if place >= MOST_COLUMNS:
            self._refuse_far(row, place)

    def _fill(self, row: int, place: int, text: str | None) -> None:
        cells = self._cells(row, place)
        if cells[place] is not None:
            self.refuse_again(row, place)
        cells[place] = text

    def refuse_again(self, row: int, place: int) -> NoReturn:
        """Refuse a workbook in which one of two cells would be lost."""
        self.book.refuse(
            f"sheet '{self.name}' has cell {column_letters(place + 1)}{row} twice",
            "open it in Excel and save it as .xlsx (Excel Workbook)",
        )

    def _cells(self, row: int, place: int) -> list[str | None]:
        """Give a row, made as long as it must be."""
        cells = self._rows.get(row)
        if cells is None:
            self.reach(row, place)
            cells = self._rows[row] = []
        missing = place + 1 - len(cells)
        if missing > 0:
            self._width = max(self._width, place + 1)
            self.reach(row, place)
            if self._width * len(self._rows) > MOST_CELLS:
                self._refuse_far(row, place)
            self.book.take(_BYTES_OF_A_CELL * missing)
            cells.extend([None] * missing)
        return cells

    def _refuse_far(self, row: int, place: int) -> None:
        self.book.refuse(
            f"sheet '{self.name}' reaches to {column_letters(place + 1)}{row}: more than"
            f" {MOST_COLUMNS:,} columns or {MOST_CELLS:,} cells",
            "delete what stands far from the table (Ctrl+End goes there), and save it",
        )


def fault_in(row: int, place: int, error: str | None) -> Problem:
    """Say what a cell has in place of a value: an error, or nothing below a formula.

    Example:
        >>> fault_in(12, 1, "#N/A").message, fault_in(12, 1, None).code
        ('Excel error #N/A in B12', 'not-calculated')
    """
    code = "not-calculated" if error is None else "excel-error"
    what = NOT_CALCULATED if error is None else f"Excel error {error}"
    return Problem(row, code, f"{what} in {column_letters(place + 1)}{row}", place=place)


def batch_of(rows: Sequence[Sequence[str | None]], numbers: Sequence[int]) -> TextBatch:
    """Turn rows, each as long as it is, into columns."""
    width = max(map(len, rows))
    columns = list(zip(*([*row, *[None] * (width - len(row))] for row in rows), strict=True))
    texts = [pa.array(column, pa.string()) for column in columns]
    typed = [pa.array([isinstance(cell, NumberText) for cell in column]) for column in columns]
    names = [str(place) for place in range(width)]
    return TextBatch(
        pa.RecordBatch.from_arrays(texts, names=names),
        pa.array(numbers, pa.int64()),
        pa.RecordBatch.from_arrays(typed, names=names),
    )
