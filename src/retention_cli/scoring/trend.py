"""How figures move from period to period, and whether more than chance would make them."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from retention_cli.results.trend import Difference, Point, Row
from retention_cli.scoring.sides import interval
from retention_cli.values.series import band

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention_cli.kpis.registry import Kpi
    from retention_cli.results.scorecard import Line
    from retention_cli.results.trend import Group
    from retention_cli.values.measures import Measure
    from retention_cli.values.periods import Period

Known = dict["Period", dict[tuple[str, "Group"], "Line"]]
"""The lines of periods by their KPI and group."""


def by_figure(periods: Sequence[Period], lines: Sequence[Sequence[Line]]) -> Known:
    """Give the lines of each period by what they are of."""
    return {
        period: {(line.kpi.name, line.group): line for line in found}
        for period, found in zip(periods, lines, strict=True)
    }


def in_order(known: Known, periods: Sequence[Period]) -> dict[tuple[str, Group], Kpi]:
    """List each figure once, below each total its groups, as the last period has them."""
    found: dict[str, dict[tuple[str, Group], Kpi]] = {}
    for period in reversed(periods):
        for place, line in known[period].items():
            found.setdefault(line.kpi.name, {}).setdefault(place, line.kpi)
    return {place: kpi for of_kpi in found.values() for place, kpi in of_kpi.items()}


def rows(known: Known, periods: Sequence[Period]) -> tuple[Row, ...]:
    """Give each figure over the periods; what it is held against may lie before the first."""
    return tuple(
        _row(kpi, place, known, periods) for place, kpi in in_order(known, periods).items()
    )


def _row(kpi: Kpi, place: tuple[str, Group], known: Known, periods: Sequence[Period]) -> Row:
    lines = [known[period].get(place) for period in periods]
    usual = band([_judged(line) for line in lines]) if _alike(lines) else None
    points = []
    for period, line in zip(periods, lines, strict=True):
        value = _judged(line)
        outside = usual is not None and value is not None and not usual[0] <= value <= usual[1]
        points.append(Point(period, line, outside))
    last = lines[-1]
    if last is None or last.measure.as_exported:
        return Row(kpi, place[1], tuple(points), usual, None, None)
    change, year = _change(last, last.previous, finished=not last.unfinished), None
    if (earlier := _year_before(periods[-1], place, known)) is not None:
        year = _change(last, earlier, finished=not last.unfinished)
    return Row(kpi, place[1], tuple(points), usual, change, year)


def _judged(line: Line | None) -> Fraction | None:
    """Give a value that is finished, and belongs to its period."""
    if line is None or line.unfinished or line.measure.as_exported or line.measure.value is None:
        return None
    return Fraction(line.measure.value)


def _alike(lines: Sequence[Line | None]) -> bool:
    return (
        len({line.measure.currency for line in lines if line and line.measure.value is not None})
        <= 1
    )


def _year_before(period: Period, place: tuple[str, Group], known: Known) -> Measure | None:
    """Find the figure of a year ago: of a period of its own, or of the one before another."""
    try:
        year = period.year_before()
    except (ValueError, OverflowError):
        return None
    if year in known:
        line = known[year].get(place)
        return line.measure if line else None
    following = known.get(year.following(), {}).get(place)
    return following.previous if following and following.period else None


def needs_year(periods: Sequence[Period]) -> Period | None:
    """Give the period a year before the last, where no other has its figures beside its own."""
    try:
        year = periods[-1].year_before()
        return None if year in periods or periods[0].previous() == year else year
    except (ValueError, OverflowError):
        return None


def _change(line: Line, before: Measure | None, *, finished: bool) -> Difference | None:
    now = line.measure
    if before is None or before.value is None or now.value is None:
        return None
    if before.currency != now.currency or before.as_exported:
        return None
    value = Fraction(now.value) - Fraction(before.value)
    return Difference(value, interval([before], [now]) if finished else None)
