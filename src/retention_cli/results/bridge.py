"""The walk of customers and money from the start of a period to its end."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

from retention_cli.results.facts import Facts
from retention_cli.values.measures import Undefined

if TYPE_CHECKING:
    from collections.abc import Mapping

    from retention_cli.values.measures import Part
    from retention_cli.values.periods import Period

Amount: TypeAlias = int | Fraction
"""Money in ten-thousandths: exact, and rounded where it is written."""

COUNTS = ("start", "lost", "acquired", "acquired_and_lost", "reactivated", "end")
LINES = (
    *("before", "lost", "contraction", "expansion", "kept", "new", "reactivated"),
    *("billed_before_leaving", "others", "revenue"),
)
"""The lines of the bridge in money. What is taken off is positive, as what is put on."""


@dataclass(frozen=True, slots=True)
class Line:
    """An amount of money under its name, and how many ids are behind it."""

    name: str
    amount: Amount
    n: int


@dataclass(frozen=True, slots=True)
class Loss:
    """The lost customers of one reason, None where none is given, and their revenue before.

    Shape: `voluntary` is None where the settings do not say, or no reason is given; `amount` is None
        where the bridge in money is undefined.
    """

    reason: str | None
    voluntary: bool | None
    customers: int
    amount: Amount | None


@dataclass(frozen=True, slots=True)
class Row:
    """One customer in one line, None for rows without an id, and its money of both periods."""

    customer_id: str | None
    line: str
    before: Amount
    now: Amount


@dataclass(frozen=True, slots=True)
class Money:
    """The bridge in money.

    Shape: `lines` are those of `LINES`, and close; `others` are what the line of that name is made of.
    """

    lines: tuple[Line, ...]
    others: tuple[Line, ...]
    currency: str | None
    notes: tuple[str, ...] = ()

    def amount(self, name: str) -> Amount:
        """Give the amount of a line."""
        return next(one.amount for one in self.lines if one.name == name)


@dataclass(frozen=True, slots=True)
class Walk:
    """The bridges of all customers, or of one group: each is there, or why it is not.

    Shape: `counts` are those of `COUNTS`. `losses` split the lost by reason, where there are reasons.
    """

    group: tuple[str, str | None] | None
    counts: Mapping[str, Part] | Undefined
    money: Money | Undefined
    losses: tuple[Loss, ...] = ()
    basis: str | None = None
    notes: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()

    @property
    def said(self) -> tuple[str, ...]:
        """What is to be said of either bridge, each once."""
        of_money = () if isinstance(self.money, Undefined) else self.money.notes
        return tuple(dict.fromkeys((*self.notes, *of_money)))

    def doors(self) -> dict[str, tuple[Amount, Amount, Fraction | None]]:
        """Give what came in, what was lost, and how much came in per unit lost, of each bridge."""
        found: dict[str, tuple[Amount, Amount]] = {}
        if not isinstance(self.counts, Undefined):
            total = {name: part.total for name, part in self.counts.items()}
            found["customers"] = (total["acquired"] + total["reactivated"], total["lost"])
        if not isinstance(self.money, Undefined):
            came = self.money.amount("new") + self.money.amount("reactivated")
            found["money"] = (came, self.money.amount("lost"))
        return {
            name: (front, back, Fraction(front, back) if back > 0 else None)
            for name, (front, back) in found.items()
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Bridge(Facts):
    """The walk of all customers in a period, and of each group where groups were asked for.

    Shape: `members` says that customers and their rows are to be shown.
    """

    period: Period
    total: Walk
    groups: tuple[Walk, ...] = ()
    members: bool = False

    @property
    def walks(self) -> tuple[Walk, ...]:
        """The walk of all, then those of the groups."""
        return (self.total, *self.groups)
