"""Figures over a row of periods: how they moved, and what they moved with."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

from retention_cli.results.facts import Facts

if TYPE_CHECKING:
    from retention_cli.kpis.registry import Kpi
    from retention_cli.results.scorecard import Line
    from retention_cli.values.events import Event
    from retention_cli.values.measures import Number
    from retention_cli.values.periods import Period
    from retention_cli.values.series import Mix

Group: TypeAlias = "tuple[str, str | None] | None"

MORE_THAN_CHANCE = "more than chance would make"
WITHIN_CHANCE = "within chance"
NO_PROOF = "goes together with, which is not proof of cause"


@dataclass(frozen=True, slots=True)
class Point:
    """A figure of one period: the line that `compute` gives for it.

    Shape: a group has no line in a period in which the figure cannot be told by group.
    """

    period: Period
    line: Line | None
    outside_band: bool = False

    @property
    def value(self) -> Number | None:
        """What it is, where it is defined."""
        return self.line.measure.value if self.line else None


@dataclass(frozen=True, slots=True)
class Difference:
    """By how much a figure is another than before, exactly, with its 95 % interval if there is one."""

    value: Number
    interval: tuple[float, float] | None = None

    @property
    def said(self) -> str | None:
        """Whether chance alone would make so much, where an interval tells."""
        if self.interval is None:
            return None
        low, high = self.interval
        return WITHIN_CHANCE if low <= 0 <= high else MORE_THAN_CHANCE


@dataclass(frozen=True, slots=True)
class Row:
    """One figure over the periods; `changes` are those of the last point, by what it is held against.

    Shape: `band` is what the finished points usually stay in, from 8 of them on.
    """

    kpi: Kpi
    group: Group
    points: tuple[Point, ...]
    band: tuple[Fraction, Fraction] | None
    change: Difference | None
    year_change: Difference | None

    @property
    def as_exported(self) -> bool:
        """Whether no dates say which period it is of: it is the same in each."""
        return any(point.line and point.line.measure.as_exported for point in self.points)

    @property
    def currency(self) -> str | None:
        """The currency of the latest point that has one."""
        known = [p.line.measure.currency for p in self.points if p.line]
        return next((one for one in reversed(known) if one), None)


@dataclass(frozen=True, slots=True)
class Side:
    """Some periods of a figure added up: what is above and below the line, or the sum alone."""

    above: Fraction
    below: Fraction
    n: int

    @property
    def value(self) -> Fraction:
        """The figure of all of them."""
        return self.above / self.below


@dataclass(frozen=True, slots=True)
class Compared:
    """A figure before and after an event, or `reason`, why the two cannot be compared.

    Shape: `others` are all groups that the event did not touch, where it touched this one alone.
    """

    kpi: Kpi
    group: Group
    currency: str | None
    before: Side | None
    after: Side | None
    difference: Difference | None
    reason: str | None = None
    others: Compared | None = None

    @property
    def beyond(self) -> Number | None:
        """By how much it moved more than the others did."""
        if self.difference is None or self.others is None or self.others.difference is None:
            return None
        return Fraction(self.difference.value) - Fraction(self.others.difference.value)


@dataclass(frozen=True, slots=True)
class Comparison:
    """All figures before and after one event, over as many whole periods on each side."""

    event: Event
    before: tuple[Period, ...]
    after: tuple[Period, ...]
    figures: tuple[Compared, ...]


@dataclass(frozen=True, slots=True)
class Mixed:
    """Why a figure over groups is another than before: by the groups' rates, or by their shares."""

    kpi: Kpi
    by: str
    before: str
    now: str
    mix: Mix


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend(Facts):
    """All figures over a row of periods, the last of which is `period`."""

    periods: tuple[Period, ...]
    rows: tuple[Row, ...]
    events: tuple[Event, ...] = ()
    comparison: Comparison | None = None
    mixes: tuple[Mixed, ...] | None = None

    @property
    def unfinished_periods(self) -> frozenset[Period]:
        """The periods of which some figure is not the last word."""
        return frozenset(
            p.period for row in self.rows for p in row.points if p.line and p.line.unfinished
        )
