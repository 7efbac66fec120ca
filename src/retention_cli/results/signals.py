"""Customers with early signs, what makes each, and how often signs were right in the past."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

from retention_cli.results.facts import Facts

if TYPE_CHECKING:
    from datetime import date

    from retention_cli.values.measures import Undefined

Amount: TypeAlias = int | Fraction
"""Money in ten-thousandths: exact, and rounded where it is written."""

Interval: TypeAlias = "tuple[float, float] | None"

ANY = "any"
"""The name under which customers of any rule are tested together."""
LEARNED = "learned"
"""The name of flags by weights of the rules."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A row of an export, as far as its file and number are known."""

    file: str | None
    sheet: str | None
    row: int | None


@dataclass(frozen=True, slots=True)
class Signal:
    """One sign of one account: the day from which it was there, its rows, and what they say.

    Shape: `answered_on` is the first day on or after it on which somebody followed up.
    """

    rule: str
    since: date
    said: str
    rows: tuple[Spot, ...]
    answered_on: date | None = None


@dataclass(frozen=True, slots=True)
class Account:
    """A customer with signs, and what is at stake: its revenue and profit of the last twelve months."""

    customer_id: str
    customer_name: str | None
    owner: str | None
    revenue: Amount | None
    profit: Amount | None
    signals: tuple[Signal, ...]
    next_step: str

    @property
    def answered_on(self) -> date | None:
        """The day on which the last of all its signs was answered; None while one is not."""
        days = [one.answered_on for one in self.signals]
        return None if None in days else max(day for day in days if day)


@dataclass(frozen=True, slots=True)
class RuleFacts:
    """A rule in this run: its thresholds as they were used, and how many customers it found."""

    name: str
    title: str
    thresholds: tuple[tuple[str, str, str], ...]
    found: int
    reason: Undefined | None = None


@dataclass(frozen=True, slots=True)
class Score:
    """How right flags were: pairs of customer and close, and what became of the customer.

    Shape: `flagged` = `leavers_flagged` + `false_alarms`. `beats` says whether it beats silence alone,
        beyond chance; None where that cannot be told. Lead is from the close to the end, in days.
    """

    rule: str
    flagged: int
    leavers_flagged: int
    leavers_missed: int
    lead_days_median: Fraction | None
    precision: Fraction | None
    precision_interval: Interval
    recall: Fraction | None
    recall_interval: Interval
    lift: Fraction | None
    lift_interval: Interval
    beats: bool | None = None
    reason: Undefined | None = None

    @property
    def false_alarms(self) -> int:
        """Flags of customers who stayed."""
        return self.flagged - self.leavers_flagged


@dataclass(frozen=True, slots=True)
class Learned:
    """Weights of the rules: how many times the odds of leaving are, by closes up to which all was known.

    Shape: `scores` are those of the weights at the later closes, and there of any rule, silence and everyone.
    """

    fitted_on: tuple[date, ...]
    tested_on: tuple[date, ...]
    weights: tuple[tuple[str, float], ...] = ()
    scores: tuple[Score, ...] = ()
    reason: Undefined | None = None


@dataclass(frozen=True, slots=True)
class Backtest:
    """All rules over the closes of past months.

    Shape: `closes` are the last days of the months, `pairs` of customer and close those that were
        there, of whom `leavers` left within the horizon. `reason` says why there is no test.
    """

    horizon: int
    closes: tuple[date, ...] = ()
    pairs: int = 0
    leavers: int = 0
    scores: tuple[Score, ...] = ()
    notes: tuple[str, ...] = ()
    reason: Undefined | None = None
    learned: Learned | None = None

    def score(self, rule: str) -> Score | None:
        """Give the score of a rule."""
        return next((one for one in self.scores if one.rule == rule), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signals(Facts):
    """The accounts with signs at the close of a day, those with most at stake first."""

    as_of: date
    accounts: tuple[Account, ...]
    customers: int
    rules: tuple[RuleFacts, ...]
    shared: tuple[tuple[str, str, str], ...]
    currency: str | None
    notes: tuple[str, ...] = ()
    backtest: Backtest | None = None

    def weak(self, rule: str) -> bool:
        """Say whether a rule was tested and does not beat silence."""
        score = self.backtest.score(rule) if self.backtest else None
        return score is not None and score.beats is False
