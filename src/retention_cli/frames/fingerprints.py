"""Fingerprints of cells: whether two are equal can be told by them, and not what they are."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.frames.columns import as_codes, as_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

Prints: TypeAlias = "npt.NDArray[np.uint64]"
Places: TypeAlias = "npt.NDArray[np.int64]"

_BYTES = 8
_ODD = np.uint64(0x9E3779B97F4A7C15)
_SHIFT = np.uint64(29)


def fingerprints(column: Any) -> Prints:
    """Give the first 8 bytes of the SHA-256 of each cell's text; 0 for a blank one.

    Days are written as 2025-06-30, times as microseconds since 1970, money in ten-thousandths.
    docs/frozen-runs.md promises this to later versions.
    Example:
        >>> one, other, blank = fingerprints(pa.chunked_array([["a", "a", None]]))
        >>> one == other, int(blank)
        (np.True_, 0)
    """
    coded = as_codes(_text(as_text(column)))
    texts = coded.dictionary.to_pylist()
    keys = [int.from_bytes(sha256(text.encode()).digest()[:_BYTES], "little") for text in texts]
    prints: Prints = np.array([*keys, 0], np.uint64)
    places: Places = pc.fill_null(coded.indices, len(keys)).to_numpy()
    return prints[places]


def _text(column: Any) -> Any:
    if pa.types.is_timestamp(column.type):
        column = column.cast(pa.timestamp("us", column.type.tz)).cast(pa.int64())
    return column.cast(pa.string())


def together(prints: Sequence[Prints], count: int) -> Prints:
    """Mix several fingerprints of each row into one; the order of the columns matters."""
    mixed = np.full(count, _ODD, np.uint64)
    for one in prints:
        mixed = (mixed ^ one) * _ODD
        mixed ^= mixed >> _SHIFT
    return mixed


def paired(then: Prints, now: Prints) -> tuple[Places, Places]:
    """Find rows that are alike, the first with the first, the second with the second.

    Example:
        >>> some, others = np.array([5, 7, 7], np.uint64), np.array([7, 6], np.uint64)
        >>> [places.tolist() for places in paired(some, others)]
        [[1], [0]]
    """
    ours, theirs = _numbered(then), _numbered(now)
    _, left, right = np.intersect1d(ours, theirs, assume_unique=True, return_indices=True)
    return left, right


def _numbered(prints: Prints) -> Prints:
    """Tell rows that are alike from each other, by how many such rows are above."""
    order = np.argsort(prints, kind="stable")
    inorder = prints[order]
    first = np.concatenate(([True], inorder[1:] != inorder[:-1])) if len(prints) else order
    starts = np.flatnonzero(first)
    above = np.arange(len(prints)) - np.repeat(starts, np.diff([*starts, len(prints)]))
    found = np.empty_like(prints)
    found[order] = together([inorder, above.astype(np.uint64)], len(prints))
    return found
