"""Rows that stand in a table and are none of it: footers, groups, the header once more."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.reading.groups import without_groups
from retention_cli.reading.layout import NOTHING_KNOWN, is_footer
from retention_cli.reading.other_tables import moved, without_other_tables
from retention_cli.reading.text import TornRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention_cli.reading.layout import Known, Shape
    from retention_cli.reading.text import TextBatch, TextSheet

_LAST_ROWS = 10
_FEWEST_ROWS = 2
_AGAIN = "is the header once more"
_TABLE_AGAIN = "is of the same table once more: all of it stands twice in the file"
_BYTE_ORDER_MARK = "\ufeff"


def set_aside(
    sheet: TextSheet, shape: Shape | None = None, *, known: Known = NOTHING_KNOWN
) -> TextSheet:
    """Take the rows out of a table that are none of it, each with why; `shape` knows some."""
    sheet = without_other_tables(_without_repeated_headers(sheet), known.is_name)
    sheet = _without_footers(sheet, shape.footer if shape else ())
    if shape and shape.group:
        sheet = without_groups(sheet, shape.group, shape.totals)
    return sheet


def _without_repeated_headers(sheet: TextSheet) -> TextSheet:
    batches: list[TextBatch] = []
    aside: list[TornRow] = []
    for batch in sheet.batches:
        same = _same_as_any(batch, sheet.header_rows)
        if same is None:
            batches.append(batch)
            continue
        numbers = batch.rows.filter(same).to_pylist()
        aside += [TornRow(row, "repeated-header", _AGAIN, sheet.raw(row)) for row in numbers]
        rest = batch.where(pc.invert(same))
        if len(rest.rows):
            batches.append(rest)
    if not aside:
        return sheet
    found = replace(sheet, batches=batches, aside=tuple(aside))
    return _without_the_table_again(found, [row.row for row in aside])


def _same_as_any(
    batch: TextBatch, header_rows: Sequence[tuple[str, ...]]
) -> pa.BooleanArray | None:
    """Mark the rows that are equal to a row of the header; None where there are none."""
    found = None
    for names in header_rows:
        same = _same(batch, names)
        if same is not None:
            found = same if found is None else pc.or_(found, same)
    return found


def _same(batch: TextBatch, names: tuple[str, ...]) -> pa.BooleanArray | None:
    same = None
    for place, column in enumerate(batch.columns.columns):
        name = names[place] if place < len(names) else ""
        equal = _equal(column, name) if name else pc.is_null(column)
        if place == 0 and name:
            equal = pc.or_(equal, _equal(column, _BYTE_ORDER_MARK + name))
        same = equal if same is None else pc.and_(same, equal)
        if not pc.any(same).as_py():
            return None
    return same


def _equal(column: pa.Array, name: str) -> pa.BooleanArray:
    if pa.types.is_dictionary(column.type):
        code = pc.index(column.dictionary, name).as_py()
        return pc.fill_null(pc.equal(column.indices, code), False)
    return pc.fill_null(pc.equal(column, name), False)


def _without_the_table_again(sheet: TextSheet, headers: Sequence[int]) -> TextSheet:
    """Take out what stands below a header that repeats, where it is all of the first table."""
    numbers = sheet.numbers.to_numpy()
    ends = [*headers[1:], sheet.header_row + sheet.rows + 1]
    first = int((numbers < headers[0]).sum())
    torn = [row for row in sheet.torn if row.row < headers[0]]
    again: set[int] = set()
    for start, end in zip(headers, ends, strict=True):
        inside = (numbers > start) & (numbers < end)
        count, torn_here = int(inside.sum()), [r for r in sheet.torn if start < r.row < end]
        if first < _FEWEST_ROWS or count != first or len(torn_here) != len(torn):
            continue
        offset = int(inside.argmax())
        if [r.cells for r in torn_here] == [r.cells for r in torn] and all(
            _equals(column.slice(0, first), column.slice(offset, first))
            for column in map(sheet.column, range(len(sheet.headers)))
        ):
            again |= {*numbers[inside].tolist(), *(row.row for row in torn_here)}
    return moved(sheet, again, "repeated-table", _TABLE_AGAIN) if again else sheet


def _equals(first: pa.ChunkedArray, second: pa.ChunkedArray) -> bool:
    return bool(first.combine_chunks().equals(second.combine_chunks()))


def _without_footers(sheet: TextSheet, starts: tuple[str, ...]) -> TextSheet:
    """Take out what stands below the last row of the table; one column has no such shape."""
    if not sheet.batches or len(sheet.headers) == 1:
        return sheet
    torn = {row.row: row for row in sheet.torn}
    whole = _last_rows(sheet)
    last = max((sheet.batches[-1].rows[-1].as_py(), *torn))
    first = min(whole)
    below: list[int] = []
    pending: list[tuple[int, tuple[str, ...]]] = []
    for number in range(last, max(first, last - _LAST_ROWS), -1):
        cells = torn[number].cells if number in torn else whole.get(number)
        if cells is None:
            below += [row for row, _ in pending]
            pending = []
            continue
        if not is_footer(cells, set_apart=True, starts=starts):
            break
        pending.append((number, cells))
    below += [row for row, cells in pending if is_footer(cells, set_apart=False, starts=starts)]
    return moved(sheet, set(below), "footer", "stands below the table") if below else sheet


def _last_rows(sheet: TextSheet) -> dict[int, tuple[str, ...]]:
    batch = sheet.batches[-1]
    places = range(max(0, len(batch.rows) - _LAST_ROWS), len(batch.rows))
    return {batch.rows[place].as_py(): batch.raw(place) for place in places}
