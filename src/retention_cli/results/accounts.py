"""The accounts of a period, ranked by profit."""

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
class Account:
    """One account. Money is in ten-thousandths; a half of the costs that no export has is None.

    `revenue_without_cost` is the revenue of rows whose cost is blank, which is in no profit.
    `margin` is profit by the revenue whose cost is known, None where that is 0 or less; `share`
    is of the sum of all positive profits. Without any known cost an account has no profit, and
    no rank.
    """

    customer_id: str
    customer_name: str | None
    manager: str | None
    revenue: Amount
    revenue_without_cost: Amount
    direct_cost: Amount | None
    cost_to_serve: Amount | None
    profit: Amount | None
    margin: Fraction | None
    rank: int | None = None
    share: Fraction | None = None
    cumulative_share: Fraction | None = None
    tier: str | None = None
    group: str | None = None


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums in ten-thousandths: of all accounts, or of the rows that belong to no account.

    Shape: None is not known, as every sum is of several currencies.
    """

    revenue: Amount | None
    revenue_without_cost: Amount | None
    direct_cost: Amount | None
    cost_to_serve: Amount | None
    profit: Amount | None
    margin: Fraction | None = None


@dataclass(frozen=True, slots=True)
class GroupTotals:
    """What the accounts of one group come to: the value they share in a column, None for none."""

    by: str
    value: str | None
    accounts: int
    totals: Totals


@dataclass(frozen=True, slots=True, kw_only=True)
class Accounts(Facts):
    """All accounts of a period, by profit. Accounts and `unallocated` are all rows there are.

    Shape: `groups` add up to `totals`; there are none unless they were asked for.
    """

    period: Period
    accounts: tuple[Account, ...]
    totals: Totals
    unallocated: Totals
    currency: str | None
    notes: tuple[str, ...]
    groups: tuple[GroupTotals, ...] = ()
    reason: Undefined | None = None
