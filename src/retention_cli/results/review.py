"""Which measures fit a base of customers, whether service and voice go together, and health."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from retention_cli.results.facts import Facts

if TYPE_CHECKING:
    from datetime import date
    from fractions import Fraction

    from retention_cli.values.correlation import Correlation
    from retention_cli.values.measures import Unit


@dataclass(frozen=True, slots=True)
class Fit:
    """How a measure fits the accounts: of how many it is known, how it spreads, moves and repeats.

    Shape: `spread` are the 10th percentile, median and 90th over accounts; `movement` the highest less the
        lowest month, by the mean; `reliability` that of two halves, stepped up; `kept` goes together with
        staying, afterwards. `seen` says whether customers feel it. `doubts` say why it may not fit.
    """

    name: str
    title: str
    unit: Unit
    seen: bool
    n: int
    missing: Fraction
    spread: tuple[float, float, float] | None
    movement: float | None
    reliability: Correlation
    kept: Correlation
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Together:
    """What customers say beside how they were served: by ticket, or by account."""

    voice: str
    service: str
    per: str
    found: Correlation


@dataclass(frozen=True, slots=True)
class Quartile:
    """Answers of tickets that were answered in a quarter of the times: from and to, in seconds."""

    number: int
    low: float
    high: float
    n: int
    satisfied: int
    interval: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Served:
    """The satisfied share of an agent or a manager; too few answers are not judged.

    Shape: `shrunk` is the share had so many answers at the mean of all been given besides as `min_n` says.
    """

    by: str
    name: str
    n: int
    satisfied: int
    interval: tuple[float, float]
    shrunk: Fraction
    too_few: bool


@dataclass(frozen=True, slots=True)
class Importance:
    """What customers say matters, as the mean of their answers from 0 to 1, beside how we do.

    Shape: `measure` is the one that the question is about, None where none has its name.
    """

    question: str
    n: int
    mean: float
    measure: str | None = None
    unit: Unit | None = None
    value: float | None = None


@dataclass(frozen=True, slots=True)
class Grade:
    """One figure of a health: its value, the grade it has, its weight and what it was held against."""

    kpi: str
    value: float
    n: int
    grade: str
    points: int
    weight: Fraction
    against: str


@dataclass(frozen=True, slots=True)
class Health:
    """The health of an account from 0 to 100, its make-up, and the figures that are not known."""

    customer_id: str
    customer_name: str | None
    owner: str | None
    value: Fraction
    grades: tuple[Grade, ...]
    unknown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """The scorecard of a role: whose it is, why, when it is looked at again, and who is told what."""

    role: str | None
    weights: tuple[tuple[str, Fraction], ...]
    owner: str | None
    reason: str | None
    review_on: date | None
    told_to: str | None
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Review(Facts):
    """All of a review, as of the close of a day.

    Shape: `doubles` are pairs of measures that tell the same; `overdue` what is to be said of benchmarks.
    """

    as_of: date
    customers: int
    fits: tuple[Fit, ...]
    absent: tuple[str, ...]
    doubles: tuple[tuple[str, str, float], ...]
    together: tuple[Together, ...]
    quartiles: tuple[Quartile, ...]
    served: tuple[Served, ...]
    importance: tuple[Importance, ...]
    card: Card
    health: tuple[Health, ...]
    overdue: tuple[str, ...]
    min_n: int
    notes: tuple[str, ...] = ()
