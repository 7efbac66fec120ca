"""Durations as exports write them, to whole seconds: one unit for a column, never one for a cell."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

_NUMBER = r"\A[0-9]{1,9}(?:\.[0-9]{1,6})?\z"
_CLOCK = r"\A(?P<h>[0-9]{1,6}):(?P<m>[0-5][0-9])(?::(?P<s>[0-5][0-9]))?(?:\.[0-9]+)?\z"
_WORDS = {
    "seconds": ("s", "sec", "secs", "second", "seconds", "sekunden", "secondes", "segundos"),
    "minutes": ("m", "min", "mins", "minute", "minutes", "minuten", "minutos"),
    "hours": ("h", "hr", "hrs", "hour", "hours", "std", "stunden", "heures", "horas"),
    "days": ("d", "day", "days", "tage", "jours", "dias"),
}


class DurationUnit(StrEnum):
    """How a column writes its durations. `clock` is H:MM:SS, or H:MM where no cell has seconds."""

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
    words = set(re.split(r"[^a-z]+", re.sub(r"([a-z])([A-Z])", r"\1 \2", header).casefold()))
    named = [unit for unit, known in _WORDS.items() if words & set(known)]
    return DurationUnit(named[0]) if len(named) == 1 else None


def decide_unit(column: Any, *, header: str, told: str | None = None) -> DurationDecision:
    """Decide the unit of a column: what was told, its cells where they are clocks, its header.

    Example:
        >>> decide_unit(pa.array(["1:30:00"]), header="FRT").unit
        <DurationUnit.CLOCK: 'clock'>
        >>> decide_unit(pa.array(["90"]), header="FRT").ambiguous
        True
    """
    clocks = pc.sum(pc.match_substring_regex(column, _CLOCK)).as_py() or 0
    numbers = pc.sum(pc.match_substring_regex(column, r"\A[0-9]+([.,][0-9]+)?\z")).as_py() or 0
    if clocks and clocks >= numbers:
        return DurationDecision(unit=DurationUnit.CLOCK, because="cells are written H:MM:SS")
    if told is not None:
        return DurationDecision(unit=DurationUnit(told), because=f"the unit was given as {told}")
    found = unit_of(header)
    if found is not None:
        return DurationDecision(unit=found, because=f"header '{header}' says so")
    if not numbers:
        return DurationDecision(unit=None, because="no cell is a duration")
    return DurationDecision(
        unit=None, because="nothing says whether it is seconds, minutes or hours", ambiguous=True
    )


def rewrite_durations(column: Any, unit: DurationUnit | None) -> Any:
    """Write every duration of a column as whole seconds, rounded half to even.

    A cell that is no duration in that unit stays as it is, but for one that would pass as
    seconds: it gets a question mark, and is refused under its own text.
    Example:
        >>> rewrite_durations(pa.array(["1:30:00", "x"]), DurationUnit.CLOCK).to_pylist()
        ['5400', 'x']
        >>> rewrite_durations(pa.array(["1.5"]), DurationUnit.MINUTES).to_pylist()
        ['90']
    """
    if unit is DurationUnit.CLOCK:
        seconds = _clock_seconds(column)
    elif unit is None:
        seconds = pa.nulls(len(column), pa.string())
    else:
        plain = pc.replace_substring(column, ",", ".")
        fits = pc.match_substring_regex(plain, _NUMBER)
        exact = pc.cast(pc.if_else(fits, plain, None), pa.decimal128(18, 6))
        product = pc.multiply(exact, pa.scalar(Decimal(_SECONDS[unit]), pa.decimal128(9, 0)))
        seconds = pc.cast(pc.cast(pc.round(product, 0, "half_to_even"), pa.int64()), pa.string())
    passes = pc.match_substring_regex(column, r"\A[0-9]+\z")
    doubtful = pc.if_else(passes, pc.binary_join_element_wise("?", column, ""), column)
    return pc.if_else(pc.is_valid(seconds), seconds, doubtful)


def rewrite_clock_hours(column: Any) -> Any:
    """Write clock durations as hours with eight decimals; other cells stay as they are.

    Example:
        >>> rewrite_clock_hours(pa.array(["1:30:00", "0.25"])).to_pylist()
        ['1.50000000', '0.25']
    """
    if not pc.any(pc.match_substring_regex(column, _CLOCK)).as_py():
        return column
    seconds = pc.cast(_clock_seconds(column), pa.decimal128(28, 16))
    hours = pc.round(
        pc.divide(seconds, pa.scalar(Decimal(3600), pa.decimal128(4, 0))), 8, "half_to_even"
    )
    text = pc.cast(pc.cast(hours, pa.decimal128(24, 8)), pa.string())
    return pc.coalesce(pc.replace_substring_regex(text, r"\A0E-?[0-9]+\z", "0"), column)


def _clock_seconds(column: Any) -> Any:
    found = pc.extract_regex(column, _CLOCK)
    hours, minutes, seconds = (
        pc.cast(pc.if_else(pc.equal(part, ""), "0", part), pa.int64())
        for part in (pc.struct_field(found, name) for name in ("h", "m", "s"))
    )
    total = pc.add(pc.add(pc.multiply(hours, 3600), pc.multiply(minutes, 60)), seconds)
    return pc.cast(total, pa.string())
