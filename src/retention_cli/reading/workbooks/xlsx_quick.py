"""Cells of a plain sheet by calamine: quick, and only behind the guard, since it can end the process."""

from __future__ import annotations

import io
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
from python_calamine import CalamineWorkbook

from retention_cli.reading.text import TextBatch
from retention_cli.reading.workbooks.cell_text import clock_text, moment_text, number_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from retention_cli.reading.workbooks.sheet_scan import SheetScan

BATCH_ROWS = 1 << 14
_FIRST_SURE_YEAR = 1901
_SURELY_WHOLE = 10**15
_NUMBERS = {float, int}
_MILLISECOND = timedelta(milliseconds=1)


class DoubtfulError(Exception):
    """A cell that may be something else than what the quick reader takes it for."""


def quick_book(data: bytes) -> CalamineWorkbook:
    """Open a workbook that the guard let pass."""
    return CalamineWorkbook.from_filelike(io.BytesIO(data))


def quick_batches(book: CalamineWorkbook, name: str, scan: SheetScan) -> Iterator[TextBatch]:
    """Read a sheet from its first row and column on, blank rows too.

    Errors: DoubtfulError for a cell that the careful reader has to look at.
    """
    sheet = book.get_sheet_by_name(name)
    # Its rows begin with the first of the sheet, but with the first column that has a cell.
    left_out = sheet.start[1] if sheet.start else 0
    rows = iter(sheet.iter_rows())
    first = 1
    while chunk := list(islice(rows, BATCH_ROWS)):
        columns = list(zip(*chunk, strict=True))
        kinds = [set(map(type, cells)) for cells in columns]
        texts = [pa.nulls(len(chunk), pa.string())] * left_out
        texts += [_column(cells, of, scan) for cells, of in zip(columns, kinds, strict=True)]
        typed = [pa.repeat(pa.scalar(False), len(chunk))] * left_out
        typed += [_typed(cells, of) for cells, of in zip(columns, kinds, strict=True)]
        names = [str(place) for place in range(len(texts))]
        yield TextBatch(
            pa.RecordBatch.from_arrays(texts, names=names),
            pa.array(np.arange(first, first + len(chunk)), pa.int64()),
            pa.RecordBatch.from_arrays(typed, names=names),
        )
        first += len(chunk)


def _column(cells: Sequence[Any], kinds: set[type], scan: SheetScan) -> pa.StringArray:
    if kinds == {str}:
        return pa.array([cell or None for cell in cells], pa.string())
    if kinds == {float}:
        return _numbers(cells)
    if time in kinds and scan.negative:
        raise DoubtfulError
    return pa.array([_TEXT[type(cell)](cell) for cell in cells], pa.string())


def _typed(cells: Sequence[Any], kinds: set[type]) -> pa.BooleanArray:
    if len(kinds & _NUMBERS) == 0 or kinds <= _NUMBERS:
        return pa.repeat(pa.scalar(kinds <= _NUMBERS), len(cells))
    return pa.array([type(cell) in _NUMBERS for cell in cells], pa.bool_())


def _numbers(cells: Sequence[float]) -> pa.StringArray:
    numbers = np.array(cells)
    whole = np.abs(numbers) < _SURELY_WHOLE
    if whole.all() and (numbers == np.floor(numbers)).all():
        return pa.array(numbers.astype(np.int64)).cast(pa.string())
    return pa.array(list(map(number_text, cells)), pa.string())


def _moment(moment: datetime | date) -> str:
    if moment.year < _FIRST_SURE_YEAR:
        raise DoubtfulError
    return moment_text(moment)


def _time(clock: time) -> str:
    seconds = (clock.hour * 60 + clock.minute) * 60 + clock.second
    return clock_text(seconds * 1000 + clock.microsecond // 1000)


_TEXT: dict[type, Callable[[Any], str | None]] = {
    str: lambda text: text or None,
    float: number_text,
    int: number_text,
    bool: lambda value: "TRUE" if value else "FALSE",
    datetime: _moment,
    date: _moment,
    time: _time,
    timedelta: lambda span: clock_text(span // _MILLISECOND),
}
