"""The date in the name of a file: what an export covers, or when it was made."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from retention_cli.mapping.cells.calendar_names import month_number
from retention_cli.patterns import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

_YEAR = r"(?P<year>(?:19|20)[0-9]{2})"
_START, _END = r"(?<![0-9])", r"(?![0-9])"
_CLOCK = (
    r"(?:(?:T|[-_. ]+)(?P<clock>[0-2][0-9][-_.:]?[0-5][0-9](?:[-_.:]?[0-5][0-9])?)"
    r"(?![-_.:]?[0-9]))?"
)
_ISO = lazy_pattern(
    rf"{_START}{_YEAR}(?P<mark>[-_. ]?)(?P<month>[0-9]{{2}})(?P=mark)(?P<day>[0-9]{{2}}){_CLOCK}{_END}"
)
_TURNED = lazy_pattern(
    rf"{_START}(?P<one>[0-9]{{1,2}})(?P<mark>[-_. ])(?P<two>[0-9]{{1,2}})(?P=mark){_YEAR}{_CLOCK}{_END}"
)
_NAME = r"(?P<name>[^\W\d_]{3,10})"
_MONTHS = (
    lazy_pattern(rf"{_START}{_YEAR}[-_. ]?(?P<month>[0-9]{{2}}){_END}"),
    lazy_pattern(rf"{_START}(?P<month>[0-9]{{2}})[-_. ]{_YEAR}{_END}"),
    lazy_pattern(rf"{_START}{_YEAR}[-_. ]?[Qq](?P<quarter>[1-4]){_END}"),
    lazy_pattern(rf"[Qq](?P<quarter>[1-4])[-_. ]?{_YEAR}{_END}"),
    lazy_pattern(rf"(?<![^\W_]){_NAME}[-_. ]*{_YEAR}{_END}"),
    lazy_pattern(rf"{_START}{_YEAR}[-_. ]*{_NAME}(?![^\W_])"),
)
_YEARS = lazy_pattern(rf"{_START}{_YEAR}{_END}")

NamedDate = tuple[date, str]
"""The last day that a name covers, and the time of day beside it, if there is one."""


def date_in_name(name: str) -> NamedDate | None:
    """Give the latest date in the name of a file; None where it has none that reads only one way.

    A month, a quarter or a year is its last day: an export of all June was made after it.
    Example:
        >>> [str(date_in_name(name)[0]) for name in ("june/crm_20250630.csv", "Kunden Mai 2025.xlsx")]
        ['2025-06-30', '2025-05-31']
        >>> date_in_name("customers-05.csv"), date_in_name("export 03-04-2025.csv")
        (None, None)
    """
    stem = PurePosixPath(name.replace("\\", "/")).name
    turned = [_turned(found) for found in _TURNED.finditer(stem)]
    if None in turned:
        return None
    days = [*_days(stem), *(one for one in turned if one is not None)]
    found = days or list(_months(stem)) or list(_years(stem))
    return max(found, default=None)


def _days(stem: str) -> Iterator[NamedDate]:
    for found in _ISO.finditer(stem):
        day = _day(found["year"], found["month"], found["day"])
        if day is not None:
            yield day, _digits(found["clock"])


def _turned(found: re.Match[str]) -> NamedDate | None:
    """Read a date whose year stands last; with dots the day stands first."""
    one, two = int(found["one"]), int(found["two"])
    if found["mark"] != "." and one <= 12 and two <= 12 and one != two:
        return None
    month_first = found["mark"] != "." and two > 12
    day = _day(found["year"], *((one, two) if month_first else (two, one)))
    return None if day is None else (day, _digits(found["clock"]))


def _months(stem: str) -> Iterator[NamedDate]:
    for form in _MONTHS:
        for found in form.finditer(stem):
            parts = found.groupdict()
            number = (
                int(parts["quarter"]) * 3
                if parts.get("quarter")
                else month_number(parts["name"])
                if parts.get("name")
                else int(parts["month"])
            )
            if number is not None and 1 <= number <= 12:
                yield _last_day(int(parts["year"]), number), ""


def _years(stem: str) -> Iterator[NamedDate]:
    for found in _YEARS.finditer(stem):
        yield date(int(found["year"]), 12, 31), ""


def _day(year: str, month: str | int, day: str | int) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _last_day(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _digits(clock: str | None) -> str:
    return re.sub(r"[^0-9]", "", clock or "")
