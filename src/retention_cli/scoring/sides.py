"""Measures of several periods or groups added up: the counts and sums that a figure is made of."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from retention_cli.kpis.registry import BY_SAMPLE
from retention_cli.results.trend import Side
from retention_cli.values.intervals import newcombe, points_change

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention_cli.kpis.registry import Kpi
    from retention_cli.values.measures import Measure
    from retention_cli.values.series import Ratio


def interval(before: Sequence[Measure], now: Sequence[Measure]) -> tuple[float, float] | None:
    """Give the interval of the change of a proportion or a Net Promoter Score between two sides."""
    counts = [[_counts(one) for one in side] for side in (before, now)]
    if not all(one for side in counts for one in side):
        return None
    match [[sum(column) for column in zip(*side, strict=True)] for side in counts]:
        case [[up0, down0, n0], [up1, down1, n1]]:
            return points_change((up0, down0, n0), (up1, down1, n1))
        case [[hits0, n0], [hits1, n1]]:
            return newcombe((hits0, n0), (hits1, n1))
    return None


def _counts(measure: Measure) -> tuple[int, ...]:
    """Give promoters, detractors and n, or hits and n; nothing of a figure that is neither."""
    value, n, parts = measure.value, measure.sample_size, measure.parts
    if measure.interval is None or not isinstance(value, Fraction | int) or not n:
        return ()
    if {"promoters", "detractors"} <= parts.keys():
        return parts["promoters"].total, parts["detractors"].total, n
    hits = Fraction(value) * n
    return (int(hits), n) if hits.denominator == 1 and 0 <= hits <= n else ()


def ratio(kpi: Kpi, measure: Measure) -> Ratio | None:
    """Give what is above and below the line of a figure; None where it is no ratio of sums."""
    if kpi.adds_up:
        return None if measure.value is None else (Fraction(measure.value), Fraction(1))
    if kpi.ratio is None:
        return None
    if kpi.ratio == BY_SAMPLE:
        if measure.value is None:
            return None
        return Fraction(measure.value) * measure.sample_size, Fraction(measure.sample_size)
    above, below = (_sum(measure, told) for told in kpi.ratio.split(" / "))
    if above is None or below is None or (measure.value is None and below > 0):
        return None
    return above, below


def _sum(measure: Measure, told: str) -> Fraction | None:
    """Add up the parts that are named, less those after a minus."""
    names = told.split(" - ")
    if not set(names) <= measure.parts.keys():
        return None
    first, *others = (measure.parts[name].value for name in names)
    return first - sum(others, Fraction(0))


def side(kpi: Kpi, measures: Sequence[Measure]) -> Side | None:
    """Add up the parts of a figure over periods; None where one of them has none."""
    ratios = [ratio(kpi, one) for one in measures]
    known = [one for one in ratios if one is not None]
    if len(known) < len(ratios):
        return None
    above = sum((one for one, _ in known), Fraction(0))
    below = Fraction(1) if kpi.adds_up else sum((one for _, one in known), Fraction(0))
    n = sum(one.sample_size for one in measures)
    return Side(above, below, n) if below > 0 else None
