"""Rows of one cell between the rows of a table: lines of page breaks, and titles of groups."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.frames.columns import as_text
from retention_cli.patterns import lazy_pattern
from retention_cli.reading.tables.other_tables import moved
from retention_cli.reading.tables.row_cells import cell_at, filled_places, has_digit
from retention_cli.reading.text import WHITE_SPACE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retention_cli.reading.text import TextBatch, TextSheet

_FEWEST_CELLS = 3
_FEWEST_ROWS = 2
_SPACE = lazy_pattern(rf"[{WHITE_SPACE}]")
_LABEL = lazy_pattern(rf"[^:0-9]*[^\W\d_][^:0-9]*:(?:[{WHITE_SPACE}].*)?", re.DOTALL)
_PAGE = lazy_pattern(
    r"(?i)\W*(?:page|seite|blatt|feuille|folio|p[aá]gina|hoja|foglio|strona|sid[ae]|sivu|oldal"
    r"|str[aá]nka)\W*[0-9]+(?:\W+(?:[a-zà-ž]{1,4}\W+)?[0-9]+)?\W*"
)


class _Column(NamedTuple):
    """What the cells of a column are like in the rows that are surely of the table."""

    has_digits: bool
    has_space: bool
    has_colon: bool


def without_lone_rows(sheet: TextSheet) -> TextSheet:
    """Take out rows of one cell that is like no other of its column, so that it is none of them.

    Its column is filled in all wide rows: what is written there once for the rows below, and blank
    in them, is theirs. A single word may be a key. Words below the last row are for others to judge.
    """
    if len(sheet.headers) < _FEWEST_CELLS or not sheet.batches:
        return sheet
    lone = dict(_lone(sheet))
    if not lone:
        return sheet
    last = _last_wide_row(sheet)
    places = {place for place, _ in lone.values()}
    columns = {place: _column(sheet, place) for place in places}
    pages: set[int] = set()
    titles: set[int] = set()
    for row, (place, text) in lone.items():
        column = columns[place]
        if column is None:
            continue
        if _PAGE.fullmatch(text) and not column.has_space:
            pages.add(row)
        elif row < last and _is_of_another_shape(text, column):
            titles.add(row)
    sheet = moved(sheet, pages, "page-line", "is the line of a page") if pages else sheet
    return moved(sheet, titles, "group-row", "names the rows below it") if titles else sheet


def _is_of_another_shape(text: str, column: _Column) -> bool:
    # Words with digits may be a whole row that lost its delimiters.
    if _LABEL.fullmatch(text) and not column.has_colon:
        return True
    words = bool(_SPACE.search(text)) and not has_digit(text)
    return column.has_digits and not column.has_space and words


def _lone(sheet: TextSheet) -> Iterator[tuple[int, tuple[int, str]]]:
    """Give the rows with one cell: its place and its text. Torn rows count where all have one."""
    for batch in sheet.batches:
        if sum(not column.null_count for column in batch.columns.columns) > 1:
            continue
        for index in np.flatnonzero(_filled(batch) == 1).tolist():
            cells = batch.raw(index)
            (place,) = filled_places(cells) or {0}
            yield batch.rows[index].as_py(), (place, cell_at(cells, place))
    if all(filled_places(row.raw) == {0} for row in sheet.torn):
        for row in sheet.torn:
            yield row.row, (0, cell_at(row.raw, 0))


def _filled(batch: TextBatch) -> np.ndarray:
    filled = np.zeros(len(batch.rows), np.int64)
    for column in batch.columns.columns:
        filled += np.asarray(pc.is_valid(column))
    return filled


def _width(sheet: TextSheet) -> int:
    """Say how many cells a row surely of the table has: a sum below a group has fewer."""
    return 2 if len(sheet.headers) == _FEWEST_CELLS else _FEWEST_CELLS


def _last_wide_row(sheet: TextSheet) -> int:
    wide = _width(sheet)
    rows = (batch.rows.to_numpy()[_filled(batch) >= wide] for batch in sheet.batches)
    return max((int(one[-1]) for one in rows if len(one)), default=0)


def _column(sheet: TextSheet, place: int) -> _Column | None:
    """Look at the cells of a column in wide rows; None where one is blank, or there are too few."""
    wide = _width(sheet)
    chunks = [
        as_text(batch.columns.column(place)).filter(pa.array(_filled(batch) >= wide))
        for batch in sheet.batches
    ]
    cells = pa.chunked_array(chunks, pa.string())
    if cells.null_count or len(cells) < _FEWEST_ROWS:
        return None
    cells = pc.utf8_trim(cells, WHITE_SPACE)
    return _Column(
        pc.all(pc.match_substring_regex(cells, "[0-9]")).as_py(),
        pc.any(pc.match_substring_regex(cells, f"[{WHITE_SPACE}]")).as_py(),
        pc.any(pc.match_substring(cells, ":")).as_py(),
    )
