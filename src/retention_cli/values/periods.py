"""Spans of whole days, half-open at midnight."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from types import MappingProxyType

from retention_cli.errors import RetentionError
from retention_cli.patterns import lazy_pattern
from retention_cli.values.period_slips import meant

DAYS_PER_MONTH = Fraction(30_436_875, 1_000_000)
"""The mean length of a month of the Gregorian calendar, for spans that are not whole months."""

LENGTHS = MappingProxyType({"month": 1, "quarter": 3, "year": 12})
"""The names of lengths, and their months."""

_YEAR = lazy_pattern(r"([0-9]{4})")
_QUARTER = lazy_pattern(r"([0-9]{4})-[Qq]([1-4])")
_MONTH = lazy_pattern(r"([0-9]{4})-(0[1-9]|1[0-2])")
_DAYS = lazy_pattern(r"([0-9]{4}-[0-9]{2}-[0-9]{2})\.\.([0-9]{4}-[0-9]{2}-[0-9]{2})")
_FORMS = "2025, 2025-Q2, 2025-06, 2025-01-01..2025-06-30, last-month or last-quarter"


def add_months(day: date, months: int) -> date:
    """Move a day by calendar months; a month without that day gives its last one.

    Errors: ValueError past the years 1 to 9999.
    Example:
        >>> add_months(date(2025, 1, 31), 1)
        datetime.date(2025, 2, 28)
    """
    month = day.year * 12 + day.month - 1 + months
    year, index = divmod(month, 12)
    return date(year, index + 1, min(day.day, monthrange(year, index + 1)[1]))


@dataclass(frozen=True, slots=True)
class Period:
    """The days from `start` up to, not including, `end`.

    Shape: at least one day. The end of one period is the start of the next.
    Example:
        >>> june = Period.parse("2025-06")
        >>> june.start, june.end
        (datetime.date(2025, 6, 1), datetime.date(2025, 7, 1))
        >>> june.previous().label
        '2025-05'
    """

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.start >= self.end:
            raise RetentionError(
                f"the period ends on {self.end - timedelta(days=1)}, before it starts"
                f" on {self.start}",
                f"write the earlier day first: {_FORMS}",
            )

    @classmethod
    def parse(cls, text: str, *, as_of: date | None = None) -> Period:
        """Read a period as a user writes it.

        Errors: RetentionError for anything that is not one of the forms, and for `last-month`
            and `last-quarter` without the day they count from.
        Example:
            >>> Period.parse("2025-Q2").last_day
            datetime.date(2025, 6, 30)
            >>> Period.parse("last-month", as_of=date(2025, 7, 14)).label
            '2025-06'
        """
        try:
            found = _relative(text, as_of) or _named(text)
        except (ValueError, OverflowError):
            found = None
        if found is None:
            raise RetentionError(f"'{text}' is not a period", _hint(text, as_of))
        return cls(*found)

    @classmethod
    def month_before(cls, day: date) -> Period:
        """Give the last calendar month that is over when `day` is.

        Example:
            >>> Period.month_before(date(2025, 6, 29)).label, Period.month_before(date(2025, 6, 30)).label
            ('2025-05', '2025-06')
        """
        return cls.around(day + timedelta(days=1), "month").previous()

    @classmethod
    def around(cls, day: date, length: str) -> Period:
        """Give the calendar month, quarter or year that a day is in.

        Example:
            >>> Period.around(date(2025, 6, 29), "quarter").label
            '2025-Q2'
        """
        months = LENGTHS[length]
        start = day.replace(month=(day.month - 1) // months * months + 1, day=1)
        return cls(start, add_months(start, months))

    @property
    def last_day(self) -> date:
        """The last day that belongs to the period."""
        return self.end - timedelta(days=1)

    @property
    def whole_months(self) -> int | None:
        """How many calendar months it is, if it runs from a first to a last day of a month."""
        if self.start.day != 1 or self.end.day != 1:
            return None
        return (self.end.year - self.start.year) * 12 + self.end.month - self.start.month

    @property
    def months(self) -> Fraction:
        """The length in months: whole ones, else days by the mean length of a month."""
        whole = self.whole_months
        if whole is not None:
            return Fraction(whole)
        return Fraction((self.end - self.start).days) / DAYS_PER_MONTH

    @property
    def years(self) -> Fraction:
        """The length in years: a twelfth of the months."""
        return self.months / 12

    @property
    def length(self) -> str | None:
        """`month`, `quarter` or `year` where it is as long as one; what benchmarks name."""
        return next((name for name, count in LENGTHS.items() if count == self.whole_months), None)

    @property
    def label(self) -> str:
        """The shortest way to write it."""
        months, start = self.whole_months, self.start
        if months == 1:
            return f"{start:%Y-%m}"
        if months == 3 and start.month % 3 == 1:
            return f"{start:%Y}-Q{start.month // 3 + 1}"
        if months == 12 and start.month == 1:
            return f"{start:%Y}"
        return f"{start}..{self.last_day}"

    def previous(self) -> Period:
        """Give as many calendar months, or as many days, just before."""
        months = self.whole_months
        if months is not None:
            return Period(add_months(self.start, -months), self.start)
        return Period(self.start - (self.end - self.start), self.start)

    def following(self) -> Period:
        """Give as many calendar months, or as many days, just after."""
        months = self.whole_months
        if months is not None:
            return Period(self.end, add_months(self.end, months))
        return Period(self.end, self.end + (self.end - self.start))

    def year_before(self) -> Period:
        """Give the same days a year earlier.

        Example:
            >>> Period.parse("2025-Q2").year_before().label
            '2024-Q2'
        """
        return Period(add_months(self.start, -12), add_months(self.end, -12))


def _named(text: str) -> tuple[date, date] | None:
    if found := _YEAR.fullmatch(text):
        first, months = date(int(found[1]), 1, 1), 12
    elif found := _QUARTER.fullmatch(text):
        first, months = date(int(found[1]), int(found[2]) * 3 - 2, 1), 3
    elif found := _MONTH.fullmatch(text):
        first, months = date(int(found[1]), int(found[2]), 1), 1
    elif found := _DAYS.fullmatch(text):
        first, last = date.fromisoformat(found[1]), date.fromisoformat(found[2])
        return first, last + timedelta(days=1)
    else:
        return None
    return first, add_months(first, months)


def _relative(text: str, as_of: date | None) -> tuple[date, date] | None:
    length = text.removeprefix("last-")
    if text not in {"last-month", "last-quarter"} or as_of is None:
        return None
    before = Period.around(as_of, length).previous()
    return before.start, before.end


def _hint(text: str, as_of: date | None) -> str:
    """Say what was most likely meant, if that can be read."""
    guess = meant(text)
    try:
        known = guess is not None and bool(_relative(guess, as_of) or _named(guess))
    except (ValueError, OverflowError):
        known = False
    return f"did you mean '{guess}'? Write {_FORMS}" if known else f"write {_FORMS}"
