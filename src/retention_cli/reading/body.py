"""The rows below a header: by arrow's parser where parsers agree, by Python's where they do not."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.errors import DataRefusedError
from retention_cli.reading.blocks import BadQuotesError, blocks
from retention_cli.reading.lines import Rest, Row, quick_rows, rows
from retention_cli.reading.text import TextBatch, TornRow

if TYPE_CHECKING:
    from collections.abc import Iterator

BATCH_ROWS = 1 << 14
_ESCAPES = 'its quotes are escaped by backslashes (\\"), and read so; a CSV doubles them ("")'


class Body(NamedTuple):
    """Rows of the header's width, torn ones apart, how many there are of all, what to say."""

    batches: list[TextBatch]
    torn: tuple[TornRow, ...]
    rows: int
    note: str | None = None


def read_body(rest: Rest, width: int) -> Body:
    """Read the rows of a text that have as many cells as the header.

    Errors: DataRefusedError for a quote that never closes, and for a field of more than a mebibyte.
    """
    if rest.is_empty:
        return Body([], (), 0)
    found = _plain(rest, width) if len(rest.mark.encode()) == 1 else None
    return found or _tolerant(rest, width)


def _plain(rest: Rest, width: int) -> Body | None:
    """Read a body by arrow's parser, and row by row only those blocks that need it.

    None where quotes stand in places that parsers do not agree about.
    """
    batches: list[TextBatch] = []
    torn: list[TornRow] = []
    above = rest.above
    try:
        for block in blocks(rest, width):
            if block.cells is None:
                found = _tolerant(block.text.alone(above), width)
                batches += found.batches
                torn += found.torn
                above += found.rows
            elif count := block.cells.num_rows:
                numbers = pa.array(np.arange(above + 1, above + 1 + count), pa.int64())
                batches.append(TextBatch(block.cells, numbers))
                above += count
    except BadQuotesError:
        return None
    return Body(batches, tuple(torn), above - rest.above)


def _tolerant(rest: Rest, width: int) -> Body:
    """Read a body row by row: quotes, torn rows and blank lines, each with its number."""
    try:
        return _gathered(quick_rows(rest), rest.above, width)
    except csv.Error:
        escaped = _escaped(rest, width)
    try:
        found = _gathered(rows(rest), rest.above, width)
    except DataRefusedError:
        if escaped is None:
            raise
        return escaped
    return escaped if escaped and len(escaped.torn) < len(found.torn) else found


def _escaped(rest: Rest, width: int) -> Body | None:
    """Read a body as if its quotes were escaped by backslashes; None where they cannot be."""
    if rest.data.find(b'\\"', rest.start) < 0:
        return None
    try:
        found = _gathered(quick_rows(rest, escape="\\"), rest.above, width)
    except csv.Error:
        return None
    return found._replace(note=_ESCAPES)


def _gathered(found: Iterator[Row], above: int, width: int) -> Body:
    batches: list[TextBatch] = []
    torn: list[TornRow] = []
    whole: list[list[str]] = []
    numbers: list[int] = []
    number = above
    for row in found:
        number, cells, _, quotes_are_wrong = row
        if quotes_are_wrong or len(cells) != width:
            torn.append(_torn(row, width))
            continue
        whole.append(cells)
        numbers.append(number)
        if len(whole) >= BATCH_ROWS:
            batches.append(_batch(whole, numbers))
            whole, numbers = [], []
    if whole:
        batches.append(_batch(whole, numbers))
    return Body(batches, tuple(torn), number - above)


def _torn(row: Row, width: int) -> TornRow:
    cells = tuple(row.cells)
    if row.quotes_are_wrong:
        return TornRow(row.number, "bad-quotes", "has text after a closing quote", cells)
    return TornRow(row.number, "wrong-width", f"has {len(cells)} of {width} fields", cells)


def _batch(whole: list[list[str]], numbers: list[int]) -> TextBatch:
    columns = zip(*whole, strict=True)
    texts = [_nulled(pa.array(column, pa.string())) for column in columns]
    names = [str(i) for i in range(len(texts))]
    return TextBatch(pa.RecordBatch.from_arrays(texts, names=names), pa.array(numbers, pa.int64()))


def _nulled(cells: pa.StringArray) -> pa.StringArray:
    empty = pc.equal(cells, "")
    return pc.if_else(empty, None, cells) if pc.any(empty).as_py() else cells
