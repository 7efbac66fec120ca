"""What a cell may hold, whatever form of workbook it is in."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

FORMATS = (
    *("yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss", "[h]:mm:ss", "h:mm:ss"),
    *("#,##0.00 [$€-407]", "[$$-409]#,##0.00"),
)
DAY = dt.timedelta(days=1)


class Error(str):
    """An error such as #N/A."""

    __slots__ = ()


class Euros(float):
    """An amount that is shown with a sign of its currency."""

    __slots__ = ()


class Dollars(float):
    """An amount that is shown with another sign."""

    __slots__ = ()


class Formula(NamedTuple):
    """A formula and its result; None is none. The flags are those of .xls."""

    result: object
    flags: int = 0


def style_of(value):
    """Which of the formats a value needs, counted from 1; 0 is none."""
    if isinstance(value, dt.datetime):
        return 2
    if isinstance(value, dt.date):
        return 1
    if isinstance(value, Euros | Dollars):
        return 5 if isinstance(value, Euros) else 6
    return 3 if isinstance(value, dt.timedelta) else 4 if isinstance(value, dt.time) else 0


def serial(value, *, from_1904=False):
    """The number a value is stored as."""
    if isinstance(value, dt.time):
        value = span_of(value)
    if isinstance(value, dt.timedelta):
        return value / DAY
    if isinstance(value, dt.date):
        moment = dt.datetime.fromisoformat(value.isoformat())
        return (moment - dt.datetime(*((1904, 1, 1) if from_1904 else (1899, 12, 30)))) / DAY
    return float(value)


def span_of(clock):
    return dt.timedelta(hours=clock.hour, minutes=clock.minute, seconds=clock.second)
