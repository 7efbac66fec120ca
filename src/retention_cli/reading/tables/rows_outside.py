"""Rows that are in a table and are not part of it: footers, groups, the header again."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.findings.problems import Notice, Problem
from retention_cli.reading.tables.boards import without_titles_and_sums
from retention_cli.reading.tables.find_header import NOTHING_KNOWN
from retention_cli.reading.tables.footers import is_footer, opens_a_list_of_filters
from retention_cli.reading.tables.groups import without_groups
from retention_cli.reading.tables.lone_rows import without_lone_rows
from retention_cli.reading.tables.names_or_data import digit_columns
from retention_cli.reading.tables.other_tables import moved, without_other_tables
from retention_cli.reading.tables.row_cells import filled_places
from retention_cli.reading.tables.turned import refuse_turned
from retention_cli.reading.text import WHITE_SPACE

if TYPE_CHECKING:
    from collections.abc import Collection, Container, Sequence

    from retention_cli.reading.tables.find_header import Known, Shape
    from retention_cli.reading.text import TextBatch, TextSheet

_LAST_ROWS = 10
_FEWEST_ROWS = 2
_FEWEST_CELLS = 2
_READ_THOUGH_ALONE = (
    "row {} has a single cell, and is read as a row of the table: delete it if it is a footer"
)
_STANDS_BELOW = "is below the table"
_AGAIN = "repeats the header"
_TABLE_AGAIN = "belongs to a second copy of the table"
_BYTE_ORDER_MARK = "\ufeff"


def set_aside(
    sheet: TextSheet, shape: Shape | None = None, *, known: Known = NOTHING_KNOWN
) -> TextSheet:
    """Take the rows out of a table that are not part of it, each with why; `shape` knows some."""
    sheet = refuse_turned(sheet, known.is_name)
    sheet = without_titles_and_sums(_without_repeated_headers(sheet))
    sheet = without_other_tables(sheet, known.is_name)
    sheet = _without_filters(_without_repeated_titles(sheet))
    if not (shape and shape.group):
        sheet = without_lone_rows(sheet)
    sheet = _without_footers(sheet, shape.footer if shape else ())
    if shape and shape.group:
        sheet = without_groups(sheet, shape.group, shape.totals)
    return sheet


def _without_repeated_headers(sheet: TextSheet) -> TextSheet:
    batches: list[TextBatch] = []
    aside: list[Problem] = []
    for batch in sheet.batches:
        same = _same_as_any(batch, sheet.header_rows)
        if same is None:
            batches.append(batch)
            continue
        again = sheet.raws(batch.rows.filter(same).to_pylist())
        aside += [Problem(row, "repeated-header", _AGAIN, raw) for row, raw in again.items()]
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
    """Take out what is below a header that repeats, where it is all of the first table."""
    numbers = sheet.numbers.to_numpy()
    torn = [row.row for row in sheet.torn]
    starts, torn_starts = (np.searchsorted(rows, headers).tolist() for rows in (numbers, torn))
    first, torn_first = starts[0], torn_starts[0]
    if first < _FEWEST_ROWS:
        return sheet
    columns = [sheet.column(place) for place in range(len(sheet.headers))]
    again: set[int] = set()
    for start, end, torn_start, torn_end in zip(
        starts, [*starts[1:], len(numbers)], torn_starts, [*torn_starts[1:], len(torn)], strict=True
    ):
        if (end - start, torn_end - torn_start) != (first, torn_first):
            continue
        torn_here = sheet.torn[torn_start:torn_end]
        if [row.raw for row in torn_here] == [row.raw for row in sheet.torn[:torn_first]] and all(
            _equals(column.slice(0, first), column.slice(start, first)) for column in columns
        ):
            again |= {*numbers[start:end].tolist(), *(row.row for row in torn_here)}
    return moved(sheet, again, "repeated-table", _TABLE_AGAIN) if again else sheet


def _equals(first: pa.ChunkedArray, second: pa.ChunkedArray) -> bool:
    return bool(first.combine_chunks().equals(second.combine_chunks()))


def _without_repeated_titles(sheet: TextSheet) -> TextSheet:
    """Take out the title of each page of a printed list, but for its date and number."""
    title = _without_digits(sheet.metadata)
    if not title or not any(row.code == "repeated-header" for row in sheet.aside):
        return sheet
    rows = {row.row for row in sheet.torn if _without_digits(row.raw) == title}
    return moved(sheet, rows, "repeated-title", "is the title above the table again")


def _without_digits(cells: Sequence[str]) -> str:
    return re.sub(r"[\W0-9]+", " ", " ".join(cells)).strip()


def _without_filters(sheet: TextSheet) -> TextSheet:
    """Take out what stands from a list of a report's filters on, where none of it is as wide."""
    if not sheet.batches or len(sheet.headers) == 1:
        return sheet
    last = dict(sorted((*_last_rows(sheet).items(), *((r.row, r.raw) for r in sheet.torn))))
    start = next((row for row, cells in last.items() if opens_a_list_of_filters(cells)), None)
    if start is None:
        return sheet
    torn = {row.row for row in sheet.torn}
    rows = {row: cells for row, cells in last.items() if row >= start}
    if any(row not in torn and len(filled_places(cells)) > 1 for row, cells in rows.items()):
        return sheet
    return moved(sheet, set(rows), "footer", _STANDS_BELOW)


