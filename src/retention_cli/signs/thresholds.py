"""The numbers that rules rest on: each a key of `[signals]` in `retention.toml`, with a default."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

from retention_cli.patterns import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Mapping

Told: TypeAlias = "Mapping[str, Fraction]"
"""Every threshold by its name; days and counts are whole."""

_DAYS = lazy_pattern(r"([0-9]{1,5}) days?")
_PERCENT = lazy_pattern(r"([0-9]{1,3}(?:\.[0-9]{1,4})?) ?%")
_MOST_DAYS = 36_600


class Sort(StrEnum):
    """What a threshold counts."""

    DAYS = "days"
    COUNT = "count"
    SHARE = "share"
    TIMES = "times"


FORMS = {
    Sort.DAYS: 'a number of days: 90 or "90 days"',
    Sort.COUNT: "a whole number above 0",
    Sort.SHARE: 'a share: 0.3 or "30%"',
    Sort.TIMES: "a number above 0: 1.5",
}


@dataclass(frozen=True, slots=True)
class Threshold:
    """A number that somebody may choose otherwise: its default, and what it means."""

    default: Fraction
    sort: Sort
    meaning: str

    def read(self, value: object) -> Fraction | None:
        """Read a value of the settings; None where it is not of this sort."""
        found = _number(value, self.sort)
        if found is None or found <= 0:
            return None
        if self.sort is Sort.SHARE:
            return found if found <= 1 else None
        whole = found.denominator == 1 and found <= _MOST_DAYS
        return found if whole or self.sort is Sort.TIMES else None

    def text(self, value: Fraction) -> str:
        """Write a value as it may stand in the settings."""
        if self.sort is Sort.SHARE:
            return f'"{float(value * 100):g}%"'
        return f'"{value} days"' if self.sort is Sort.DAYS else f"{float(value):g}"


def days(default: int, meaning: str) -> Threshold:
    """Make a threshold of days."""
    return Threshold(Fraction(default), Sort.DAYS, meaning)


def count(default: int, meaning: str) -> Threshold:
    """Make a threshold of a number of things."""
    return Threshold(Fraction(default), Sort.COUNT, meaning)


def share(percent: int, meaning: str) -> Threshold:
    """Make a threshold of a share, by its percent."""
    return Threshold(Fraction(percent, 100), Sort.SHARE, meaning)


def times(default: str, meaning: str) -> Threshold:
    """Make a threshold of how many times as much."""
    return Threshold(Fraction(default), Sort.TIMES, meaning)


def _number(value: object, sort: Sort) -> Fraction | None:
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return Fraction(value) if not isinstance(value, Decimal) or value.is_finite() else None
    if isinstance(value, str) and sort is Sort.DAYS and (found := _DAYS.fullmatch(value)):
        return Fraction(found[1])
    if isinstance(value, str) and sort is Sort.SHARE and (found := _PERCENT.fullmatch(value)):
        return Fraction(found[1]) / 100
    return None
