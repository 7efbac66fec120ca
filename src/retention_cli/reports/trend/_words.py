"""What the formats of a trend say of its points, changes and events."""

from __future__ import annotations

from fractions import Fraction
from string import ascii_lowercase
from typing import TYPE_CHECKING

from retention_cli.reports.scorecard.table import period_name
from retention_cli.reports.words.figures import is_of_nobody, not_computed, reason_text
from retention_cli.values.measures import Unit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from retention_cli.results.trend import Point, Row, Trend
    from retention_cli.values.events import Event
    from retention_cli.values.measures import Number
    from retention_cli.values.periods import Period

_FROM_ZERO = {Unit.COUNT, Unit.SECONDS, Unit.YEARS, Unit.PER_YEAR}


def reason(point: Point) -> str | None:
    """Say why a point has no value."""
    if point.line is None:
        return "the figure has no groups in this period: what it counts is in several of them"
    why = point.line.measure.reason
    return reason_text(why) if why else None


def held_against(period: Period) -> tuple[str | None, str | None]:
    """Name the period before and that of a year ago."""
    try:
        before = period.previous().label
    except (ValueError, OverflowError):
        return None, None
    try:
        return before, period.year_before().label
    except (ValueError, OverflowError):
        return before, None


def title(found: Trend) -> str:
    """Name the span of the periods."""
    first, last = period_name(found.periods[0]), period_name(found.periods[-1])
    return last if first == last else f"{first} to {last}"


def left_out(row: Row) -> bool:
    """Tell whether a figure has no export or no dates, or is of rows that there are not."""
    lines = [point.line for point in row.points if point.line]
    return row.as_exported or all(not_computed(line) or is_of_nobody(line) for line in lines)


def name_of(row: Row) -> str:
    """Name a figure, or the group below it."""
    if row.group is None:
        return row.kpi.title
    by, value = row.group
    return f"  {value if value is not None else f'no {by}'}"


def letters(found: Trend) -> Mapping[Event, str]:
    """Give each event on the axis a letter, in order."""
    first, last = found.periods[0].start, found.periods[-1].end
    on_axis = [event for event in found.events if first <= event.day < last]
    return {
        event: ascii_lowercase[place] if place < len(ascii_lowercase) else "+"
        for place, event in enumerate(on_axis)
    }


def band_of(row: Row) -> tuple[Number, Number] | None:
    """Give the usual band, as far as the figure can go: not below 0, and shares to 100 %."""
    if row.band is None:
        return None
    low, high = row.band
    share = row.kpi.unit is Unit.RATIO and any(
        p.line and p.line.measure.interval for p in row.points
    )
    if share or row.kpi.unit in _FROM_ZERO:
        low = max(low, Fraction(0))
    return low, min(high, Fraction(1)) if share else high


def axis(periods: Sequence[Period], marks: Mapping[Event, str]) -> list[str]:
    """Give the letters of the events of each period; several of one are a plus."""
    found = []
    for period in periods:
        inside = [mark for event, mark in marks.items() if period.start <= event.day < period.end]
        found.append("+" if len(inside) > 1 else "".join(inside))
    return found