def _without_footers(sheet: TextSheet, starts: tuple[str, ...]) -> TextSheet:
    """Take out what is below the last row of the table; one column has no such shape."""
    if not sheet.batches or len(sheet.headers) == 1:
        return sheet
    torn = {row.row: row for row in sheet.torn}
    whole = _last_rows(sheet)
    last = max((sheet.batches[-1].rows[-1].as_py(), *torn))
    first = min(whole)
    below: list[int] = []
    pending: list[tuple[int, tuple[str, ...]]] = []
    for number in range(last, max(first, last - _LAST_ROWS), -1):
        cells = torn[number].raw if number in torn else whole.get(number)
        if cells is not None and not _has_a_name_above(cells, sheet.headers):
            cells = tuple(filter(None, cells))
        if cells is None:
            below += [row for row, _ in pending]
            pending = []
            continue
        if not is_footer(cells, set_apart=True, starts=starts):
            break
        pending.append((number, cells))
    apart = {*below}
    below += [row for row, cells in pending if is_footer(cells, set_apart=False, starts=starts)]
    lone = {row: whole[row] for row in below if row in whole}
    kept = _rows_of_the_table(sheet, lone, starts, apart) if lone else []
    if kept:
        said = (Notice("lone-cell", _READ_THOUGH_ALONE.format(row)) for row in kept)
        sheet = replace(sheet, remarks=(*sheet.remarks, *said))
    rows = {*below}.difference(kept)
    return moved(sheet, rows, "footer", _STANDS_BELOW) if rows else sheet


def _rows_of_the_table(
    sheet: TextSheet,
    lone: dict[int, tuple[str, ...]],
    starts: tuple[str, ...],
    apart: Container[int],
) -> list[int]:
    """Tell lone cells that may be rows of the table from footers, since others are hardly wider.

    A blank row and words that say so make a footer. Else, where some have one cell, so may they.
    Where some have two, a footer says that it is one, or has words where the others have digits.
    """
    fewest = _fewest_cells(sheet, lone)
    above = [cells for row, cells in _last_rows(sheet).items() if row not in lone]
    digits = digit_columns(above)
    kept = []
    for row, cells in lone.items():
        ((place, text),) = [(at, cell) for at, cell in enumerate(cells) if cell.strip(WHITE_SPACE)]
        if text.strip(WHITE_SPACE).startswith(starts) or not sheet.headers[place]:
            continue
        says_so = is_footer(cells, set_apart=False)
        sure = says_so or place in digits or fewest > _FEWEST_CELLS
        if not (says_so and row in apart) and (fewest < _FEWEST_CELLS or not sure):
            kept.append(row)
    return sorted(kept)


def _has_a_name_above(cells: Sequence[str], headers: Sequence[str]) -> bool:
    return any(cell and name for cell, name in zip(cells, headers, strict=False))


def _fewest_cells(sheet: TextSheet, but: Collection[int]) -> float:
    """Count the cells of the row that has the fewest of all others; infinite where none is."""
    fewest = math.inf
    for batch in sheet.batches:
        filled = np.zeros(len(batch.rows), np.int64)
        for column in batch.columns.columns:
            filled += np.asarray(pc.is_valid(column))
        others = filled[~np.isin(batch.rows.to_numpy(), list(but))]
        fewest = min(fewest, others.min(initial=len(sheet.headers)) if len(others) else fewest)
    return fewest


def _last_rows(sheet: TextSheet) -> dict[int, tuple[str, ...]]:
    batch = sheet.batches[-1]
    places = range(max(0, len(batch.rows) - _LAST_ROWS), len(batch.rows))
    return {batch.rows[place].as_py(): batch.raw(place) for place in places}
