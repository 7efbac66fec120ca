"""Numbers in place of text: equal text has equal numbers, and millions of them sort in a second.

Two texts may share a number, so whoever finds equal numbers still compares the text of those few.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from collections.abc import Iterable

Keys: TypeAlias = npt.NDArray[np.uint64]

_MIXER = np.uint64(0x9E3779B97F4A7C15)
_WORD = 8
_PIECE = 1 << 16
_LOW_BITS = 24
_KEPT_BYTES = np.array([(1 << (8 * kept)) - 1 for kept in range(_WORD + 1)], dtype=np.uint64)


def mixed(columns: Iterable[npt.NDArray[np.int64] | Keys], rows: int) -> Keys:
    """Mix columns of numbers into one key a row.

    Example:
        >>> one, two, three = mixed([np.array([1, 1, 2]), np.array([5, 5, 5])], 3).tolist()
        >>> one == two, one == three
        (True, False)
    """
    keys = np.zeros(rows, dtype=np.uint64)
    # Piece by piece, so that the processor's own memory holds what it works on.
    pieces = [slice(start, start + _PIECE) for start in range(0, rows, _PIECE)]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for numbers in columns:
            others = numbers.view(np.uint64)
            list(pool.map(lambda piece, to=others: _stir(keys[piece], to[piece]), pieces))
    return keys


def text_keys(column: pa.ChunkedArray) -> Keys:
    """Give each text of a column a key; a blank cell has one of its own.

    Example:
        >>> one, two, three = text_keys(pa.chunked_array([["ann", "bob"], ["ann"]])).tolist()
        >>> one == three, one == two
        (True, False)
    """
    keys = np.empty(len(column), dtype=np.uint64)
    starts = np.cumsum([0, *map(len, column.chunks)]).tolist()
    # Piece by piece, so that the processor's own memory holds what it works on.
    pieces = [
        (start + at, chunk.slice(at, _PIECE))
        for start, chunk in zip(starts, column.chunks, strict=False)
        for at in range(0, len(chunk), _PIECE)
    ]

    def put(piece: tuple[int, pa.Array]) -> None:
        first, cells = piece
        keys[first : first + len(cells)] = _chunk_keys(cells.cast(pa.string()))

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(put, pieces))
    return keys


def among(column: pa.ChunkedArray, wanted: pa.Array) -> npt.NDArray[np.bool_]:
    """Mark the cells whose text is one of some.

    Texts are compared only where their keys share their lowest bits.
    Example:
        >>> among(pa.chunked_array([["ann", "bob", None]]), pa.array(["bob"])).tolist()
        [False, True, False]
    """
    if len(column) < _PIECE:
        return np.asarray(pc.is_in(column, value_set=wanted.cast(column.type)))
    low = np.uint64((1 << _LOW_BITS) - 1)
    maybe = np.zeros(1 << _LOW_BITS, dtype=np.bool_)
    maybe[text_keys(pa.chunked_array([wanted])) & low] = True
    marks: npt.NDArray[np.bool_] = maybe[text_keys(column) & low]
    places = np.flatnonzero(marks)
    marks[places] = np.asarray(
        pc.is_in(column.take(pa.array(places)), value_set=wanted.cast(column.type))
    )
    return marks


def repeated(keys: Keys) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
    """Give the places of keys that occur more than once, those of one key side by side.

    Shape: places, ascending within a key; and a mark where another key begins. Keys lose as many
        bits as a place needs, so that one sort of whole numbers does for both: a few that differ
        may be beside each other. The keys that are given are used up by it.
    Example:
        >>> places, begins = repeated(np.array([7 << 60, 1 << 60, 7 << 60], dtype=np.uint64))
        >>> places.tolist(), begins.tolist()
        ([0, 2], [True, False])
    """
    bits = np.uint64(len(keys).bit_length())
    packed = keys
    packed >>= bits
    packed <<= bits
    packed |= np.arange(len(keys), dtype=np.uint64)
    packed.sort()
    begins = np.ones(len(packed) + 1, dtype=np.bool_)
    np.greater_equal(packed[1:] ^ packed[:-1], np.uint64(1) << bits, out=begins[1:-1])
    several = ~(begins[:-1] & begins[1:])
    places = packed[several] & ((np.uint64(1) << bits) - np.uint64(1))
    return places.astype(np.int64), begins[:-1][several]


def _stir(keys: Keys, numbers: Keys) -> None:
    keys ^= numbers
    keys *= _MIXER
    keys ^= keys >> np.uint64(29)


def _chunk_keys(cells: pa.StringArray) -> Keys:
    """Mix the text of each cell eight bytes at a time."""
    _, offsets, data = cells.buffers()
    count = len(cells)
    ends = np.frombuffer(offsets, np.int32, count + 1, cells.offset * 4).astype(np.int64)
    text = np.zeros(ends[-1] - ends[0] + _WORD, dtype=np.uint8)
    if data is not None:
        text[:-_WORD] = np.frombuffer(data, np.uint8)[ends[0] : ends[-1]]
    words: Keys = np.ndarray((len(text) - _WORD + 1,), "<u8", text, strides=(1,))
    starts, lengths = ends[:-1] - ends[0], np.diff(ends)
    keys = lengths.astype(np.uint64) + np.uint64(1)
    left = np.arange(count) if count and lengths.min() == 0 else None
    for at in range(0, int(lengths.max(initial=0)), _WORD):
        if left is not None or lengths.min() <= at:
            left = np.flatnonzero(lengths > at)
        here, long = (starts, lengths) if left is None else (starts[left], lengths[left])
        word = words[here + at] & _KEPT_BYTES[np.minimum(long - at, _WORD)]
        part = keys if left is None else keys[left]
        _stir(part, word)
        if left is not None:
            keys[left] = part
    if cells.null_count:
        keys[np.asarray(pc.is_null(cells))] = 0
    return keys
