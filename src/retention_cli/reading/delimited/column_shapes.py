"""What the cells of a column look like, learnt from whole rows; nothing is interpreted."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from math import log
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_LOOKED_AT = 48
_UNSEEN = 0.02
_SHORT = 16
_KINDS = 12
_SIGNS = str.maketrans(
    {
        **{chr(code): "A" for code in range(ord("A"), ord("Z") + 1)},
        **{chr(code): "a" for code in range(ord("a"), ord("z") + 1)},
        **{chr(code): "0" for code in range(ord("0"), ord("9") + 1)},
    }
)


class _Seen:
    """How often each value of one trait was seen, with some room for others (Witten and Bell)."""

    def __init__(self, values: Sequence[object]) -> None:
        self._counts = Counter(values)
        self._total = len(values)

    def share(self, value: object, otherwise: float) -> float:
        """Give the share of a value; `otherwise` is its share among the values not yet seen."""
        room = max(len(self._counts), 1)
        return (self._counts[value] + room * otherwise) / (self._total + room)


class ColumnShapes:
    """The shapes of one column's cells: their signs, both ends, how long, how often blank."""

    def __init__(self, cells: Sequence[str]) -> None:
        filled = [cell for cell in cells if cell]
        exact = [_exact(cell) for cell in filled]
        self._blank = (len(cells) - len(filled) + 0.5) / (len(cells) + 1)
        self._exact = _Seen(exact)
        self._runs = _Seen([_runs(shape) for shape in exact])
        self._first = _Seen([shape[0] for shape in exact])
        self._last = _Seen([_exact(cell[-1]) for cell in filled])
        self._length = _Seen([_length(cell) for cell in filled])

    def fit(self, cell: str) -> float:
        """Rate how well a cell fits, as the logarithm of its likelihood.

        Example:
            >>> times = ColumnShapes(["09:15", "10:30", "11:45"])
            >>> times.fit("12:05") > times.fit("12:0") > times.fit("5,12:0")
            True
        """
        if not cell:
            return log(self._blank)
        shape = _exact(cell)
        runs = self._runs.share(_runs(shape), _UNSEEN)
        return (
            log(1 - self._blank)
            + log(self._exact.share(shape, runs))
            + log(self._first.share(shape[0], 1 / _KINDS))
            + log(self._last.share(_exact(cell[-1]), 1 / _KINDS))
            + log(self._length.share(_length(cell), 1 / _KINDS))
        )


def _exact(cell: str) -> str:
    return cell[:_LOOKED_AT].translate(_SIGNS)


def _runs(shape: str) -> str:
    return "".join(sign for sign, _ in groupby(shape))


def _length(cell: str) -> int:
    """Give the length of a short cell, and of a longer one its magnitude."""
    return len(cell) if len(cell) < _SHORT else _SHORT + len(cell).bit_length()
