"""The accounts of a period, ranked by profit."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

from retention_cli.results.facts import Facts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from retention_cli.results.what_if import Ledger, WhatIf
    from retention_cli.values.measures import Undefined, Unit
    from retention_cli.values.periods import Period

Amount: TypeAlias = int | Fraction
"""Money in ten-thousandths: exact, and rounded where it is written."""


CUSTOMER, LEFT, FORMER = "customer", "left", "former"


def _no_lines() -> Iterator[CostLine]:
    return iter(())


@dataclass(frozen=True, slots=True)
class Account:
    """One account. Money is in ten-thousandths; a half of the costs that no export has is None.

    `revenue_without_cost` is the revenue of rows whose cost is blank, which is in no profit.
    `margin` is profit by the revenue whose cost is known, None where that is 0 or less; `share`
    is of the sum of all positive profits. Without any known cost an account has no profit, and
    no rank. `status` is where it stands at the end of the period, None where nothing tells;
    `profit_before` and `margin_before` are of the period before. `shared_cost` is the part of the
    cost to serve that was spread over accounts.
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
    status: str | None = None
    profit_before: Amount | None = None
    margin_before: Fraction | None = None
    shared_cost: Amount = 0


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


@dataclass(frozen=True, slots=True)
class Manager:
    """What the accounts of a manager come to, and how many of the customers at the start stayed.

    Shape: `starters` is None where it is not known who was a customer.
    """

    name: str | None
    accounts: int
    totals: Totals
    starters: int | None
    kept: int | None

    @property
    def retention(self) -> Fraction | None:
        """The share of the customers at the start who stayed."""
        return Fraction(self.kept or 0, self.starters) if self.starters else None


@dataclass(frozen=True, slots=True)
class Leavers:
    """What the customers who left in the period brought in the period before it.

    Shape: `profit` adds up those who made one, `losses` those who cost more than they brought.
    """

    customers: int
    gainers: int
    profit: Amount
    loss_makers: int
    losses: Amount
    revenue: Amount


@dataclass(frozen=True, slots=True)
class Trait:
    """In what an account differs from its peers: a share of revenue, or an amount for each of something."""

    what: str
    value: Fraction
    peers: Fraction
    unit: Unit


@dataclass(frozen=True, slots=True)
class Why:
    """What makes a high or low performer so, the largest effect on its margin first."""

    customer_id: str
    peers: str
    traits: tuple[Trait, ...]


@dataclass(frozen=True, slots=True)
class CostLine:
    """A line behind the cost of an account: what costs how much, and the row that says so.

    Shape: `quantity` times `rate` is the amount where both are there.
    """

    customer_id: str | None
    what: str
    amount: Amount
    day: str | None = None
    quantity: Fraction | None = None
    rate: Amount | None = None
    file: str | None = None
    row: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Accounts(Facts):
    """All accounts of a period, by profit. Accounts and `unallocated` are all rows there are.

    Shape: `groups` add up to `totals`; there are none unless they were asked for. `before` is the
        period that profits are held against. `lines` gives the lines behind the costs, account by
        account, and those of no account last. `limit` is how many accounts at each end a screen
        has, None for all.
    """

    period: Period
    accounts: tuple[Account, ...]
    totals: Totals
    unallocated: Totals
    currency: str | None
    notes: tuple[str, ...]
    groups: tuple[GroupTotals, ...] = ()
    reason: Undefined | None = None
    before: Period | None = None
    managers: tuple[Manager, ...] = ()
    leavers: Leavers | None = None
    why: tuple[Why, ...] = ()
    what_if: WhatIf | None = None
    ledger: Ledger | None = None
    members: bool = False
    limit: int | None = 5
    lines: Callable[[], Iterator[CostLine]] = field(default=_no_lines, compare=False, repr=False)

    @property
    def gains(self) -> Amount:
        """The sum of all profits above 0, of which shares are."""
        return sum(max(one.profit or 0, 0) for one in self.accounts)

    @property
    def losers(self) -> tuple[Account, ...]:
        """The accounts that cost more than they bring."""
        return tuple(one for one in self.accounts if (one.profit or 0) < 0)

    def making(self, share: Fraction) -> int:
        """Count the first accounts that make a share of all profits above 0."""
        shares = (one.cumulative_share or Fraction(0) for one in self.accounts)
        return next((rank for rank, reached in enumerate(shares, 1) if reached >= share), 0)
