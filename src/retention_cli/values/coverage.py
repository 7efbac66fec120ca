"""On which days something happened, and whether the data reach to the end of a period."""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from retention_cli.values.periods import Period

FEWEST_DAYS = 12
"""From fewer days with events nothing can be said about how often there are any."""
LONG_WEEKEND_DAYS = 3
LONG_SILENCE_DAYS = 31
SHORTEST_MONTH_DAYS = 28
NO_DATA = "no-data-in-period"
"""The code of every figure of a period that has no data at all."""
PLANS = frozenset({"due_date", "renewal_date"})
"""Columns of days that are planned: they say nothing of how far the data reach."""
MAY_COME = frozenset({"end_date"})
"""Columns of days that are often known before they come."""
_LOOKED_BACK = timedelta(days=731)


def days_with_events(tables: Mapping[str, pa.Table], *, as_of: date) -> list[date]:
    """List the days, up to `as_of`, that any date of any table falls on; those of plans do not count."""
    found: set[date] = set()
    for table in tables.values():
        for name, column in zip(table.column_names, table.columns, strict=True):
            if pa.types.is_date(column.type) and name not in PLANS:
                found.update(pc.unique(column).to_pylist())
    return sorted(day for day in found if day is not None and day <= as_of)


def reaches_past(period: Period, days: Sequence[date], *, as_of: date) -> str | None:
    """Say why a period is unfinished; None where it is over and the data cover its end.

    The data cover a day when the silence up to it is no longer than the data's own longest gap
    of the last two years, or than a long weekend: a business that bills on the 3rd has said all
    of June by the 3rd, one that bills daily has not. A few dates have no rhythm, and say nothing.
    Example:
        >>> from retention_cli.values.periods import Period
        >>> june = Period.parse("2025-06")
        >>> daily = [date(2025, 5, 1) + timedelta(days=n) for n in range(40)]
        >>> reaches_past(june, daily, as_of=date(2025, 8, 1))
        'the data end on 2025-06-09, 21 days before the period does'
        >>> reaches_past(june, daily[:3], as_of=date(2025, 8, 1)) is None
        True
    """
    if period.last_day > as_of:
        return f"the period ends on {period.last_day}, and today is {as_of}"
    if len(days) < FEWEST_DAYS:
        return None
    return _silent(period, days, LONG_WEEKEND_DAYS)


def goes_on_without(period: Period, days: Sequence[date]) -> str | None:
    """Say how long before the end of a period a list falls silent; of few days, before it begins.

    Example:
        >>> from retention_cli.values.periods import Period
        >>> goes_on_without(Period.parse("2025-06"), [date(2024, 5, 1), date(2024, 8, 1)])
        'the data end on 2024-08-01, 333 days before the period does'
    """
    few = len(days) < FEWEST_DAYS
    if not days or (few and days[-1] >= period.start):
        return None
    return _silent(period, days, LONG_SILENCE_DAYS if few else LONG_WEEKEND_DAYS)


def _silent(period: Period, days: Sequence[date], least: int) -> str | None:
    recent = [day for day in days if day >= days[-1] - _LOOKED_BACK]
    gaps = [(later - earlier).days for earlier, later in itertools.pairwise(recent)]
    silence = (period.last_day - days[-1]).days
    if silence <= max(least, *gaps, 0):
        return None
    return f"the data end on {days[-1]}, {silence} days before the period does"


def lies_outside(period: Period, days: Sequence[date]) -> str | None:
    """Say why a period has no data at all; None where it has some, and where nothing has dates.

    Example:
        >>> from retention_cli.values.periods import Period
        >>> days = [date(2025, 5, 3), date(2025, 6, 9)]
        >>> lies_outside(Period.parse("2025-07"), days)
        'the data end on 2025-06-09, before the period begins'
        >>> lies_outside(Period.parse("2025-06"), days) is None
        True
    """
    if days and period.start > days[-1]:
        return f"the data end on {days[-1]}, before the period begins"
    if days and period.end <= days[0]:
        return f"the data begin on {days[0]}, after the period ends"
    return None


def silences(days: Sequence[date]) -> list[tuple[date, date]]:
    """Find the gaps of a month or more that are out of step, as the days around each.

    Out of step is half as long again as the median gap. Where more than one gap in ten is, that
    is how the data are; so it is with fewer days than have a rhythm.
    Example:
        >>> monthly = [date(2025, month, 1) for month in range(1, 13)]
        >>> silences(monthly)
        []
        >>> [(str(a), str(b)) for a, b in silences([*monthly[:5], *monthly[6:], date(2026, 1, 1)])]
        [('2025-05-01', '2025-07-01')]
    """
    if len(days) < FEWEST_DAYS:
        return []
    pairs = list(itertools.pairwise(days))
    lengths = sorted((later - earlier).days for earlier, later in pairs)
    usual = lengths[len(lengths) // 2] * 3 / 2
    long = [
        (earlier, later)
        for earlier, later in pairs
        if (later - earlier).days > max(SHORTEST_MONTH_DAYS, usual)
    ]
    return long if len(long) * 10 <= len(pairs) else []
