"""Columns of which each is a month: which headers are, and how they are named together."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from retention_cli.mapping.cells.calendar_names import month_number
from retention_cli.patterns import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Sequence

_LEAST = 3
_TO = ".."
_CENTURY, _YEARS = 2000, 4
_NAMED = lazy_pattern(r"(?P<name>[^\W\d_]{3,10})\.?[ /'-]*(?P<year>[0-9]{4}|[0-9]{2})?")
_YEAR_FIRST = lazy_pattern(
    r"(?P<year>(?:19|20)[0-9]{2})[-/.](?P<month>0?[1-9]|1[0-2])(?:[-/.]0?1(?:[ T]00:00(?::00)?)?)?"
)
_YEAR_LAST = lazy_pattern(r"(?:0?1[/.])?(?P<month>0?[1-9]|1[0-2])[-/.](?P<year>(?:19|20)[0-9]{2})")
_YEAR = lazy_pattern(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")


class Month(NamedTuple):
    """A month of a header; its year is None where the header has none."""

    year: int | None
    month: int


@lru_cache(maxsize=1 << 10)
def month_of(header: str) -> Month | None:
    """Read a header as a month.

    Example:
        >>> month_of("Jan 2026"), month_of("févr. 26"), month_of("2026-03-01"), month_of("Mai")
        (Month(year=2026, month=1), Month(year=2026, month=2), Month(year=2026, month=3), Month(year=None, month=5))
    """
    text = header.strip()
    if numbered := _YEAR_FIRST.fullmatch(text) or _YEAR_LAST.fullmatch(text):
        return Month(int(numbered["year"]), int(numbered["month"]))
    named = _NAMED.fullmatch(text)
    number = month_number(named["name"]) if named else None
    if named is None or number is None:
        return None
    year = named["year"]
    return Month(int(year) + (0 if len(year) == _YEARS else _CENTURY) if year else None, number)


def months_in(headers: Sequence[str]) -> list[str]:
    """Give the headers that are months; none where there are too few to be a table of them."""
    found = [header for header in headers if month_of(header)]
    return found if len(found) >= _LEAST else []


def span_of(headers: Sequence[str], name: str) -> str:
    """Name the columns of months of a table together, with the year that its name tells.

    Example:
        >>> span_of(["Customer", "Jan", "Feb", "Mar"], "Fees 2026"), span_of(["5/2026", "6/2026", "7/2026"], "")
        ('Jan 2026..Mar 2026', '5/2026..7/2026')
    """
    first, *_, last = months_in(headers)
    years = set(_YEAR.findall(name))
    year = f" {years.pop()}" if len(years) == 1 else ""
    return _TO.join(f"{one}{'' if _has_year(one) else year}" for one in (first, last))


def days_between(headers: Sequence[str], span: str) -> dict[int, str]:
    """Give the places of the months from one to another, with the first day of each.

    Undefined: nothing where a text names no such columns, or nothing tells their years.
    Example:
        >>> days_between(["Name", "Nov", "Dec", "Jan"], "Nov 2025..Jan")
        {1: '2025-11-01', 2: '2025-12-01', 3: '2026-01-01'}
    """
    first, to, last = (one.strip() for one in span.partition(_TO))
    places = [_place(headers, one) for one in (first, last)] if to else [None]
    start, begin, end = month_of(first), places[0], places[-1]
    if begin is None or end is None or start is None or start.year is None:
        return {}
    days, year, before = {}, start.year, start.month
    for at in range(begin, end + 1):
        if (found := month_of(headers[at])) is None:
            continue
        year = found.year or year + (found.month < before)
        before = found.month
        days[at] = f"{year}-{found.month:02}-01"
    return days


def _has_year(header: str) -> bool:
    found = month_of(header)
    return found is not None and found.year is not None


def _place(headers: Sequence[str], name: str) -> int | None:
    """Find the month that is named; a year may be said of one that has none."""
    if name in headers:
        return headers.index(name)
    wanted = month_of(name)
    ours = (at for at, header in enumerate(headers) if _is(month_of(header), wanted))
    return next(ours, None)


def _is(found: Month | None, wanted: Month | None) -> bool:
    if found is None or wanted is None or found.month != wanted.month:
        return False
    return found.year in {None, wanted.year}
