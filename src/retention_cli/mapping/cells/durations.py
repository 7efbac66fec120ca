"""Durations as exports write them, to whole seconds: one unit for a column, never one for a cell."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.mapping.cells.cells import each_distinct, lettered
from retention_cli.mapping.cells.known_words import told
from retention_cli.mapping.cells.numbers import decide_mark, not_a_number, rewrite_numbers
from retention_cli.mapping.cells.spoken_durations import says_days, spoken_seconds
from retention_cli.patterns import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Callable

_NUMBER = r"\A[0-9]{1,9}(?:\.[0-9]{1,20})?\z"
_WRITTEN = r"\A[0-9]+(?:[.,][0-9]+)*\z"
_CLOCK = r"\A(?P<h>[0-9]{1,6}):(?P<m>[0-5][0-9]):(?P<s>[0-5][0-9](?:\.[0-9]{1,9})?)\z"
_SHORT = r"\A(?P<whole>[0-9]{1,6}):(?P<sixtieths>[0-5][0-9])\z"
_WORDS = {unit: frozenset(words.split()) for unit, words in told("durations").items()}
_CLOCK_IN_HEADER = lazy_pattern(
    r"\b(?P<hours>(?:h{1,2}|hrs?|std)\.?:)?(?:m{1,2}|mins?)\b\.?(?P<seconds>:(?:s{1,2}|secs?|sek|seg)\b)?"
)
_MAY_SPEAK = r"\p{L}|\A[0-9]+[.:][0-9]{2}:[0-9]{2}:"
"""What a duration that carries its units has, and no number or clock."""
_LONE_CAPITAL = r"\A[0-9]+(?:[.,][0-9]+)? ?M\.?\z"
_CAPITALS = "[0-9] ?[HS]"
"""An M alone may be a month, unless hours or seconds beside it are capitals too."""
_LONGEST = 120
_UNIT_AT_END = lazy_pattern(
    r"(?:[ _]+|(?=[(\[]))(?:(?:in|en|em)[ _]+)?[(\[]? *(?:(?i:business|calendar|working|elapsed) )?[^\W\d_]+(?:\.?:[^\W\d_]+){0,2}\.? *[)\]]?\Z"
)
_OF_WORK = lazy_pattern(
    r"(?i)business|work|werktag|arbeitstag|ouvr|h[aá]bil|lavorativ|werkdag|[uú]te?i[ls]"
)
_LETTERS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_LETTER = r"[(\[] *([smhd]) *[)\]]|[ _]([smhd])\Z"
"""A single letter is a unit in brackets or as the last word: not in "customer's" or "d'attente"."""


class DurationUnit(StrEnum):
    """How a column writes its durations. `clock` is H:MM:SS, or H:MM where no cell has seconds.

    In a column of hours 1:30 is 1 h 30 min, in one of minutes it is 1 min 30 s.
    """

    SECONDS = "seconds"
    MINUTES = "minutes"
    HOURS = "hours"
    DAYS = "days"
    CLOCK = "clock"


_SECONDS = {
    DurationUnit.SECONDS: 1,
    DurationUnit.MINUTES: 60,
    DurationUnit.HOURS: 3_600,
    DurationUnit.DAYS: 86_400,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DurationDecision:
    """The unit of a column, and what says so; `ambiguous` where nothing does."""

    unit: DurationUnit | None
    because: str
    ambiguous: bool = False


def unit_of(header: str) -> DurationUnit | None:
    """Give the unit that a header names.

    Example:
        >>> unit_of("First reply time in minutes"), unit_of("Resolution (hrs)"), unit_of("FRT")
        (<DurationUnit.MINUTES: 'minutes'>, <DurationUnit.HOURS: 'hours'>, None)
    """
    spaced = re.sub(r"([a-z])([A-Z])", r"\1 \2", header).casefold()
    plain = "".join(
        c for c in unicodedata.normalize("NFKD", spaced) if not unicodedata.combining(c)
    )
    if clock := _CLOCK_IN_HEADER.search(plain):
        if clock["hours"]:
            return DurationUnit.CLOCK if clock["seconds"] else DurationUnit.HOURS
        if clock["seconds"]:
            return DurationUnit.MINUTES
    words = set(re.split(r"[^a-z]+", plain))
    named = {unit for unit, known in _WORDS.items() if words & known}
    if letter := re.search(_LETTER, plain.strip()):
        named.add(_LETTERS[letter[1] or letter[2]])
    return DurationUnit(named.pop()) if len(named) == 1 else None


def without_unit(header: str) -> str:
    """Leave of a header what stands before its unit.

    Example:
        >>> without_unit("Time Spent (minutes)"), without_unit("Dauer in Min."), without_unit("FRT")
        ('Time Spent', 'Dauer', 'FRT')
    """
    start = max(len(header) - _LONGEST, 0)
    found = _UNIT_AT_END.search(header, start)
    return header[: found.start()] if found and unit_of(header[found.start() :]) else header


def decide_unit(column: Any, *, header: str, told: str | None = None) -> DurationDecision:
    """Decide the unit of a column: what was told, its cells where they are clocks, its header.

    Example:
        >>> decide_unit(pa.array(["1:30:00"]), header="FRT").unit
        <DurationUnit.CLOCK: 'clock'>
        >>> decide_unit(pa.array(["90"]), header="FRT").ambiguous
        True
    """
    clocks, shorts, numbers = (_count(column, form) for form in (_CLOCK, _SHORT, _WRITTEN))
    if clocks and clocks >= numbers:
        return DurationDecision(unit=DurationUnit.CLOCK, because="cells are written H:MM:SS")
    if told is not None:
        return DurationDecision(unit=DurationUnit(told), because=f"the unit was given as {told}")
    found = unit_of(header)
    if found not in {None, DurationUnit.CLOCK}:
        return DurationDecision(unit=found, because=f"header '{header}' says so")
    if not numbers and not shorts:
        spoken = _spoken_seconds(column)
        speaks = spoken is not None and spoken.null_count < len(spoken)
        because = "cells say their units" if speaks else "no cell is a duration"
        return DurationDecision(unit=None, because=because)
    open_question = "it is seconds, minutes or hours" if numbers else "H:MM or M:SS is written"
    return DurationDecision(
        unit=None, because=f"it is not known whether {open_question}", ambiguous=True
    )


def rewrite_durations(
    column: Any, unit: DurationUnit | None, working_day: int | None = None
) -> Any:
    """Write every duration of a column as whole seconds, rounded half to even.

    A cell that carries its units needs no other. One that is not a duration in that unit stays as
    it is, but for one that would pass as seconds: it gets a question mark, and is refused under
    its own text.
    Example:
        >>> rewrite_durations(pa.array(["1:30:00", "x"]), DurationUnit.CLOCK).to_pylist()
        ['5400', 'x']
        >>> rewrite_durations(pa.array(["1.5"]), DurationUnit.MINUTES).to_pylist()
        ['90']
        >>> rewrite_durations(pa.array(["1,250", "30"]), DurationUnit.MINUTES).to_pylist()
        ['1,250', '1800']
    """
    if unit is DurationUnit.CLOCK:
        whole = None if _count(column, _CLOCK) else _short_seconds(column, 3_600)
        seconds = _either(_clock_seconds(column), whole)
    elif unit is None:
        seconds = pa.nulls(len(column), pa.string())
    else:
        one = working_day if unit is DurationUnit.DAYS and working_day else _SECONDS[unit]
        sexagesimal = unit in {DurationUnit.MINUTES, DurationUnit.HOURS}
        short = _short_seconds(column, one) if sexagesimal else None
        seconds = _either(_counted_seconds(column, one), short)
    seconds = _either(seconds, _spoken_seconds(column, working_day=working_day))
    passes = pc.match_substring_regex(column, r"\A[0-9]+\z")
    doubtful = pc.if_else(passes, pc.binary_join_element_wise("?", column, ""), column)
    return pc.if_else(pc.is_valid(seconds), seconds, doubtful)


def rewrite_clock_hours(column: Any) -> Any:
    """Write durations that say their units, and clocks H:MM:SS or H:MM, as hours; others stay.

    Example:
        >>> rewrite_clock_hours(pa.array(["1:30:00", "0.25", "1 h 30"])).to_pylist()
        ['1.50000000', '0.25', '1.50000000']
    """
    spoken = _spoken_seconds(column, says_days)
    if spoken is None and not _count(column, _CLOCK) and not _count(column, _SHORT):
        return column
    written = _either(_clock_seconds(column), _short_seconds(column, 3_600))
    return pc.coalesce(_hours_of(_either(written, spoken)), column)


def rewrite_as_hours(column: Any, unit: DurationUnit | None) -> Any:
    """Write the durations of a column in another unit as hours.

    Example:
        >>> rewrite_as_hours(pa.array(["90", "-90", "x"]), DurationUnit.MINUTES).to_pylist()
        ['1.50000000', '?-90', 'x']
    """
    seconds = rewrite_durations(column, unit)
    known = pc.if_else(pc.match_substring_regex(seconds, r"\A[0-9]+\z"), seconds, None)
    return pc.coalesce(_hours_of(known), not_a_number(column))


def _hours_of(seconds: Any) -> Any:
    """Give whole seconds as hours with eight decimals."""
    exact = pc.cast(seconds, pa.decimal128(28, 16))
    hours = pc.round(
        pc.divide(exact, pa.scalar(Decimal(3600), pa.decimal128(4, 0))), 8, "half_to_even"
    )
    text = pc.cast(pc.cast(hours, pa.decimal128(24, 8)), pa.string())
    return pc.replace_substring_regex(text, r"\A0E-?[0-9]+\z", "0")


def is_of_work(header: str) -> bool:
    """Say whether a header is of days of work.

    Example:
        >>> is_of_work("Resolution (business days)"), is_of_work("Resolution (days)")
        (True, False)
    """
    return _OF_WORK.search(header) is not None


def days_said(column: Any, header: str) -> list[str]:
    """Say that days and weeks of a column are whole ones, where cells have any: some count days of work."""
    may = pc.match_substring_regex(column, lettered(_MAY_SPEAK, column))
    found = sorted(filter(says_days, pc.unique(column.filter(may)).to_pylist()))
    of_work = 'where they are days of work, write working_day = "8h" in retention.toml'
    if found:
        return [f"'{header}' has '{found[0]}': a day is 24 hours and a week 7 days; {of_work}"]
    if unit_of(header) is DurationUnit.DAYS and is_of_work(header):
        return [f"'{header}' counts days, and each is 24 hours; {of_work}"]
    return []


def _spoken_seconds(
    column: Any,
    besides: Callable[[str], bool] | None = None,
    working_day: int | None = None,
) -> Any | None:
    """Give the whole seconds of cells that say their units, `besides` some; None where no cell may."""
    may = pc.match_substring_regex(column, lettered(_MAY_SPEAK, column))
    if not pc.any(may).as_py():
        return None
    if not _count(column, _CAPITALS):
        may = pc.and_not(may, pc.match_substring_regex(column, _LONE_CAPITAL))

    def whole(text: str) -> str | None:
        seconds = None if besides and besides(text) else spoken_seconds(text, working_day)
        return None if seconds is None else str(round(seconds))

    return each_distinct(pc.if_else(may, column, None), whole, pa.string())


def _count(column: Any, pattern: str) -> int:
    return pc.sum(pc.match_substring_regex(column, pattern)).as_py() or 0


def _either(first: Any, second: Any | None) -> Any:
    return first if second is None else pc.coalesce(first, second)


def _counted_seconds(column: Any, one: int) -> Any:
    """Give numbers of a unit as seconds; 1.250 is none where no cell proves the decimal mark."""
    written = pc.if_else(pc.match_substring_regex(column, _WRITTEN), column, None)
    mark = decide_mark(written).mark
    plain = rewrite_numbers(written, mark) if mark else _only_whole(written)
    fits = pc.match_substring_regex(plain, _NUMBER)
    exact = pc.cast(pc.if_else(fits, plain, None), pa.decimal128(29, 20))
    return _rounded(pc.multiply(exact, pa.scalar(Decimal(one), pa.decimal128(5, 0))))


def _only_whole(column: Any) -> Any:
    return pc.if_else(pc.match_substring_regex(column, "[.,]"), None, column)


def _clock_seconds(column: Any) -> Any:
    found = pc.extract_regex(column, _CLOCK)
    hours, minutes = (pc.cast(pc.struct_field(found, part), pa.int64()) for part in ("h", "m"))
    whole = pc.add(pc.multiply(hours, 3_600), pc.multiply(minutes, 60))
    seconds = pc.cast(pc.struct_field(found, "s"), pa.decimal128(11, 9))
    return _rounded(pc.add(pc.cast(whole, pa.decimal128(19, 0)), seconds))


def _short_seconds(column: Any, one: int) -> Any:
    found = pc.extract_regex(column, _SHORT)
    whole, sixtieths = (
        pc.cast(pc.struct_field(found, part), pa.int64()) for part in ("whole", "sixtieths")
    )
    added = pc.add(pc.multiply(whole, one), pc.multiply(sixtieths, one // 60))
    return pc.cast(added, pa.string())


def _rounded(seconds: Any) -> Any:
    return pc.cast(pc.cast(pc.round(seconds, 0, "half_to_even"), pa.int64()), pa.string())
