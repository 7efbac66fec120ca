"""What accounts would come to after some steps, and what a ledger has of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fractions import Fraction

    from retention_cli.results.bridge import Amount


@dataclass(frozen=True, slots=True)
class Step:
    """One step: `percent` or `amount` more or less of something, or a drop of what loses more than `amount`.

    Shape: `what` is revenue, direct_cost, cost_to_serve or drop; `only` is whose accounts it is of.
    """

    text: str
    what: str
    percent: Fraction | None = None
    amount: Fraction | None = None
    only: str | None = None


@dataclass(frozen=True, slots=True)
class Changed:
    """An account after the steps; a dropped one has nothing left."""

    customer_id: str
    revenue: Amount
    direct_cost: Amount
    cost_to_serve: Amount
    profit: Amount
    margin: Fraction | None
    dropped: bool


@dataclass(frozen=True, slots=True)
class WhatIf:
    """All accounts after the steps, and what was taken for granted.

    Shape: `left_over` are shares of common costs that dropped accounts leave to nobody; they are in no
        account, and taken off `profit`.
    """

    steps: tuple[Step, ...]
    assumptions: tuple[str, ...]
    accounts: tuple[Changed, ...]
    revenue: Amount
    profit: Amount
    margin: Fraction | None
    left_over: Amount

    @property
    def dropped(self) -> int:
        """How many accounts are dropped."""
        return sum(one.dropped for one in self.accounts)


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """An account of which the ledger has another revenue; None is what names no customer."""

    account: str | None
    revenue: Amount
    ledger: Amount

    @property
    def difference(self) -> Amount:
        """What the exports have more than the ledger."""
        return self.revenue - self.ledger


@dataclass(frozen=True, slots=True)
class Ledger:
    """The revenue of the exports beside that of a ledger, and the accounts that differ, the most first."""

    revenue: Amount
    ledger: Amount
    lines: tuple[LedgerLine, ...]

    @property
    def difference(self) -> Amount:
        """What the exports have more than the ledger."""
        return self.revenue - self.ledger

    @property
    def agrees(self) -> bool:
        """Whether nothing differs."""
        return not self.difference and not self.lines
