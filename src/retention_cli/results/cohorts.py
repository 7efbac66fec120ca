"""Customers by the month, quarter or year of their first start: who stayed, and what they paid."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

from retention_cli.results.facts import Facts

if TYPE_CHECKING:
    from retention_cli.values.measures import Undefined
    from retention_cli.values.periods import Period

Amount: TypeAlias = int | Fraction
"""Money in ten-thousandths: exact, and rounded where it is written."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cohort at an age: how many were active at its close, and their revenue in it.

    Shape: None is not known. An `unfinished` one is of a month, quarter or year that is not over.
    """

    age: int
    active: int | None
    revenue: Amount | None
    unfinished: bool


@dataclass(frozen=True, slots=True)
class Cohort:
    """The customers whose first start is in a period; cells are those of age 0, 1 and so on."""

    period: Period
    size: int
    cells: tuple[Cell, ...]

    def share(self, cell: Cell) -> Fraction | None:
        """Give the share of the cohort that was active."""
        return None if cell.active is None else Fraction(cell.active, self.size)

    def revenue_share(self, cell: Cell) -> Fraction | None:
        """Give revenue as a share of that at age 0; None where that is not above 0."""
        first = self.cells[0].revenue
        if cell.revenue is None or first is None or first <= 0:
            return None
        return Fraction(cell.revenue) / first


@dataclass(frozen=True, slots=True)
class Average:
    """The ratios of sums of an age, over the cohorts that have the cell: `cohorts` of them."""

    age: int
    share: Fraction | None
    revenue_share: Fraction | None
    cohorts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Cohorts(Facts):
    """All cohorts that have customers, the earliest first. Sizes add up to all customers ever.

    Shape: cohorts below `min_n` are in no average. The reasons say why `active` or `revenue` of
        every cell is None, `reason` why there are no cohorts.
    """

    every: str
    min_n: int
    cohorts: tuple[Cohort, ...] = ()
    average: tuple[Average, ...] = ()
    currency: str | None = None
    basis: str | None = None
    notes: tuple[str, ...] = ()
    reason: Undefined | None = None
    active_reason: Undefined | None = None
    revenue_reason: Undefined | None = None
