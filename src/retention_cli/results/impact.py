"""What a step in retention is worth on some accounts, and what leavers cost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from retention_cli.results.facts import Facts

if TYPE_CHECKING:
    from fractions import Fraction

    from retention_cli.results.accounts import Leavers
    from retention_cli.results.bridge import Amount
    from retention_cli.values.measures import Undefined


@dataclass(frozen=True, slots=True)
class Worth:
    """One reading: what a customer is worth at the retention of today, and after the step.

    Shape: amounts are None where they have no bound, or nothing is known of profit; `change` is of the
        factors, so that it holds whatever the profit. `leavers` is what those of the period were worth.
    """

    reading: str
    formula: str
    now: Amount | None
    then: Amount | None
    change: Fraction | None
    customers_now: Amount | None
    customers_then: Amount | None
    leavers: Amount | None


@dataclass(frozen=True, slots=True)
class Replacing:
    """What it costs to win as many customers as left, or as much revenue, beside serving those kept.

    Shape: `by_revenue` is None where nobody was won in the period whose revenue could be taken.
    """

    acquisition_cost: Amount
    by_customers: Amount
    revenue_lost: Amount
    revenue_of_new: Amount | None
    by_revenue: Amount | None
    kept: int
    serving_kept: Amount | None


@dataclass(frozen=True, slots=True)
class Hint:
    """An account that buys fewer product lines than the median of its tier, and what its peers buy."""

    customer_id: str
    customer_name: str | None
    tier: str
    lines: int
    median: Fraction
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Impact(Facts):
    """The worth of a step in retention, under four readings side by side.

    Shape: `reason` says why there is no rate, and then there are no readings.
    """

    now: Fraction | None
    then: Fraction | None
    step: str
    customers: int
    profit: Amount | None
    discount_rate: Fraction
    currency: str | None
    readings: tuple[Worth, ...]
    leavers: Leavers | None
    replacing: Replacing | None
    hints: tuple[Hint, ...]
    assumptions: tuple[str, ...]
    notes: tuple[str, ...]
    reason: Undefined | None = None
