"""Files as text: cells as they stand, with the row numbers that a spreadsheet shows."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.frames.columns import as_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import numpy.typing as npt

    from retention_cli.errors import DataRefusedError
    from retention_cli.findings.problems import Notice, Problem

WHITE_SPACE = (
    " \t\n\v\f\r\x1c\x1d\x1e\x1f\x85\u00a0\u1680"
    "\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
    "\u200b\u200c\u200d\u2060\ufeff"
)
"""What is not seen around text: Unicode's white space, and marks without a width.

Named one by one, since Python, arrow and RE2 each take other characters for white space.
"""


@dataclass(frozen=True, slots=True)
class TextBatch:
    """Some rows of a file: text columns by position, and the number of each row.

    Shape: a cell is text or null; an empty one is null. A column may be held as codes and the
        texts they stand for, the same ones in all batches of a sheet. `typed` marks the cells that a
        workbook or a database holds as numbers: their text has a point before the decimals, whatever
        others have; a column of it is of nulls where none is a number.
    """

    columns: pa.RecordBatch
    rows: pa.Array
    typed: pa.RecordBatch | None = None

    def where(self, kept: pa.BooleanArray) -> TextBatch:
        """Give some of its rows."""
        typed = None if self.typed is None else self.typed.filter(kept)
        return TextBatch(self.columns.filter(kept), self.rows.filter(kept), typed)

    def raw(self, index: int) -> tuple[str, ...]:
        """Give one row as it stood."""
        return tuple(column[index].as_py() or "" for column in self.columns.columns)


class Unwrapped(NamedTuple):
    """Cells of one column that were read without their wrapping, as they are in the file.

    Shape: `rows` are the numbers of their rows, in order; `texts` one text for each.
    """

    place: int
    rows: npt.NDArray[np.int64]
    texts: pa.StringArray

    def only(self, rows: Sequence[int] | np.ndarray) -> Unwrapped:
        """Give those of some rows."""
        ours = np.isin(self.rows, np.asarray(rows, np.int64))
        return Unwrapped(self.place, self.rows[ours], self.texts.filter(pa.array(ours)))


@dataclass(frozen=True, slots=True)
class TextSheet:
    """One table of text: a CSV file, one sheet of a workbook, or one table of a database.

    `rows` counts every row below the header, torn and blank ones too; `blank` the blank ones.
    `torn` are rows without the header's number of cells, with quotes that do not close, or with a
    fault in a cell that is needed; `faults` are cells of a workbook without a value.
    `aside` are rows that are not part of the table: footers, the header again.
    `doubt` is what had to be guessed for it to be read at all; `refusal` why it cannot be read as a
    kind, though it may be beside a sheet that can; `metadata` are the cells of a row
    that stood above the header, `header_rows` the rows of the header as they stood; without any,
    the table has none, and no column a name. The last `made` columns are not in the file;
    `unwrapped` are cells that stand otherwise there. A `view` shows rows of tables anew; `marked` are the rows
    that a workbook hides or strikes through; `shown` is by header, the one currency of a column's formats. No batch is without rows. Where names are no row, rows count from 1, and `header_row` is 0.
    """

    file: str
    headers: tuple[str, ...]
    header_row: int
    batches: list[TextBatch]
    rows: int
    sheet: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    sha256: str = ""
    torn: tuple[Problem, ...] = ()
    aside: tuple[Problem, ...] = ()
    blank: int = 0
    doubt: str | None = None
    refusal: DataRefusedError | None = None
    notes: tuple[str, ...] = ()
    first_column: int = 1
    faults: tuple[Problem, ...] = ()
    remarks: tuple[Notice, ...] = ()
    metadata: tuple[str, ...] = ()
    header_rows: tuple[tuple[str, ...], ...] = ()
    made: int = 0
    unwrapped: tuple[Unwrapped, ...] = ()
    view: bool = False
    marked: Mapping[str, frozenset[int]] = field(default_factory=dict)
    shown: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """How messages call it."""
        return f"{self.file} sheet '{self.sheet}'" if self.sheet else self.file

    def column(self, place: int) -> pa.ChunkedArray:
        """Give all cells of one column as text."""
        return as_text(self.held(place))

    def held(self, place: int) -> pa.ChunkedArray:
        """Give all cells of one column as they are held: text, or codes of texts."""
        chunks = [batch.columns.column(place) for batch in self.batches]
        return pa.chunked_array(chunks) if chunks else pa.chunked_array([], pa.string())

    def typed(self, place: int) -> pa.ChunkedArray | None:
        """Mark the cells of one column that are numbers; None where it holds none by type."""
        if not self.batches or self.batches[0].typed is None:
            return None
        if pa.types.is_null(self.batches[0].typed.column(place).type):
            return None
        return pa.chunked_array(
            [batch.typed.column(place) for batch in self.batches if batch.typed]
        )

    @property
    def numbers(self) -> pa.ChunkedArray:
        """The row numbers of all rows that have their cells."""
        return pa.chunked_array([batch.rows for batch in self.batches], pa.int64())

    def raw(self, row: int) -> tuple[str, ...]:
        """Give the cells of one row, by the number that a spreadsheet shows.

        Errors: KeyError for a row that is torn, blank or not there.
        """
        return self.raws([row])[row]

    def raws(self, rows: Sequence[int] | np.ndarray) -> dict[int, tuple[str, ...]]:
        """Give the cells of rows by their numbers; of those that are torn, blank or not there none."""
        width = len(self.headers) - self.made
        found: dict[int, tuple[str, ...]] = {}
        for one in self._batches_of(rows):
            # By numpy: arrow makes a scalar of each cell on its way to a list.
            columns = [
                pc.fill_null(as_text(column), "").to_numpy(zero_copy_only=False)
                for column in one.columns.columns[:width]
            ]
            found |= zip(one.rows.to_pylist(), zip(*columns, strict=True), strict=True)
        return found

    def only(self, rows: Sequence[int] | np.ndarray) -> TextSheet:
        """Give the sheet with some of its rows, by their numbers, and its counts as they are."""
        unwrapped = tuple(one.only(rows) for one in self.unwrapped)
        return replace(self, batches=[*self._batches_of(rows)], unwrapped=unwrapped)

    def _batches_of(self, rows: Sequence[int] | np.ndarray) -> Iterator[TextBatch]:
        # Sorted by hand: `np.unique` takes ten times as long for millions.
        wanted = np.sort(np.asarray(rows, np.int64), kind="stable")
        wanted = wanted[np.diff(wanted, prepend=-1) > 0]
        for batch in self.batches if len(wanted) else ():
            held = batch.rows.to_numpy()
            ours = wanted[slice(*wanted.searchsorted([held[0], held[-1] + 1]))]
            places = held.searchsorted(ours)
            places = pa.array(places[held[places] == ours])
            if len(places):
                yield TextBatch(batch.columns.take(places), batch.rows.take(places))

    def as_it_stood(self, row: int, cells: tuple[str, ...]) -> tuple[str, ...]:
        """Put the wrapping back around those cells of a row that were read without it."""
        if not self.unwrapped:
            return cells
        stood = list(cells)
        # A cell may have been unwrapped twice: what was taken off first is put on last.
        for one in reversed(self.unwrapped):
            index = int(one.rows.searchsorted(row))
            if index < len(one.rows) and one.rows[index] == row and one.place < len(stood):
                stood[one.place] = one.texts[index].as_py()
        return tuple(stood)


def same_sheet(first: str | None, second: str | None) -> bool:
    """Tell whether two may cover one sheet: None covers all, and case makes no difference.

    Example:
        >>> same_sheet("Orders", "orders "), same_sheet("Orders", None), same_sheet("a", "b")
        (True, True, False)
    """
    if first is None or second is None:
        return True
    return first.strip().casefold() == second.strip().casefold()
