"""The health of each account: its figures graded by benchmarks or its own past, and their mean."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np

from retention_cli.benchmarks.benchmarks import OWN_HISTORY, Role
from retention_cli.benchmarks.scorecards import card_of as scorecard_of
from retention_cli.results.review import Card, Grade, Health
from retention_cli.signs.history import day_of, number_of
from retention_cli.signs.measures import measures
from retention_cli.values.measures import Better
from retention_cli.values.periods import add_months

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from retention_cli.benchmarks.benchmarks import Benchmark
    from retention_cli.benchmarks.scorecards import Scorecards
    from retention_cli.signs.history import Past
    from retention_cli.signs.measures import AccountMeasure

POINTS = {"good": 100, "average": 60, "poor": 40}
"""What a grade counts: 5 good, 3 average and 2 poor ones of one weight make 76."""
MONTHS = 12
NEAR = 0.1
"""Beside its own past a figure is average up to a tenth worse than that."""
_GRADED = {"first_response_time", "resolution_time", "reopen_rate", "csat", "nps", "gross_margin"}
"""Figures that are the same of one account as of all."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A figure of all accounts, before and now, and what grades it."""

    measure: AccountMeasure
    weight: Fraction
    against: str
    target: float | None
    warn: float | None
    now: Any
    before: Any
    n: Any

    def grade(self, at: int) -> str | None:
        """Grade the figure of an account; None where it is not known, or has no past."""
        value, target = float(self.now[at]), self.target
        if np.isnan(value):
            return None
        warn = self.warn
        if target is None:
            target = float(self.before[at])
            if np.isnan(target):
                return None
            worse = -1 if self.measure.better is Better.HIGHER else 1
            warn = target + worse * NEAR * abs(target)
        if _as_good(value, target, self.measure.better):
            return "good"
        near = warn is not None and _as_good(value, warn, self.measure.better)
        return "average" if near else "poor"


def health_of(grades: Sequence[Grade]) -> Fraction:
    """Give the mean of the points, by weight.

    Example:
        >>> from retention_cli.results.review import Grade
        >>> named = ["good"] * 5 + ["average"] * 3 + ["poor"] * 2
        >>> one = Fraction(1)
        >>> health_of([Grade("csat", 1.0, 9, g, POINTS[g], one, "") for g in named])
        Fraction(76, 1)
    """
    weights = sum((one.weight for one in grades), Fraction(0))
    return sum((one.weight * one.points for one in grades), Fraction(0)) / weights


def card_of(
    scorecards: Scorecards | None, role: str | None, benchmarks: Sequence[Benchmark]
) -> Card:
    """Give the scorecard of a role; without one, all figures with a target count the same."""
    card = scorecard_of(scorecards, role)
    if card is None:
        names = dict.fromkeys(one.kpi for one in benchmarks if one.role is Role.TARGET)
        weights = {name: Fraction(1) for name in names if name in _GRADED}
        return Card(role, tuple(weights.items()), None, None, None, None)
    left_out = tuple(name for name in card.kpis if name not in _GRADED)
    weights = {name: weight for name, weight in card.kpis.items() if name in _GRADED}
    told = (card.owner, card.reason, card.review_on, card.told_to)
    return Card(role, tuple(weights.items()), *told, left_out)


def healths(
    past: Past,
    ids: Sequence[str],
    card: Card,
    benchmarks: Sequence[Benchmark],
    people: Mapping[str, tuple[str | None, str | None]],
) -> tuple[Health, ...]:
    """Give the health of each account that has a figure to grade, the worst first.

    Formula: figures of the twelve months before the close; as good as the target is good, as good as
        warn average, else poor. Without a target, against the twelve months before those.
    """
    lines = list(_lines(past, card, benchmarks))
    found = []
    for place in np.flatnonzero(past.there).tolist():
        graded = [(line, line.grade(place)) for line in lines]
        grades = tuple(_grade(line, place, grade) for line, grade in graded if grade is not None)
        if not grades:
            continue
        unknown = tuple(line.measure.name for line, grade in graded if grade is None)
        id_ = ids[place]
        found.append(
            Health(id_, *people.get(id_, (None, None)), health_of(grades), grades, unknown)
        )
    return tuple(sorted(found, key=lambda one: (one.value, one.customer_id)))


def _grade(line: _Line, at: int, grade: str) -> Grade:
    value, n = float(line.now[at]), int(line.n[at])
    return Grade(line.measure.name, value, n, grade, POINTS[grade], line.weight, line.against)


def _as_good(value: float, target: float, better: Better) -> bool:
    return value >= target if better is Better.HIGHER else value <= target


def _lines(past: Past, card: Card, benchmarks: Sequence[Benchmark]) -> Iterator[_Line]:
    close = day_of(past.close)
    begin, before = (number_of(add_months(close, -MONTHS * years)) for years in (1, 2))
    weights = dict(card.weights)
    for measure in measures():
        series = measure.series(past) if measure.name in weights else None
        if series is None:
            continue
        target = _target(measure, benchmarks)
        own = target is None or target.basis == OWN_HISTORY
        yield _Line(
            measure=measure,
            weight=weights[measure.name],
            against="its own twelve months before" if own else "target",
            target=None if target is None or own else float(target.target),
            warn=None if target is None or own or target.warn is None else float(target.warn),
            now=series.values(begin, past.close, past.size),
            before=series.values(before, begin, past.size),
            n=series.count(begin, past.close, past.size),
        )


def _target(measure: AccountMeasure, benchmarks: Sequence[Benchmark]) -> Benchmark | None:
    """Give the target of a figure that holds whatever the length, or that of a year."""
    fitting = [
        one
        for one in benchmarks
        if one.kpi == measure.name
        and one.role is Role.TARGET
        and one.segment is None
        and one.period in {"any", "year"}
    ]
    return max(fitting, key=lambda one: one.period == "year", default=None)
