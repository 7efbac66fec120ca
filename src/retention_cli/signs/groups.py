"""What rules reckon for each customer: rows sorted by customer, and no loop over either."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from collections.abc import Mapping

Numbers: TypeAlias = npt.NDArray[np.int64]
Mask: TypeAlias = npt.NDArray[np.bool_]

NEVER = 1 << 40
"""A day that has not come: where a cell has none."""
_BITS = 32
_SHIFT = 1 << (_BITS - 1)


@dataclass(frozen=True, slots=True)
class Sorted:
    """Rows that have a customer, in order of customer and day.

    Shape: `who` are places of customers, `day` days since 1970, `at` places of rows in the table of
        `kind`. `cells` are other columns of the same rows; a day that is blank is `NEVER`.
    """

    kind: str
    who: Numbers
    day: Numbers
    at: Numbers
    cells: Mapping[str, Any]

    @classmethod
    def of(
        cls, kind: str, who: Numbers, day: Numbers, cells: Mapping[str, Any], chosen: Mask
    ) -> Sorted:
        """Sort the chosen rows of a table."""
        at = np.flatnonzero(chosen)
        order = np.argsort((who[at] << _BITS) + day[at] + _SHIFT, kind="stable")
        at = at[order]
        return cls(kind, who[at], day[at], at, {name: cell[at] for name, cell in cells.items()})

    def where(self, mask: Mask) -> Sorted:
        """Keep some rows."""
        cells = {name: cell[mask] for name, cell in self.cells.items()}
        return replace(self, who=self.who[mask], day=self.day[mask], at=self.at[mask], cells=cells)

    def at_places(self, places: Numbers) -> Sorted:
        """Take rows by their places among these."""
        cells = {name: cell[places] for name, cell in self.cells.items()}
        who, day, at = self.who[places], self.day[places], self.at[places]
        return replace(self, who=who, day=day, at=at, cells=cells)

    def placed(self, kind: str) -> Sorted:
        """Give rows that stood for those of another kind, whose places the cell `row` has."""
        return replace(self, kind=kind, at=self.cells["row"])

    def between(self, start: int, end: int) -> Sorted:
        """Keep the rows of the days from a first one up to, not including, another."""
        return self.where((self.day >= start) & (self.day < end))

    def once_a_day(self) -> Sorted:
        """Keep the first row of each customer and day."""
        fresh = np.ones(len(self.who), dtype=np.bool_)
        fresh[1:] = (self.who[1:] != self.who[:-1]) | (self.day[1:] != self.day[:-1])
        return self.where(fresh)

    def count(self, size: int) -> Numbers:
        """Count the rows of each customer."""
        return np.bincount(self.who, minlength=size)

    def first(self, size: int) -> Numbers:
        """Give the first day of each customer, or `NEVER`."""
        found = np.full(size, NEVER)
        found[self.who[::-1]] = self.day[::-1]
        return found

    def last(self, size: int) -> Numbers:
        """Give the place, among these rows, of the last one of each customer; -1 for none."""
        found = np.full(size, -1)
        found[self.who] = np.arange(len(self.who))
        return found

    def gaps(self) -> tuple[Numbers, Numbers]:
        """Give the days from each row to the next of the same customer, and whose they are."""
        same = self.who[1:] == self.who[:-1]
        return self.who[1:][same], np.diff(self.day)[same]


def quantiles(who: Numbers, values: Numbers, share: float, size: int) -> npt.NDArray[np.float64]:
    """Give a quantile of the values of each customer, linear between ranks; NaN without any.

    Formula: rank (n - 1) · share from 0, as in docs/definitions.md, "Service".
    Shape: values are whole, from 0 up to 2³¹.
    Example:
        >>> quantiles(np.array([0, 0, 0]), np.array([30, 10, 20]), 0.5, 2).tolist()
        [20.0, nan]
    """
    keys = np.sort((who << _BITS) + values)
    ranked = (keys & ((1 << _BITS) - 1)).astype(np.float64)
    counts = np.bincount(who, minlength=size)
    starts = np.cumsum(counts) - counts
    found = np.full(size, np.nan)
    some = np.flatnonzero(counts)
    rank = (counts[some] - 1) * share
    low = np.floor(rank).astype(np.int64)
    high = np.minimum(low + 1, counts[some] - 1)
    below, above = ranked[starts[some] + low], ranked[starts[some] + high]
    found[some] = below + (above - below) * (rank - low)
    return found
