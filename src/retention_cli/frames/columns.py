"""Columns of tables that no export has, and columns of text held as codes."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

ROW = "_row"
"""The column of row numbers in tables, under a name that no header is matched to."""

FILE = "_file"
"""The column that says which file of its kind a row is from, by its place among them."""

TAX = "_tax"
"""The column that says whether the amount of an invoice has sales tax in it."""

RATE = "_rate"
"""The column that says at which rate of its dataset the amounts of a row were converted."""

CLOCK = "_clock"
"""The column of the times of day that are beside days: rows are compared by it, and by nothing else."""

NTH = "_nth"
"""The column that numbers rows of one key in their file."""

INCLUDED, EXCLUDED = "included", "excluded"

_FEWEST_ROWS_A_SLICE = 1 << 12
_SEVERAL = 2


def as_text(column: pa.Array | pa.ChunkedArray) -> pa.Array | pa.ChunkedArray:
    """Write out a column that is given as codes and the texts they stand for.

    Example:
        >>> as_text(pa.array(["ann", "bob", "ann"]).dictionary_encode()).to_pylist()
        ['ann', 'bob', 'ann']
    """
    return column.cast(column.type.value_type) if pa.types.is_dictionary(column.type) else column


def as_codes(column: pa.Array | pa.ChunkedArray) -> pa.DictionaryArray:
    """Hold a column as codes and the texts they stand for, each text once.

    Example:
        >>> codes = as_codes(pa.chunked_array([["ann", "bob"], ["ann"]]))
        >>> codes.indices.to_pylist(), codes.dictionary.to_pylist()
        ([0, 1, 0], ['ann', 'bob'])
    """
    coded = column.dictionary_encode()
    if isinstance(coded, pa.DictionaryArray):
        return coded
    if coded.num_chunks:
        return with_same_texts(coded).combine_chunks()
    # Before version 25 arrow cannot make an empty array of codes out of no chunks.
    return pa.DictionaryArray.from_arrays(
        pa.array([], pa.int32()), pa.array([], coded.type.value_type)
    )


def with_same_texts(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Let the codes of all chunks stand for the same texts, and compare those of a list once.

    Arrow's own way compares the texts of each chunk, and there are many chunks of one list.
    """
    if not pa.types.is_dictionary(column.type) or column.num_chunks < _SEVERAL:
        return column
    lists: dict[Hashable, pa.DictionaryArray] = {}
    for chunk in column.chunks:
        every = pa.array(np.arange(len(chunk.dictionary), dtype=np.int32))
        lists.setdefault(
            _place_of(chunk.dictionary),
            pa.DictionaryArray.from_arrays(every, chunk.dictionary, safe=False),
        )
    if len(lists) < _SEVERAL:
        return column
    found = pa.chunked_array(lists.values()).unify_dictionaries()
    now = dict(zip(lists, found.chunks, strict=True))
    moved = {place: not now[place].indices.equals(lists[place].indices) for place in lists}

    def renewed(chunk: pa.DictionaryArray) -> pa.DictionaryArray:
        place = _place_of(chunk.dictionary)
        if moved[place]:
            return now[place].take(chunk.indices)
        texts = now[place].dictionary
        return pa.DictionaryArray.from_arrays(chunk.indices, texts, safe=False)

    return pa.chunked_array([renewed(chunk) for chunk in column.chunks])


def _place_of(texts: pa.Array) -> Hashable:
    """Say where in memory texts are: those of one place are the same."""
    return len(texts), texts.offset, *(part.address for part in texts.buffers() if part)


def without_rows(table: pa.Table, places: Sequence[int] | np.ndarray) -> pa.Table:
    """Leave out the rows at some places, in order; where they are few, no column is copied.

    Example:
        >>> without_rows(pa.table({"n": [1, 2, 3]}), [1])["n"].to_pylist()
        [1, 3]
    """
    gone = np.asarray(places, dtype=np.int64)
    if len(gone) * _FEWEST_ROWS_A_SLICE > len(table):
        stays = np.ones(len(table), dtype=np.bool_)
        stays[gone] = False
        return table.filter(pa.array(stays))
    edges = pairwise([-1, *gone.tolist(), len(table)])
    return pa.concat_tables([table.slice(last + 1, here - last - 1) for last, here in edges])
