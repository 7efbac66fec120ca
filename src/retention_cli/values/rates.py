"""Rates of exchange: what one of a currency is in another, on a day."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date  # noqa: TC003  # settings are read by it at run time
from fractions import Fraction  # noqa: TC003  # settings are read by it at run time
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class Rate(NamedTuple):
    """On a day, 1 of `of` is `rate` of `to`; without `to` it is of the currency of the reports."""

    day: date
    of: str
    to: str | None
    rate: Fraction
    source: str | None = None


class Rates:
    """The rates to one currency, to be looked up by currency and day; never inverted or chained."""

    def __init__(self, rates: Iterable[Rate], *, to: str, max_age: int) -> None:
        self.to = to
        self.max_age = max_age
        self._of: dict[str, list[Rate]] = {}
        for one in sorted(rates, key=lambda rate: rate.day):
            if one.to in {None, to}:
                self._of.setdefault(one.of, []).append(one)

    def on(self, currency: str, day: date) -> Rate | None:
        """Give the rate of a day, else the latest one that is not too old.

        Example:
            >>> from datetime import date
            >>> from fractions import Fraction
            >>> known = Rates([Rate(date(2025, 6, 2), "USD", "EUR", Fraction(9, 10))], to="EUR", max_age=7)
            >>> known.on("USD", date(2025, 6, 9)).rate, known.on("USD", date(2025, 6, 10))
            (Fraction(9, 10), None)
        """
        found: Sequence[Rate] = self._of.get(currency, ())
        at = bisect_right(found, day, key=lambda rate: rate.day)
        if not at or (day - found[at - 1].day).days > self.max_age:
            return None
        return found[at - 1]


def contradicting(rates: Iterable[Rate]) -> tuple[Rate, Rate] | None:
    """Find two rates that are of one day and pair, and differ."""
    known: dict[tuple[date, str, str | None], Rate] = {}
    for one in rates:
        other = known.setdefault((one.day, one.of, one.to), one)
        if other.rate != one.rate:
            return other, one
    return None
