"""Times of day as exports write them, and what a zone's clock shows at a moment."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.mapping.cells.cells import each_distinct, lettered
from retention_cli.patterns import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Callable
    from zoneinfo import ZoneInfo

_BEGIN = datetime(1970, 1, 1)  # noqa: DTZ001  # on any clock
_DAY = 86_400
_CLOCK_PARTS = lazy_pattern(r"([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))? ?([AP]M)?")

# The patterns below run in arrow (RE2): no back references there, and \z for the end.
_MINUTES = r":[0-5][0-9](?::[0-5][0-9](?:\.[0-9]+)?)?"
_CLOCK = rf"(?:[01]?[0-9]|2[0-3]){_MINUTES}|(?:0?[1-9]|1[0-2]){_MINUTES} ?[AaPp][Mm]"
OFFSET = r"Z| UTC| GMT| ?[-+](?:0[0-9]|1[0-4])(?::?[0-5][0-9])?"
_TIME = rf"[ T](?:{_CLOCK})(?:{OFFSET})?\z"
_STAMP = rf"\A.*[ T](?P<clock>{_CLOCK})(?P<offset>{OFFSET})?\z"

_SAID = (
    r"[0-9]T[0-9]{6}|[,\x{A0}\x{202F}]|[0-9] ?[hH]|[0-9 ][uU](?:m|hr)|[aApP]\. ?[mM]"
    r"| (?:à|at|a las?) |[)\]]\z|(?:GMT|UTC)[-+]|[0-9] [0-9]{4}\z"
)
"""What no time has that is only digits: letters around it, a comma before it, other spaces."""
_SPOKEN = (
    (r"[\x{A0}\x{202F}]", " "),
    (r"([-+][0-9]{2}:?[0-9]{2}) \([^()]*\)\z", r"\1"),
    (r"(Z|[-+][0-9]{2}:?[0-9]{2})\[[A-Za-z_/+-]+\]\z", r"\1"),
    (r"(?:GMT|UTC)([-+][0-9]{2}(?::?[0-9]{2})?)\z", r"\1"),
    (r"(?:GMT|UTC)([-+])([0-9](?::[0-9]{2})?)\z", r"\10\2"),
    (
        r"(\p{L}{3}) {1,2}([0-9]{1,2}) ([0-9:]{8})( UTC| GMT| Z| [-+][0-9]{4})? ([0-9]{4})\z",
        r"\1 \2 \5 \3\4",
    ),
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
        stamps = pc.replace_substring_regex(stamps, lettered(spoken, stamps), plain)
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
    """Join canonical days with the time of day of their stamps and, where it is known, its offset.

    With a zone every stamp is on its clock: one with an offset is moved there, one without is
    read there, and has a question mark before it where the clock never showed it.
    Undefined: null where a cell lacks either.
    """
    parts = pc.extract_regex(stamps, _STAMP)
    clocks = pc.replace_substring_regex(pc.struct_field(parts, "clock"), r"\.[0-9]+", "")
    timed = pc.binary_join_element_wise(days, each_distinct(clocks, _read_clock, pa.string()), "T")
    offsets = each_distinct(pc.struct_field(parts, "offset"), _read_offset, pa.int64())
    if zone is None:
        return pc.coalesce(_placed(timed, offsets), timed)
    moved = _moved(timed, offsets, zone)
    return pc.coalesce(moved, _read_there(pc.if_else(pc.is_null(moved), timed, None), zone))


def midnights(days: Any, zone: ZoneInfo) -> Any:
    """Give the midnights that canonical days begin with in a zone, where a clock has offsets."""
    stamps = pc.binary_join_element_wise(days, "T00:00:00", "")
    seconds = pc.multiply(days.cast(pa.date32()).cast(pa.int32()).cast(pa.int64()), _DAY)
    return _placed(stamps, each_distinct(seconds, partial(offset_at, zone=zone), pa.int64()))


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


def _placed(stamps: Any, offsets: Any) -> Any:
    """Write offsets behind stamps; null where there is none."""
    return pc.binary_join_element_wise(
        stamps, each_distinct(offsets, _offset_text, pa.string()), ""
    )


def _offset_text(offset: int) -> str:
    sign, east = ("+", offset) if offset >= 0 else ("-", -offset)
    seconds = f":{east % 60:02}" if east % 60 else ""
    return f"{sign}{east // 3600:02}:{east // 60 % 60:02}{seconds}"


def _moved(stamps: Any, offsets: Any, zone: ZoneInfo) -> Any:
    """Move stamps with an offset to the clock of a zone; null where there is none.

    Arrow's own conversion knows no summer time after 2037, so zoneinfo answers here: once
    for each day of UTC, and once for each second of the days on which clocks change.
    """
    seconds = pc.subtract(_counted(stamps), offsets)
    shift = _by_the_day(seconds, partial(_shift_all_day, zone=zone), partial(_shift_at, zone=zone))
    moved = pc.add(seconds, shift).cast(pa.timestamp("s"))
    return _placed(pc.replace_substring(moved.cast(pa.string()), " ", "T"), shift)


def _read_there(stamps: Any, zone: ZoneInfo) -> Any:
    """Give stamps without an offset that of the zone: of an hour that comes twice, the first."""
    seconds = _counted(stamps)
    offsets = _by_the_day(
        seconds, partial(offset_all_day, zone=zone), partial(offset_at, zone=zone, shown=True)
    )
    never = pc.binary_join_element_wise("?", stamps, "")
    return pc.coalesce(_placed(stamps, offsets), never)


def _counted(stamps: Any) -> Any:
    """Count the seconds on the clock since 1970."""
    return stamps.cast(pa.timestamp("s")).cast(pa.int64())


def _by_the_day(
    seconds: Any, all_day: Callable[[int], int | None], at: Callable[[int], int | None]
) -> Any:
    """Ask once for each day and, where a day has no one answer, once for each of its seconds."""
    days = seconds.cast(pa.timestamp("s")).cast(pa.date32()).cast(pa.int32())
    found = each_distinct(days, all_day, pa.int64())
    restless = pc.if_else(pc.is_null(found), seconds, None)
    return pc.coalesce(found, each_distinct(restless, at, pa.int64()))


def _shift_all_day(day: int, zone: ZoneInfo) -> int | None:
    """Give what a zone adds to UTC on a day counted from 1970, if that does not change."""
    morning, night = (_shift_at(second, zone) for second in (day * _DAY, (day + 1) * _DAY))
    return morning if morning == night else None


def _shift_at(second: int, zone: ZoneInfo) -> int | None:
    """Give what a zone adds to UTC at a second counted from 1970; None outside the calendar."""
    try:
        there = (_BEGIN.replace(tzinfo=UTC) + timedelta(seconds=second)).astimezone(zone)
    except OverflowError:
        return None
    return _seconds_of(there)


def offset_all_day(day: int, zone: ZoneInfo) -> int | None:
    """Give the offset of a zone on a day of its clock, if it is the same from end to end."""
    found = {
        offset_at((day + later) * _DAY, zone, fold=fold) for later in (0, 1) for fold in (0, 1)
    }
    return found.pop() if len(found) == 1 else None


def offset_at(second: int, zone: ZoneInfo, *, fold: int = 0, shown: bool = False) -> int | None:
    """Give the offset of a zone at a second on its clock, counted from 1970.

    Undefined: None outside the calendar and, where it has to be `shown`, for a second that the
        clock skips.
    """
    try:
        local = (_BEGIN + timedelta(seconds=second)).replace(tzinfo=zone, fold=fold)
    except OverflowError:
        return None
    return None if shown and _is_skipped(local, zone) else _seconds_of(local)


def _is_skipped(local: datetime, zone: ZoneInfo) -> bool:
    """Go to UTC and back: from a time that was never shown, that ends elsewhere."""
    try:
        back = local.astimezone(UTC).astimezone(zone)
    except OverflowError:
        return False
    return back.replace(tzinfo=None) != local.replace(tzinfo=None)


def _seconds_of(moment: datetime) -> int:
    return round((moment.utcoffset() or timedelta()).total_seconds())
