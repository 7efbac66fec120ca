"""The table on a sheet: where it starts, its header, its rows, and what is to be said of it."""

from __future__ import annotations

from dataclasses import replace
from operator import itemgetter
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.findings.problems import Notice
from retention_cli.reading.tables.find_header import NOTHING_KNOWN
from retention_cli.reading.tables.header import heading
from retention_cli.reading.tables.plain_cells import plain_cells
from retention_cli.reading.tables.preamble import first_rows
from retention_cli.reading.tables.rows_outside import set_aside
from retention_cli.reading.text import WHITE_SPACE, TextBatch, TextSheet
from retention_cli.reading.workbooks.sheet_scan import column_letters

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from retention_cli.findings.problems import Problem
    from retention_cli.reading.tables.find_header import Known
    from retention_cli.reading.workbooks.sheet_scan import SheetScan
    from retention_cli.reading.workbooks.workbook_parts import SheetPart

_BLANK = rf"\A[{WHITE_SPACE}]*\z"
_SHOWN = 3


def sheet_table(  # the cells, where they are from, and what is known of names
    batches: Sequence[TextBatch],
    faults: Sequence[Problem],
    *,
    file: str,
    part: SheetPart,
    sha256: str,
    known: Known = NOTHING_KNOWN,
) -> TextSheet | None:
    """Make the table of a sheet, with its header where one would see it.

    Shape: blank columns before and after the table are left out; rows keep the sheet's numbers.
        None where the sheet holds no cell.
    Errors: DataRefusedError for a header without a name.
    """
    faulty = {fault.row for fault in faults}
    filled = [kept for batch in batches if len((kept := _filled(batch, faulty)).rows)]
    if not filled:
        return None
    name = f"{file} sheet '{part.name}'"
    start = first_rows(_rows(filled), known, cells_of=itemgetter(1))
    found = heading(start, file=name, known=known)
    first, last = filled[0].rows[found.place].as_py(), filled[-1].rows[-1].as_py()
    above = first + found.count - 1
    table = _from(filled, first)
    places = _places(table, [fault for fault in faults if fault.row >= first])
    body = _from(table, above + 1)
    rows = last - above
    names = _cut(found.names, places)
    plain = plain_cells([_within(batch, places) for batch in body], names)
    sheet = TextSheet(
        file=file,
        sheet=part.name,
        headers=names,
        header_row=above,
        batches=plain.batches,
        rows=rows,
        blank=rows - sum(len(batch.rows) for batch in body),
        sha256=sha256,
        faults=tuple(
            fault._replace(place=(fault.place or 0) - places.start)
            for fault in faults
            if fault.row > above
        ),
        first_column=places.start + 1,
        notes=found.notes,
        remarks=plain.remarks,
        unwrapped=plain.unwrapped,
        refusal=found.refusal,
        metadata=found.metadata,
        header_rows=tuple(_cut(cells, places) for cells in found.rows),
    )
    return set_aside(sheet, found.shape, known=known)


def marked(sheet: TextSheet, scan: SheetScan) -> TextSheet:
    """Note which rows of a table are hidden or struck through, and the one currency of a column."""
    shown = {
        sheet.headers[place]: next(iter(found))
        for at, found in scan.currencies.items()
        if len(found) == 1 and 0 <= (place := at + 1 - sheet.first_column) < len(sheet.headers)
    }
    sheet = replace(sheet, shown=shown) if shown else sheet
    how = "hidden by a filter" if scan.filtered else "hidden"
    found = {how: scan.hidden, "struck through": scan.struck}
    marks = {why: frozenset(rows) for why, rows in found.items() if rows}
    return replace(sheet, marked=marks) if marks else sheet


