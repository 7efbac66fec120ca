"""Columns of dates: the order their cells prove, and the same days written YYYY-MM-DD."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from collections.abc import Callable

_NAMES = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_MONTHS = {
    text: number for number, name in enumerate(_NAMES, start=1) for text in (name, name[:3])
} | {"sept": 9}

_SLASHED = re.compile(r"([0-9]{1,2})([-/])([0-9]{1,2})\2([0-9]{4})")
_NEEDS_NO_ORDER = tuple(
    re.compile(form)
    for form in (
        r"(?P<year>[0-9]{4})(?P<mark>[-/.])(?P<month>[0-9]{2})(?P=mark)(?P<day>[0-9]{2})",
        r"(?P<year>[0-9]{4})/(?P<month>[0-9]{1,2})/(?P<day>[0-9]{1,2})",
        r"(?P<day>[0-9]{1,2})\.(?P<month>[0-9]{1,2})\.(?P<year>[0-9]{4})",
        r"(?P<year>(?:19|20|21)[0-9]{2})(?P<month>[0-9]{2})(?P<day>[0-9]{2})",
        r"(?P<day>[0-9]{1,2})(?P<mark>[- ])(?P<month>[A-Za-z]{3,9})(?P=mark)(?P<year>[0-9]{4})",
        r"(?P<month>[A-Za-z]{3,9}) (?P<day>[0-9]{1,2}),? (?P<year>[0-9]{4})",
    )
)
_CLOCK_PARTS = re.compile(r"([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))? ?([AP]M)?")

# The patterns below run in arrow (RE2): no back references there, and \z for the end.
_MAYBE_SLASHED = r"\A[0-9]{1,2}[-/][0-9]{1,2}[-/][0-9]{4}\z"
_CANONICAL_DAY = r"\A[0-9]{4}-[0-9]{2}-[0-9]{2}\z"
_CANONICAL_STAMP = r"\A[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T[0-9]{2}:[0-9]{2}:[0-9]{2})?\z"
_MINUTES = r":[0-5][0-9](?::[0-5][0-9](?:\.[0-9]+)?)?"
_CLOCK = rf"(?:[01]?[0-9]|2[0-3]){_MINUTES}|(?:0?[1-9]|1[0-2]){_MINUTES} ?[AaPp][Mm]"
OFFSET = r"Z| UTC| GMT| ?[-+](?:0[0-9]|1[0-4])(?::?[0-5][0-9])?"
_TIME = rf"[ T](?:{_CLOCK})(?:{OFFSET})?\z"
_STAMP = rf"\A.*[ T](?P<clock>{_CLOCK})(?P<offset>{OFFSET})?\z"


class DateOrder(StrEnum):
    """Which part of a date written with slashes or dashes stands first."""

    DMY = "dmy"
    MDY = "mdy"
    YMD = "ymd"


@dataclass(frozen=True, slots=True, kw_only=True)
class DateDecision:
    """What the cells of one column prove about the order of day and month.

    Shape: `order` is None where no cell needs one and where nothing settles it; only the
        second is `ambiguous`. `contradictory` holds a cell that reads only day first and
        one that reads only month first. `example` is the cell that `because` speaks of.
        `proofs` counts the cells that read only in one order: day first, month first.
    """

    order: DateOrder | None
    ambiguous: bool = False
    contradictory: tuple[str, str] | None = None
    because: str
    example: str | None = None
    proofs: tuple[int, int] = field(default=(0, 0), compare=False)


def decide_order(
    column: pa.ChunkedArray | pa.StringArray,
    *,
    told: DateOrder | None = None,
    times: pa.Array | None = None,
) -> DateDecision:
    """Say which order of day and month all cells of a column prove.

    `times` says how often each text is meant, where it is given once for several cells.
    Proof is a cell that is a day in one order and none in the other. Only cells written
    with slashes or dashes and the year last can be in doubt; a cell that is a day in
    neither order proves nothing, and one like 05/05/2024 needs no order.
    Example:
        >>> decide_order(pa.array(["03/04/2024", "25/12/2024"])).because
        "'25/12/2024' has its day first"
        >>> decide_order(pa.array(["03/04/2024"])).because
        "'03/04/2024' may be 2024-04-03 or 2024-03-04"
    """
    days = _without_time(column)
    slashed = pc.match_substring_regex(days, _MAYBE_SLASHED)
    cells = _counted(days.filter(slashed), None if times is None else times.filter(slashed))
    readings = {
        day: (_read_day(day, DateOrder.DMY), _read_day(day, DateOrder.MDY)) for day in cells
    }

    def kept(*, day_first: bool, month_first: bool) -> list[str]:
        return [
            day
            for day, (dmy, mdy) in readings.items()
            if (dmy is not None, mdy is not None) == (day_first, month_first) and dmy != mdy
        ]

    def first(kept: list[str]) -> str | None:
        # The least one, not the one met first: the order of rows must not change a message.
        return _cell_of(column, days, min(kept)) if kept else None

    only_day = kept(day_first=True, month_first=False)
    only_month = kept(day_first=False, month_first=True)
    proofs = (sum(cells[day] for day in only_day), sum(cells[day] for day in only_month))
    if told is not None:
        return DateDecision(order=told, because=f"the order was given as {told}", proofs=proofs)
    either = kept(day_first=True, month_first=True)
    found = _judge(day_first=first(only_day), month_first=first(only_month), either=first(either))
    return replace(found, proofs=proofs)


def _counted(texts: Any, times: pa.Array | None) -> dict[str, int]:
    """Give each text once, with the number of its cells."""
    if times is None:
        return {one["values"]: one["counts"] for one in pc.value_counts(texts).to_pylist()}
    rows = pa.table({"text": texts, "times": times}).group_by("text").aggregate([("times", "sum")])
    return dict(zip(rows["text"].to_pylist(), rows["times_sum"].to_pylist(), strict=True))


def rewrite_dates(
    column: pa.ChunkedArray | pa.StringArray,
    order: DateOrder | None,
    *,
    zone: str | None = None,
    keep_time: bool = False,
) -> pa.ChunkedArray | pa.StringArray:
    """Write every day of a column as YYYY-MM-DD, with its time of day if that is kept.

    A cell that is none of the accepted forms, or no day of the calendar, stays as it is.
    A time is written THH:MM:SS after the day, fractions cut. A stamp with an offset is
    moved to `zone` first; without a zone, without an offset, or where the move would leave
    the years 1 to 9999, it counts as written.
    Errors: zoneinfo.ZoneInfoNotFoundError for a zone that nobody knows.
    Example:
        >>> rewrite_dates(pa.array(["31/12/2024 23:30", "31/02/2024"]), DateOrder.DMY).to_pylist()
        ['2024-12-31', '31/02/2024']
        >>> stamps = pa.array(["2024-12-31T23:30:00Z"])
        >>> rewrite_dates(stamps, None, zone="Europe/Berlin", keep_time=True).to_pylist()
        ['2025-01-01T00:30:00']
    """
    canonical = _CANONICAL_STAMP if keep_time else _CANONICAL_DAY
    if _all_match(column, canonical):
        return column
    days = each_distinct(_without_time(column), partial(_read_day, order=order), pa.string())
    if zone is None and not keep_time:
        return pc.coalesce(days, column)
    stamps = _stamps(column, days, None if zone is None else ZoneInfo(zone))
    if not keep_time:
        stamps = pc.utf8_slice_codeunits(stamps, 0, len("YYYY-MM-DD"))
    return pc.coalesce(stamps, days, column)


def _judge(*, day_first: str | None, month_first: str | None, either: str | None) -> DateDecision:
    if day_first and month_first:
        because = f"'{day_first}' has its day first, '{month_first}' its month"
        return DateDecision(
            order=None,
            ambiguous=True,
            contradictory=(day_first, month_first),
            because=because,
            example=day_first,
        )
    if day_first:
        return DateDecision(
            order=DateOrder.DMY, because=f"'{day_first}' has its day first", example=day_first
        )
    if month_first:
        return DateDecision(
            order=DateOrder.MDY, because=f"'{month_first}' has its month first", example=month_first
        )
    if either is None:
        return DateDecision(order=None, because="no cell needs an order")
    cell = pa.array([either])
    dmy, mdy = (rewrite_dates(cell, order)[0].as_py() for order in (DateOrder.DMY, DateOrder.MDY))
    because = f"'{either}' may be {dmy} or {mdy}"
    return DateDecision(order=None, ambiguous=True, because=because, example=either)


def _cell_of(column: pa.ChunkedArray | pa.StringArray, days: Any, day: str) -> str:
    """Give a cell as it was written, time and all, whose day is written `day`."""
    cell: str = pc.min(column.filter(pc.equal(days, day))).as_py()
    return cell


def _read_day(text: str, order: DateOrder | None) -> str | None:
    """Read one day without a time, or refuse it."""
    if found := _SLASHED.fullmatch(text):
        return _read_slashed(found[1], found[3], found[4], order)
    for form in _NEEDS_NO_ORDER:
        if found := form.fullmatch(text):
            return _iso(found["year"], found["month"], found["day"])
    return None


def _read_slashed(first: str, second: str, year: str, order: DateOrder | None) -> str | None:
    if order is DateOrder.MDY:
        return _iso(year, first, second)
    if order is DateOrder.DMY or (order is None and int(first) == int(second)):
        return _iso(year, second, first)
    return None


def _iso(year: str, month: str, day: str) -> str | None:
    number = _MONTHS.get(month.lower(), 0) if month.isalpha() else int(month)
    try:
        return date(int(year), number, int(day)).isoformat()
    except ValueError:
        return None


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


def _without_time(column: Any) -> Any:
    if not pc.any(pc.match_substring(column, ":")).as_py():
        return column
    return pc.replace_substring_regex(column, _TIME, "")


def _stamps(column: Any, days: Any, zone: ZoneInfo | None) -> Any:
    """Join each day with its time of day, moved to the zone; null where a cell lacks either."""
    parts = pc.extract_regex(column, _STAMP)
    clocks = pc.replace_substring_regex(pc.struct_field(parts, "clock"), r"\.[0-9]+", "")
    stamps = pc.binary_join_element_wise(days, each_distinct(clocks, _read_clock, pa.string()), "T")
    if zone is None:
        return stamps
    offsets = each_distinct(pc.struct_field(parts, "offset"), _read_offset, pa.int64())
    return pc.coalesce(_moved(stamps, offsets, zone), stamps)


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


def _all_match(column: Any, pattern: str) -> bool:
    return pc.all(pc.match_substring_regex(column, pattern)).as_py() is not False


def each_distinct(column: Any, read: Callable[[Any], Any], kind: pa.DataType) -> Any:
    """Apply a reader of one value to each distinct value of a column; null stays null."""
    distinct = pc.unique(column)
    values = [None if value is None else read(value) for value in distinct.to_pylist()]
    return pa.array(values, kind).take(pc.index_in(column, value_set=distinct))
