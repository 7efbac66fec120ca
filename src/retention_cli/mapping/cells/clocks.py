"""Times of day as exports write them, and what a zone's clock shows at a moment."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.mapping.cells.cells import each_distinct

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

_CLOCK_PARTS = re.compile(r"([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))? ?([AP]M)?")

# The patterns below run in arrow (RE2): no back references there, and \z for the end.
_MINUTES = r":[0-5][0-9](?::[0-5][0-9](?:\.[0-9]+)?)?"
_CLOCK = rf"(?:[01]?[0-9]|2[0-3]){_MINUTES}|(?:0?[1-9]|1[0-2]){_MINUTES} ?[AaPp][Mm]"
OFFSET = r"Z| UTC| GMT| ?[-+](?:0[0-9]|1[0-4])(?::?[0-5][0-9])?"
_TIME = rf"[ T](?:{_CLOCK})(?:{OFFSET})?\z"
_STAMP = rf"\A.*[ T](?P<clock>{_CLOCK})(?P<offset>{OFFSET})?\z"

_SAID = r"[0-9]T[0-9]{6}|[,\x{A0}\x{202F}]|[0-9] ?[hH]|[0-9 ][uU](?:m|hr)|[aApP]\. ?[mM]| (?:à|at|a las?) "
"""What no time has that is only digits: letters around it, a comma before it, other spaces."""
_SPOKEN = (
    (r"[\x{A0}\x{202F}]", " "),
    (r"([0-9]T[0-9]{2})([0-9]{2})([0-9]{2})", r"\1:\2:\3"),
    (r"(?i)( [0-9]{1,2})[.]([0-9]{2}) Uhr\z", r"\1:\2"),
    (r"(?i) Uhr\z", ""),
    (r"(?i)( [0-9]{1,2}) ?h ?([0-9]{2})\z", r"\1:\2"),
    (r"(?i)([ 0-9][ap])\. ?m\.?\z", r"\1m"),
    (r"(?i)(?:,| um|,? à|,? at|,? a las?) ([0-9]{1,2}:)", r" \1"),
)


def plainly(stamps: Any) -> Any:
    """Write times of day that are said in words or run together as digits with colons.

    Example:
        >>> said = ["5.6.2026, 14.05 Uhr", "5 juin 2026 à 14h05", "6/5/2026 2:05 p.m."]
        >>> plainly(pa.array([*said, "20260605T140500Z"])).to_pylist()[:2]
        ['5.6.2026 14:05', '5 juin 2026 14:05']
        >>> plainly(pa.array([*said, "20260605T140500Z"])).to_pylist()[2:]
        ['6/5/2026 2:05 pm', '20260605T14:05:00Z']
    """
    if not pc.any(pc.match_substring_regex(stamps, _SAID)).as_py():
        return stamps
    for spoken, plain in _SPOKEN:
        stamps = pc.replace_substring_regex(stamps, spoken, plain)
    return stamps


def without_time(stamps: Any) -> Any:
    """Leave of each stamp its day; what has no time of day stays as it is.

    Example:
        >>> without_time(pa.array(["31/12/2024 23:30Z", "31/12/2024 25:00"])).to_pylist()
        ['31/12/2024', '31/12/2024 25:00']
    """
    if not pc.any(pc.match_substring(stamps, ":")).as_py():
        return stamps
    return pc.replace_substring_regex(stamps, _TIME, "")


def with_time(stamps: Any, days: Any, zone: ZoneInfo | None) -> Any:
    """Join canonical days with the time of day of their stamps, moved to the zone.

    Undefined: null where a cell lacks either.
    """
    parts = pc.extract_regex(stamps, _STAMP)
    clocks = pc.replace_substring_regex(pc.struct_field(parts, "clock"), r"\.[0-9]+", "")
    timed = pc.binary_join_element_wise(days, each_distinct(clocks, _read_clock, pa.string()), "T")
    if zone is None:
        return timed
    offsets = each_distinct(pc.struct_field(parts, "offset"), _read_offset, pa.int64())
    return pc.coalesce(_moved(timed, offsets, zone), timed)


def _read_clock(text: str) -> str | None:
    """Write a time of day whose fraction is cut already as HH:MM:SS."""
    found = _CLOCK_PARTS.fullmatch(text.upper())
    if found is None:
        return None
    hour = int(found[1])
    if found[4]:
        hour = hour % 12 + (12 if found[4] == "PM" else 0)
    return f"{hour:02}:{found[2]}:{found[3] or '00'}"


def _read_offset(text: str) -> int | None:
    """Give an offset that `OFFSET` found in seconds east of UTC."""
    if not text:
        return None
    sign, digits = text.strip()[0], text.strip()[1:].replace(":", "")
    if sign not in "+-":
        return 0
    minutes = int(digits[:2]) * 60 + int(digits[2:] or 0)
    return minutes * 60 if sign == "+" else -minutes * 60


def _moved(stamps: Any, offsets: Any, zone: ZoneInfo) -> Any:
    """Move stamps with an offset to the clock of a zone; null where there is none.

    Arrow's own conversion knows no summer time after 2037, so zoneinfo answers here: once
    for each day of UTC, and once for each second of the days on which clocks change.
    """
    seconds = pc.subtract(stamps.cast(pa.timestamp("s")).cast(pa.int64()), offsets)
    days = seconds.cast(pa.timestamp("s")).cast(pa.date32()).cast(pa.int32())
    shift = each_distinct(days, partial(_shift_all_day, zone=zone), pa.int64())
    restless = pc.if_else(pc.is_null(shift), seconds, None)
    shift = pc.coalesce(shift, each_distinct(restless, partial(_shift_at, zone=zone), pa.int64()))
    moved = pc.add(seconds, shift).cast(pa.timestamp("s"))
    return pc.replace_substring(moved.cast(pa.string()), " ", "T")


def _shift_all_day(day: int, zone: ZoneInfo) -> int | None:
    """Give what a zone adds to UTC on a day counted from 1970, if that does not change."""
    morning, night = (_shift_at(second, zone) for second in (day * 86400, (day + 1) * 86400))
    return morning if morning == night else None


def _shift_at(second: int, zone: ZoneInfo) -> int | None:
    """Give what a zone adds to UTC at a second counted from 1970; None outside the calendar."""
    try:
        shift = (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=second)).astimezone(zone)
    except OverflowError:
        return None
    return round((shift.utcoffset() or timedelta()).total_seconds())
