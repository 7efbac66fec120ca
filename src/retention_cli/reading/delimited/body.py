"""The rows below a header: by arrow's parser where parsers agree, by Python's where they do not."""

from __future__ import annotations

import csv
import re
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.errors import DataRefusedError
from retention_cli.findings.problems import Problem
from retention_cli.reading.delimited.blocks import BadQuotesError, blocks
from retention_cli.reading.delimited.lines import Rest, Row, lenient_rows, quick_rows, rows
from retention_cli.reading.text import TextBatch

if TYPE_CHECKING:
    from collections.abc import Iterator

BATCH_ROWS = 1 << 14
_FEWEST_UNDOUBLED = 3
_ESCAPES = (
    'its quotes are escaped by backslashes (\\"), and are read that way; a CSV doubles them ("")'
)
_UNDOUBLED = (
    "the quotes inside its quoted fields are not doubled, and are read that way: one closes a field"
    " only before a delimiter or at the end of a line"
)


class Body(NamedTuple):
    """Rows of the header's width, torn ones apart, how many there are of all, what to say."""

    batches: list[TextBatch]
    torn: tuple[Problem, ...]
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

    None where quotes are in places that parsers do not agree about.
    """
    batches: list[TextBatch] = []
    torn: list[Problem] = []
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
        found = _gathered(quick_rows(rest), rest, width, _LineEnds(rest))
    except csv.Error:
        return _by_its_quotes(rest, width)
    if any("\n" in cell for row in found.torn for cell in row.raw):
        return _gathered(rows(rest, width=width), rest, width, _ByteEnds(rest))
    return found


def _by_its_quotes(rest: Rest, width: int) -> Body:
    """Read a body with wrong quotes in the way that leaves the fewest rows torn."""
    escaped = _escaped(rest, width)
    try:
        found = _gathered(rows(rest, width=width), rest, width, _ByteEnds(rest))
    except DataRefusedError:
        if escaped is None:
            raise
        return escaped
    if escaped and len(escaped.torn) < len(found.torn):
        return escaped
    return _undoubled(rest, width, found) or found


def _escaped(rest: Rest, width: int) -> Body | None:
    """Read a body as if its quotes were escaped by backslashes; None where they cannot be."""
    if rest.data.find(b"\\" + rest.quote.encode(), rest.start) < 0:
        return None
    try:
        found = quick_rows(rest, escape="\\")
        return _gathered(found, rest, width, _LineEnds(rest))._replace(note=_ESCAPES)
    except csv.Error:
        return None


def _undoubled(rest: Rest, width: int, found: Body) -> Body | None:
    """Read a body as if quotes inside of quoted cells were never doubled.

    None unless several rows need it, none is torn by its quotes then, and no quote is doubled.
    """
    wrong = sum(row.code != "wrong-width" for row in found.torn)
    mark, quote = re.escape(rest.mark.encode()), rest.quote.encode()
    doubled = re.compile(rb"[^\n%b%b]%b%b[^\n%b%b]" % (mark, quote, quote, quote, mark, quote))
    if wrong < _FEWEST_UNDOUBLED or doubled.search(rest.data, rest.start, rest.stop):
        return None
    undoubled = _gathered(lenient_rows(rest), rest, width, _ByteEnds(rest))
    if any(row.code != "wrong-width" for row in undoubled.torn):
        return None
    return undoubled._replace(note=_UNDOUBLED)


def _gathered(found: Iterator[Row], rest: Rest, width: int, ends: _ByteEnds | _LineEnds) -> Body:
    batches: list[TextBatch] = []
    torn: list[Problem] = []
    whole: list[list[str]] = []
    numbers: list[int] = []
    number = rest.above
    before = ends.start
    for row in found:
        number, cells, end, quotes_are_wrong, _ = row
        if quotes_are_wrong or len(cells) != width:
            torn.append(_torn(row, width, ends.text(before, end)))
        else:
            whole.append(cells)
            numbers.append(number)
            if len(whole) >= BATCH_ROWS:
                batches.append(batch_of_rows(whole, numbers))
                whole, numbers = [], []
        before = end
    if whole:
        batches.append(batch_of_rows(whole, numbers))
    return Body(batches, tuple(torn), number - rest.above)


def _torn(row: Row, width: int, text: str) -> Problem:
    cells = tuple(row.cells)
    if row.unclosed:
        message, hint = row.unclosed
        return Problem(row.number, "unclosed-quote", message, cells, text=text, hint=hint)
    if row.quotes_are_wrong:
        message = "has text after a closing quote"
        return Problem(row.number, "bad-quotes", message, cells, text=text)
    message = f"has {len(cells)} of {width} fields"
    return Problem(row.number, "wrong-width", message, cells, text=text)


def batch_of_rows(whole: list[list[str]], numbers: list[int]) -> TextBatch:
    """Turn rows of cells into columns of text, an empty cell into null."""
    columns = zip(*whole, strict=True)
    texts = [_nulled(pa.array(column, pa.string())) for column in columns]
    names = [str(i) for i in range(len(texts))]
    return TextBatch(pa.RecordBatch.from_arrays(texts, names=names), pa.array(numbers, pa.int64()))


def _nulled(cells: pa.StringArray) -> pa.StringArray:
    empty = pc.equal(cells, "")
    return pc.if_else(empty, None, cells) if pc.any(empty).as_py() else cells


class _ByteEnds:
    """The text of rows whose ends are places in the bytes."""

    def __init__(self, rest: Rest) -> None:
        self._data = rest.data
        self.start = rest.start

    def text(self, before: int, end: int) -> str:
        """Give a row without its line end."""
        return self._data[before:end].decode().removesuffix("\n")


class _LineEnds:
    """The text of rows whose ends are counts of lines; lines are only looked for where asked."""

    def __init__(self, rest: Rest) -> None:
        self._rest = rest
        self._bytes = _ByteEnds(rest)
        self.start = 0

    @cached_property
    def _ends(self) -> np.ndarray:
        data, start, stop = self._rest.data, self._rest.start, self._rest.stop
        here = np.frombuffer(data, np.uint8, stop - start, start)
        return np.concatenate(([start], np.flatnonzero(here == ord("\n")) + start + 1, [stop]))

    def text(self, before: int, end: int) -> str:
        """Give a row without its line end."""
        return self._bytes.text(int(self._ends[before]), int(self._ends[end]))
