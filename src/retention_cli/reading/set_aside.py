"""Rows that stand in a table and are none of it: footers, the header once more."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.reading.layout import is_footer
from retention_cli.reading.text import TornRow

if TYPE_CHECKING:
    from retention_cli.reading.text import TextBatch, TextSheet

_LAST_ROWS = 10
_AGAIN = "is the header once more"


def set_aside(sheet: TextSheet) -> TextSheet:
    """Take the rows out of a table that are none of it, each with why."""
    return _without_footers(_without_repeated_headers(sheet))


def _without_repeated_headers(sheet: TextSheet) -> TextSheet:
    batches: list[TextBatch] = []
    aside: list[TornRow] = []
    for batch in sheet.batches:
        same = _same(batch, sheet.headers)
        if same is None:
            batches.append(batch)
            continue
        numbers = batch.rows.filter(same).to_pylist()
        aside += [TornRow(row, "repeated-header", _AGAIN, sheet.raw(row)) for row in numbers]
        rest = batch.where(pc.invert(same))
        if len(rest.rows):
            batches.append(rest)
    return replace(sheet, batches=batches, aside=tuple(aside)) if aside else sheet


def _same(batch: TextBatch, headers: tuple[str, ...]) -> pa.BooleanArray | None:
    """Mark the rows that are equal to the header; None where there are none."""
    same = None
    for column, name in zip(batch.columns.columns, headers, strict=True):
        equal = _equal(column, name) if name else pc.is_null(column)
        same = equal if same is None else pc.and_(same, equal)
        if not pc.any(same).as_py():
            return None
    return same


def _equal(column: pa.Array, name: str) -> pa.BooleanArray:
    if pa.types.is_dictionary(column.type):
        code = pc.index(column.dictionary, name).as_py()
        return pc.fill_null(pc.equal(column.indices, code), False)
    return pc.fill_null(pc.equal(column, name), False)


def _without_footers(sheet: TextSheet) -> TextSheet:
    """Take out what stands below the last row of the table; one column has no such shape."""
    if not sheet.batches or len(sheet.headers) == 1:
        return sheet
    torn = {row.row: row for row in sheet.torn}
    whole = _last_rows(sheet)
    last = sheet.header_row + sheet.rows
    first = min(whole)
    below: list[TornRow] = []
    pending: list[TornRow] = []
    for number in range(last, max(first, last - _LAST_ROWS), -1):
        cells = torn[number].cells if number in torn else whole.get(number)
        if cells is None:
            below += pending
            pending = []
            continue
        if not is_footer(cells, set_apart=True):
            break
        pending.append(TornRow(number, "footer", "stands below the table", cells))
    below += [row for row in pending if is_footer(row.cells, set_apart=False)]
    if not below:
        return sheet
    rows = {row.row for row in below}
    aside = (*sheet.aside, *sorted(below, key=lambda row: row.row))
    kept = tuple(row for row in sheet.torn if row.row not in rows)
    return replace(sheet, torn=kept, aside=aside, batches=_without(sheet.batches, rows))


def _last_rows(sheet: TextSheet) -> dict[int, tuple[str, ...]]:
    batch = sheet.batches[-1]
    places = range(max(0, len(batch.rows) - _LAST_ROWS), len(batch.rows))
    return {batch.rows[place].as_py(): batch.raw(place) for place in places}


def _without(batches: list[TextBatch], rows: set[int]) -> list[TextBatch]:
    gone = pc.is_in(batches[-1].rows, value_set=pa.array(sorted(rows), pa.int64()))
    if not pc.any(gone).as_py():
        return batches
    last = batches[-1].where(pc.invert(gone))
    return [*batches[:-1], *([last] if len(last.rows) else [])]