def remarks_on(sheet: TextSheet, scan: SheetScan, *, hidden: bool) -> Iterator[Notice]:
    """Say what a reader of the figures should know of how a sheet is laid out."""
    yield from sheet.remarks
    if hidden:
        yield Notice("hidden-sheet", "the sheet is hidden, and is read like the others")
    header = range(sheet.header_row - len(sheet.header_rows) + 1, sheet.header_row + 1)
    in_header = [ref for ref in scan.first_merged if _row_of(ref) in header]
    if in_header and len(header) == 1:
        yield Notice(
            "merged-header",
            f"header cells are merged ({_some(in_header)}): only the first column of each has"
            " the name",
            len(in_header),
        )
    # Titles above the table are merged to look well, and no figure rests on them.
    titles = [ref for ref in scan.first_merged if _row_of(ref) < header.start]
    elsewhere = [ref for ref in scan.first_merged if ref not in {*in_header, *titles}]
    if others := scan.merged - len(in_header) - len(titles):
        yield Notice(
            "merged-cells",
            f"cells are merged ({_some(elsewhere, others)}): only the first cell of each has the"
            " value",
            others,
        )
    nameless = {
        column_letters(sheet.first_column + place): count
        for place, header in enumerate(sheet.headers)
        if not header and (count := _count(sheet, place))
    }
    if nameless and any(sheet.headers):
        columns = "column" if len(nameless) == 1 else "columns"
        yield Notice(
            "no-header",
            f"{columns} {_some(list(nameless))}: cells without a header above are not read",
            sum(nameless.values()),
        )


def _filled(batch: TextBatch, faulty: set[int]) -> TextBatch:
    """Leave blank rows out, but for those where a value should be."""
    blank = pa.array(np.ones(len(batch.rows), bool))
    for column in batch.columns.columns:
        blank = pc.and_(blank, pc.fill_null(pc.match_substring_regex(column, _BLANK), True))
    if faulty:
        blank = pc.and_not(blank, pc.is_in(batch.rows, pa.array(sorted(faulty), pa.int64())))
    if not pc.any(blank).as_py():
        return batch
    return batch.where(pc.invert(blank))


def _places(batches: Sequence[TextBatch], faults: Sequence[Problem]) -> range:
    """Give the columns from the first to the last that has any cell."""
    used = {fault.place for fault in faults if fault.place is not None}
    for batch in batches:
        for place, column in enumerate(batch.columns.columns):
            if column.null_count < len(column):
                used.add(place)
    return range(min(used), max(used) + 1)


def _within(batch: TextBatch, places: range) -> TextBatch:
    count = len(batch.rows)
    columns = _chosen(batch.columns, places, pa.nulls(count, pa.string()))
    typed = batch.typed and _chosen(batch.typed, places, pa.repeat(pa.scalar(False), count))
    return TextBatch(columns, batch.rows, typed)


def _chosen(columns: pa.RecordBatch, places: range, nothing: pa.Array) -> pa.RecordBatch:
    width = columns.num_columns
    chosen = [columns.column(place) if place < width else nothing for place in places]
    return pa.RecordBatch.from_arrays(chosen, names=[str(place) for place in range(len(chosen))])


def _rows(batches: Sequence[TextBatch]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Give the rows with their numbers, one by one."""
    for batch in batches:
        for place, number in enumerate(batch.rows.to_pylist()):
            yield number, batch.raw(place)


def _from(batches: Sequence[TextBatch], row: int) -> list[TextBatch]:
    """Give the rows from a number on."""
    cut = (
        batch if batch.rows[0].as_py() >= row else batch.where(pc.greater_equal(batch.rows, row))
        for batch in batches
    )
    return [batch for batch in cut if len(batch.rows)]


def _cut(cells: tuple[str, ...], places: range) -> tuple[str, ...]:
    return tuple(cells[place] if place < len(cells) else "" for place in places)


def _count(sheet: TextSheet, place: int) -> int:
    cells = sheet.column(place)
    return len(cells) - int(cells.null_count)


def _row_of(reference: str) -> int:
    """Give the first row of a range such as B1:D1."""
    return int(
        reference.split(":", maxsplit=1)[0].replace("$", "").lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        or 0
    )


def _some(references: Sequence[str], count: int | None = None) -> str:
    more = (count or len(references)) > _SHOWN
    return ", ".join(references[:_SHOWN]) + (" …" if more else "")
