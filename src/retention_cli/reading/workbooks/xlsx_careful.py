"""Cells of any sheet by openpyxl: the reader that is believed where the two could differ."""

from __future__ import annotations

import io
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

import openpyxl
from openpyxl.utils.datetime import MAC_EPOCH
from openpyxl.xml import DEFUSEDXML

from retention_cli.patterns import lazy_pattern
from retention_cli.reading.workbooks.cell_rows import BATCH_ROWS, NumberText, batch_of, fault_in
from retention_cli.reading.workbooks.cell_text import (
    CellForm,
    clock_text,
    form_of,
    moment_text,
    serial_text,
)
from retention_cli.reading.workbooks.currencies import (
    currency_in,
    mixed_places,
    with_currency,
)
from retention_cli.reading.workbooks.sheet_scan import (
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_ROWS,
    column_letters,
)

if TYPE_CHECKING:
    import re
    from collections.abc import Container, Iterator, Sequence

    from openpyxl.workbook import Workbook

    from retention_cli.findings.problems import Problem
    from retention_cli.reading.text import TextBatch
    from retention_cli.reading.workbooks.package import Package
    from retention_cli.reading.workbooks.sheet_scan import SheetScan

_ESCAPED = lazy_pattern(r"_x([0-9A-Fa-f]{4})_")
_SURROGATES = range(0xD800, 0xE000)

if not DEFUSEDXML:  # pragma: no cover  # a broken installation
    raise ImportError(
        "openpyxl does not see defusedxml: is it switched off by OPENPYXL_DEFUSEDXML?"
    )


class CarefulBook(NamedTuple):
    """A workbook opened for its values."""

    package: Package
    values: Workbook


def careful_book(package: Package) -> CarefulBook:
    """Open a workbook whose parts were checked.

    Errors: DataRefusedError where openpyxl cannot make anything of it.
    """
    try:
        book = openpyxl.load_workbook(
            io.BytesIO(package.data), read_only=True, data_only=True, keep_links=False
        )
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001  # whatever it raises, it cannot be read
        _refuse(package)
    # Without these, numbers come as they are stored, and their serials are not rounded or guessed.
    book._date_formats = set()  # noqa: SLF001  # there is no public way to the numbers themselves
    book._timedelta_formats = set()  # noqa: SLF001  # likewise
    return CarefulBook(package, book)


def careful_batches(
    book: CarefulBook,
    name: str,
    faults: list[Problem],
    scan: SheetScan,
) -> Iterator[TextBatch]:
    """Read a sheet from its first row and column on, without its blank rows.

    `scan` knows the formulas without a value, and the columns of several currencies. Faults are added with their places from the first column on.
    Errors: DataRefusedError where the sheet cannot be read, or has more cells than are taken.
    """
    rows: list[list[str | None]] = []
    numbers: list[int] = []
    width = kept = 0
    for number, (texts, found) in enumerate(_rows(book, name, scan), start=1):
        if number > MOST_ROWS:
            book.package.refuse(
                f"has more rows than Excel's {MOST_ROWS:,}", "split it, or export the rows as CSV"
            )
        if not texts:
            continue
        faults += found
        width, kept = max(width, len(texts)), kept + 1
        if width > MOST_COLUMNS or width * kept > MOST_CELLS:
            _refuse_far(book.package, name, f"{column_letters(len(texts))}{number}")
        rows.append(texts)
        numbers.append(number)
        if len(rows) >= BATCH_ROWS:
            yield batch_of(rows, numbers)
            rows, numbers = [], []
    if rows:
        yield batch_of(rows, numbers)


def _rows(
    book: CarefulBook, name: str, scan: SheetScan
) -> Iterator[tuple[list[str | None], list[Problem]]]:
    """Give the texts of each row, and its cells without a value."""
    from_1904 = book.values.epoch == MAC_EPOCH
    mixed = mixed_places(scan.currencies)
    try:
        sheet = book.values[name]
        sheet.reset_dimensions()
        for number, row in enumerate(sheet.iter_rows(), start=1):
            texts, faults = _texts(row, number, scan.uncalculated, from_1904=from_1904)
            for place in mixed.intersection(range(len(texts))):
                texts[place] = _with_currency(texts[place], row[place])
            yield texts, faults
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001  # whatever openpyxl raises, it cannot be read
        _refuse(book.package)


def _texts(
    row: Sequence[Any], number: int, uncalculated: Container[tuple[int, int]], *, from_1904: bool
) -> tuple[list[str | None], list[Problem]]:
    """Give the text of each cell up to the last that has any, and what has no value."""
    texts: list[str | None] = []
    faults: list[Problem] = []
    for place, cell in enumerate(row):
        text = None if cell.value is None else _text(cell, from_1904=from_1904)
        texts.append(text or None)
        if (number, place) in uncalculated:
            faults.append(fault_in(number, place, None))
        elif cell.data_type == "e":
            faults.append(fault_in(number, place, text))
    while texts and texts[-1] is None and not (faults and faults[-1].place == len(texts) - 1):
        texts.pop()
    return texts, faults


def _with_currency(text: str | None, cell: Any) -> str | None:
    """Write a number as its format shows it, where that names a currency."""
    if not isinstance(text, NumberText):
        return text
    currency = currency_in(cell.number_format)
    return with_currency(text, currency) if currency else text


def _text(cell: Any, *, from_1904: bool) -> str:
    value = cell.value
    if isinstance(value, str):
        return _ESCAPED.sub(_unescaped, value) if "_x" in value else value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        form = _form(cell)
        text = serial_text(float(value), form, from_1904=from_1904)
        return NumberText(text) if form is CellForm.NUMBER else text
    return _iso_text(value)


def _iso_text(value: Any) -> str:
    """Write what a cell of the form that stores dates as text holds."""
    if isinstance(value, datetime | date):
        return moment_text(value)
    if isinstance(value, time):
        value = timedelta(
            hours=value.hour,
            minutes=value.minute,
            seconds=value.second,
            microseconds=value.microsecond,
        )
    return clock_text(value // timedelta(milliseconds=1))


def _form(cell: Any) -> CellForm:
    return _known_form(cell.number_format, cell.style_array.numFmtId)


@cache
def _known_form(code: str, number: int) -> CellForm:
    return form_of(code, number)


def _unescaped(found: re.Match[str]) -> str:
    code = int(found[1], 16)
    return found[0] if code in _SURROGATES else chr(code)


def _refuse(package: Package) -> Any:
    package.refuse(
        "cannot be read: its parts do not fit together",
        "open it in Excel and save it as .xlsx (Excel Workbook)",
    )


def _refuse_far(package: Package, name: str, where: str) -> None:
    package.refuse(
        f"sheet '{name}' reaches to {where}: more than {MOST_COLUMNS:,} columns or"
        f" {MOST_CELLS:,} cells",
        "delete what stands far from the table (Ctrl+End goes there), and save it",
    )
