"""Durations that carry their units: `1h 30m`, `2 Tage, 3 Std.`, `PT1H30M`, `0 days 01:30:00`."""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction
from typing import TYPE_CHECKING

from retention_cli.mapping.cells.known_words import numbers_by_word

if TYPE_CHECKING:
    from collections.abc import Mapping
from retention_cli.patterns import lazy_pattern

_SECONDS = numbers_by_word("spoken_durations")
_BELOW = {3_600: 60, 60: 1}
"""In `1h30` the last number is of the next smaller unit."""

_NUMBER = r"[0-9]{1,9}(?:[.,][0-9]{1,9})?"
_PART = lazy_pattern(rf"({_NUMBER}) ?([^\W\d_]+)\.?(?:,? (?:and|und|et|y|e|en) |,? ?)")
_ISO = lazy_pattern(
    rf"P(?:(?P<w>{_NUMBER})W)?(?:(?P<d>{_NUMBER})D)?"
    rf"(?:T(?:(?P<h>{_NUMBER})H)?(?:(?P<m>{_NUMBER})M)?(?:(?P<s>{_NUMBER})S)?)?"
)
_ISO_SECONDS = {"w": 604_800, "d": 86_400, "h": 3_600, "m": 60, "s": 1}
_CLOCK = lazy_pattern(r"([0-9]{1,6}):([0-5][0-9])(?::([0-5][0-9](?:[.,][0-9]{1,9})?))?")
_NET = lazy_pattern(
    r"([0-9]{1,6})[.:]((?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]{1,9})?)"
)
_DAY = 86_400


def spoken_seconds(text: str, working_day: int | None = None) -> Fraction | None:
    """Give the seconds of a duration whose text says its units.

    Shape: `working_day` are the seconds of a day, and a week is five of them, where no clock stands behind.

    Undefined: None for a text without units, for months and years, whose length is not known, for
        units that do not come from large to small, and for a number that may be a thousand.
    Example:
        >>> [int(spoken_seconds(text)) for text in ("1h 30m", "PT1H30M", "0 days 01:30:00")]
        [5400, 5400, 5400]
        >>> int(spoken_seconds("18:25 min")), int(spoken_seconds("2 Std. und 5 Min."))
        (1105, 7500)
        >>> spoken_seconds("1:30"), spoken_seconds("2 months"), spoken_seconds("5m 1d")
        (None, None, None)
    """
    plain = _plain(text)
    if plain[:1] == "p" and (found := _ISO.fullmatch(plain.upper())):
        return _iso(found)
    if found := _NET.fullmatch(plain):
        rest = _clock_seconds(found[2])
        return None if rest is None else int(found[1]) * _DAY + rest
    if ":" in plain and plain[-1:].isalpha():
        return _clock_in_unit(plain)
    work = working_day if ":" not in plain else None
    return _parts(plain, {} if work is None else {_DAY: work, 7 * _DAY: 5 * work})


def says_days(text: str) -> bool:
    """Say whether a duration counts days or weeks in words, and has no clock: some mean days of work.

    Example:
        >>> says_days("1w 2d"), says_days("2 Tage 3 Std."), says_days("1 days 02:00:00"), says_days("P1D")
        (True, True, False, False)
    """
    plain = _plain(text)
    some = (found for found in _PART.finditer(plain) if found[1].strip("0.,"))
    units = (_SECONDS.get(found[2], 0) for found in some)
    return ":" not in plain and any(one >= _DAY for one in units) and plain[:1] != "p"


def _plain(text: str) -> str:
    bare = text.casefold()
    if not bare.isascii():
        spread = unicodedata.normalize("NFKD", bare)
        bare = "".join(letter for letter in spread if not unicodedata.combining(letter))
    return re.sub(r"\s+", " ", bare).strip(" .")


def _iso(found: re.Match[str]) -> Fraction | None:
    given = {part: text for part, text in found.groupdict().items() if text is not None}
    if not given or found[0].endswith("T"):
        return None
    if not all(number.isdigit() for number in list(given.values())[:-1]):
        return None
    return sum(
        (Fraction(text.replace(",", ".")) * _ISO_SECONDS[part] for part, text in given.items()),
        Fraction(0),
    )


def _clock_in_unit(plain: str) -> Fraction | None:
    """Read `18:25 min` and `1:30 h`: the unit is that of what stands before the first colon."""
    clock, _, word = plain.rpartition(" ")
    found, one = _CLOCK.fullmatch(clock), _SECONDS.get(word)
    if found is None or one not in {3_600, 60}:
        return None
    if found[3] is not None:
        return _clock_seconds(clock) if one == 3_600 else None
    return Fraction(int(found[1]) * one + int(found[2]) * one // 60)


def _clock_seconds(clock: str) -> Fraction | None:
    found = _CLOCK.fullmatch(clock)
    if found is None:
        return None
    seconds = Fraction((found[3] or "0").replace(",", "."))
    return int(found[1]) * 3_600 + int(found[2]) * 60 + seconds


def _parts(plain: str, worth: Mapping[int, int]) -> Fraction | None:
    """Add up numbers with their units, from large to small; a clock may stand after days."""
    total, place, smallest = Fraction(0), 0, None
    while found := _PART.match(plain, place):
        number, one = _decimal(found[1]), _SECONDS.get(found[2])
        if number is None or one is None or (smallest is not None and one >= smallest):
            return None
        total, place, smallest = total + number * worth.get(one, one), found.end(), one
    if smallest is None:
        return None
    rest = plain[place:]
    if not rest:
        return total
    if smallest >= _DAY:
        clock = _clock_seconds(rest)
        return None if clock is None else total + clock
    below = _BELOW.get(smallest)
    return total + int(rest) * below if below and re.fullmatch("[0-5][0-9]", rest) else None


def _decimal(text: str) -> Fraction | None:
    """Read a number with a point or a comma; 1.250 may be a thousand, and is none."""
    whole, mark, rest = text.replace(",", ".").partition(".")
    if mark and len(rest) == 3 and whole != "0":
        return None
    return Fraction(f"{whole}.{rest or 0}")
