"""How far two measures go together: Spearman's rank correlation, exact with ties."""

from __future__ import annotations

from dataclasses import dataclass
from math import atanh, isqrt, sqrt, tanh
from typing import TYPE_CHECKING, Any

import numpy as np

from retention_cli.values.intervals import Z_95
from retention_cli.values.measures import Undefined

if TYPE_CHECKING:
    import numpy.typing as npt

FEWEST = 10
"""With fewer pairs a correlation is undefined."""
_CONSTANT = Undefined("no-spread", "all values of one of the two are the same")


@dataclass(frozen=True, slots=True)
class Correlation:
    """Spearman's rho of so many pairs with its 95 % interval, or why there is none."""

    n: int
    rho: float | None = None
    interval: tuple[float, float] | None = None
    reason: Undefined | None = None


def spearman(first: npt.ArrayLike, second: npt.ArrayLike) -> Correlation:
    """Correlate the ranks of two lists of numbers; ties have the mean of their ranks.

    Formula: Pearson's correlation of the ranks, from whole numbers; the interval is Fisher's
        z = atanh(rho) ± 1.96 / √(n - 3), turned back.
    Undefined: with fewer than 10 pairs, and where one of the two is the same throughout. Pairs of
        which one is NaN are left out.
    Source: Spearman 1904; Fisher 1915.
    Example:
        >>> spearman(range(12), [1, 0, 3, 2, 5, 4, 7, 6, 9, 8, 11, 10]).rho
        0.958041958041958
    """
    x, y = np.asarray(first, np.float64), np.asarray(second, np.float64)
    both = ~(np.isnan(x) | np.isnan(y))
    n = int(both.sum())
    if n < FEWEST:
        few = Undefined("too-few-pairs", f"{n} pairs, fewer than {FEWEST}")
        return Correlation(n, reason=few)
    a, b = _doubled_ranks(x[both]), _doubled_ranks(y[both])
    middle = n + 1  # of ranks doubled: whole numbers, so that nothing is rounded before the root
    a, b = a - middle, b - middle
    across, along, up = (_product(one, other) for one, other in ((a, b), (a, a), (b, b)))
    if not along or not up:
        return Correlation(n, reason=_CONSTANT)
    rho = max(-1.0, min(1.0, across / _root(along * up)))
    if abs(rho) == 1:
        return Correlation(n, rho, (rho, rho))
    z, margin = atanh(rho), Z_95 / sqrt(n - 3)
    return Correlation(n, rho, (tanh(z - margin), tanh(z + margin)))


def _doubled_ranks(values: npt.NDArray[np.float64]) -> npt.NDArray[np.int64]:
    """Give twice the rank of each value, from 1; the mean rank of ties is half of a whole number."""
    _, place, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    ranks: npt.NDArray[np.int64] = (2 * last - counts + 1)[place.ravel()]
    return ranks


def _product(first: Any, second: Any) -> int:
    # Pieces of which no sum of products leaves 63 bits, for any number of pairs below a thousand million.
    pieces = zip(
        np.array_split(first, 1 + len(first) // 1000),
        np.array_split(second, 1 + len(second) // 1000),
        strict=True,
    )
    return sum(int(np.dot(one, other)) for one, other in pieces)


def _root(square: int) -> float:
    whole = isqrt(square)
    return float(whole) if whole * whole == square else sqrt(square)
