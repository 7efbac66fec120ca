"""A CSV body in blocks of whole rows, each read by arrow's parser, several at a time."""

from __future__ import annotations

import codecs
import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as arrow_csv

from retention_cli.reading.delimited.lines import LONGEST_FIELD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retention_cli.reading.delimited.lines import Rest

BLOCK_BYTES = 16 << 20
_PARSED_BYTES = 4 << 20


class BadQuotesError(ValueError):
    """Quotes stand where no writer of CSV puts them: parsers differ in what they mean."""


class Block(NamedTuple):
    """Some whole rows: their text, and their cells if each row has those of the header."""

    text: Rest
    cells: pa.RecordBatch | None


def blocks(rest: Rest, width: int) -> Iterator[Block]:
    """Read a body block by block, in order.

    Shape: cells are text, an empty one null; None where a row is torn, blank or too long, so that
        its number is only known to whoever reads row by row.
    Errors: BadQuotesError.
    """
    quoted = rest.data.find(rest.quote.encode(), rest.start) >= 0
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        yield from pool.map(partial(_read, width=width, quoted=quoted), _cut(rest, quoted=quoted))


def _cut(rest: Rest, *, quoted: bool) -> list[Rest]:
    """Cut a body where a row ends: at a line end outside of quotes."""
    data, start, found = rest.data, rest.start, []
    mark = rest.quote.encode()
    while start < len(data):
        end = _line_end(data, start + BLOCK_BYTES)
        opened = data.count(mark, start, end) % 2 if quoted else 0
        while opened:
            quote = data.find(mark, end)
            if quote < 0:
                raise BadQuotesError
            after = _line_end(data, quote)
            if after - start > BLOCK_BYTES + LONGEST_FIELD:
                raise BadQuotesError
            opened = (opened + data.count(mark, quote, after)) % 2
            end = after
        found.append(replace(rest, start=start, end=end))
        start = end
    return found


def _line_end(data: bytes, start: int) -> int:
    return data.find(b"\n", start) + 1 or len(data)


def _read(text: Rest, *, width: int, quoted: bool) -> Block:
    here = pa.py_buffer(text.data).slice(text.start, text.stop - text.start)
    if quoted and not _is_well_quoted(np.frombuffer(here, np.uint8), text):
        raise BadQuotesError
    # Arrow would take a mark of the encoding off the first cell.
    marked = text.data.startswith(codecs.BOM_UTF8, text.start)
    return Block(text, None if marked else _parsed(here, text, width, quoted=quoted))


def _is_well_quoted(text: np.ndarray, written: Rest) -> bool:
    """Tell whether quotes only stand around whole cells, and doubled inside of them."""
    quotes = np.flatnonzero(text == ord(written.quote))
    around = np.array([ord(written.mark), ord("\n"), ord(written.quote)])
    opening, closing = quotes[::2], quotes[1::2]
    before = text[opening[opening > 0] - 1]
    after = text[closing[closing < len(text) - 1] + 1]
    return len(quotes) % 2 == 0 and bool(
        np.isin(before, around).all() and np.isin(after, around).all()
    )


def _parsed(text: pa.Buffer, written: Rest, width: int, *, quoted: bool) -> pa.RecordBatch | None:
    names = [str(i) for i in range(width)]
    torn = False

    def on_torn_row(_: object) -> str:
        nonlocal torn
        torn = True
        return "skip"

    try:
        table = arrow_csv.read_csv(
            pa.BufferReader(text),
            read_options=arrow_csv.ReadOptions(
                column_names=names, block_size=_PARSED_BYTES, use_threads=False
            ),
            parse_options=arrow_csv.ParseOptions(
                delimiter=written.mark,
                quote_char=written.quote if quoted else False,
                newlines_in_values=quoted,
                ignore_empty_lines=False,
                invalid_row_handler=on_torn_row,
            ),
            convert_options=arrow_csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()),
                strings_can_be_null=True,
                null_values=[""],
            ),
        )
    except pa.ArrowInvalid:
        return None
    if torn or any(_longest(column) > LONGEST_FIELD for column in table.columns):
        return None
    (whole,) = table.combine_chunks().to_batches() or [None]
    return whole


def _longest(column: pa.ChunkedArray) -> int:
    return pc.max(pc.binary_length(column)).as_py() or 0
