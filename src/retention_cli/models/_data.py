"""What models are told of customers: an entry of each array is a customer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Whole: TypeAlias = "npt.NDArray[np.int64]"
Real: TypeAlias = "npt.NDArray[np.float64]"

WEEK = 7


@dataclass(frozen=True, slots=True)
class Histories:
    """Purchases without a contract.

    Shape: `repeats` counts the days of purchases after the first one; `last` are the days from the
        first purchase to the last one, `age` those from it to the end. Models count in weeks.
    """

    repeats: Whole
    last: Whole
    age: Whole

    def __len__(self) -> int:
        return len(self.repeats)

    def grouped(self) -> tuple[Histories, Real]:
        """Give histories that are alike once, with how many there are of each."""
        most = int(self.age.max(initial=0)) + 1
        keys = (self.repeats * most + self.last) * most + self.age
        keys, counts = np.unique(keys, return_counts=True)
        rest, age = np.divmod(keys, most)
        repeats, last = np.divmod(rest, most)
        return Histories(repeats, last, age), counts.astype(np.float64)

    def taken(self, places: Whole) -> Histories:
        """Give the histories at some places."""
        return Histories(self.repeats[places], self.last[places], self.age[places])


@dataclass(frozen=True, slots=True)
class Contracts:
    """Customers under contract: `lived` are whole terms that they have renewed for, `ended` marks who left.

    Shape: who left did so at the end of the term after those that were renewed.
    """

    lived: Whole
    ended: npt.NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.lived)

    def taken(self, places: Whole) -> Contracts:
        """Give the contracts at some places."""
        return Contracts(self.lived[places], self.ended[places])


@dataclass(frozen=True, slots=True)
class Spending:
    """What customers spent: `purchases` repeat purchases of `mean` each; 0 of them say nothing."""

    purchases: Whole
    mean: Real

    def __len__(self) -> int:
        return len(self.purchases)

    def taken(self, places: Whole) -> Spending:
        """Give the spending at some places."""
        return Spending(self.purchases[places], self.mean[places])
