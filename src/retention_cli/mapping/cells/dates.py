"""Columns of dates: the order their cells prove, and the same days written YYYY-MM-DD."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import partial
from typing import Any
from unicodedata import normalize
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.mapping.cells.calendar_names import month_number, weekday_number
from retention_cli.mapping.cells.cells import each_distinct, lettered
from retention_cli.mapping.cells.clocks import midnights, plainly, with_time, without_time
from retention_cli.patterns import lazy_pattern

_SLASHED = lazy_pattern(r"([0-9]{1,2})([-/])([0-9]{1,2})\2([0-9]{4})")
_OF_A_WEEKDAY = lazy_pattern(r"(?P<weekday>[^\W\d_]{2,10})\.?,? (?P<day>.+)")
_NAME = r"(?P<month>[^\W\d_]{3,10})"
_NEEDS_NO_ORDER = tuple(
    lazy_pattern(form)
    for form in (
        r"(?P<year>[0-9]{4})(?P<mark>[-/.])(?P<month>[0-9]{2})(?P=mark)(?P<day>[0-9]{2})",
        r"(?P<year>[0-9]{4})(?P<mark>[-/])(?P<month>[0-9]{1,2})(?P=mark)(?P<day>[0-9]{1,2})",
        r"(?P<year>[0-9]{4})\. ?(?P<month>[0-9]{1,2})\. ?(?P<day>[0-9]{1,2})\.?",
        r"(?P<year>[0-9]{4})[年년] ?(?P<month>[0-9]{1,2})[月월] ?(?P<day>[0-9]{1,2})[日일]",
        r"(?P<day>[0-9]{1,2})\.(?P<month>[0-9]{1,2})\.(?P<year>[0-9]{4})",
        r"(?P<year>(?:19|20|21)[0-9]{2})(?P<month>[0-9]{2})(?P<day>[0-9]{2})",
        rf"(?P<day>[0-9]{{1,2}})(?P<mark>[-/.]){_NAME}\.?(?P=mark)(?P<year>[0-9]{{4}})",
        rf"(?P<year>[0-9]{{4}})-{_NAME}-(?P<day>[0-9]{{2}})",
        rf"(?P<day>[0-9]{{1,2}})(?:\.|er|º|st|nd|rd|th)? (?:de )?{_NAME}\.?,? (?:del? )?(?P<year>[0-9]{{4}})",
        rf"{_NAME}\.? (?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?(?:,|,? del?)? (?P<year>[0-9]{{4}})",
    )
)

# The patterns below run in arrow (RE2): no back references there, and \z for the end.
_MAYBE_SLASHED = r"\A(?:\p{L}{2,10}\.?,? )?[0-9]{1,2}[-/][0-9]{1,2}[-/][0-9]{4}\z"
_FORMS = {
    "ymd": r"\A[0-9]{4}",
    "d.m.y": r"\A[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{4}\z",
    "named months": r"\p{L}{3}",
}
_CANONICAL_DAY = r"\A[0-9]{4}-[0-9]{2}-[0-9]{2}\z"
_CANONICAL_STAMP = r"\A[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T[0-9]{2}:[0-9]{2}:[0-9]{2})?\z"


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
        one that reads only month first. `example` is the cell that `because` covers.
        `proofs` counts the cells that read only in one order: day first, month first.
        `written` names the forms of cells that need no order.
    """

    order: DateOrder | None
    ambiguous: bool = False
    contradictory: tuple[str, str] | None = None
    because: str
    example: str | None = None
    proofs: tuple[int, int] = field(default=(0, 0), compare=False)
    written: str | None = field(default=None, compare=False)


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
    days = without_time(plainly(column))
    slashed = pc.match_substring_regex(days, lettered(_MAYBE_SLASHED, days))
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
    written = None if found.order or found.ambiguous else _forms(pc.unique(days))
    return replace(found, proofs=proofs, written=written)


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

    A cell that is not one of the accepted forms, or no day of the calendar, stays as it is.
    A time is written THH:MM:SS after the day, fractions cut, and its offset after that. A stamp
    with an offset is moved to `zone` first, one without is read there, and a day without a time
    begins there; without a zone, or where the move would leave the years 1 to 9999, it counts as
    written. A time that the clock of the zone skips gets a question mark.
    Errors: zoneinfo.ZoneInfoNotFoundError for a zone that nobody knows.
    Example:
        >>> rewrite_dates(pa.array(["31/12/2024 23:30", "31/02/2024"]), DateOrder.DMY).to_pylist()
        ['2024-12-31', '31/02/2024']
        >>> stamps = pa.array(["2024-12-31T23:30:00Z"])
        >>> rewrite_dates(stamps, None, zone="Europe/Berlin", keep_time=True).to_pylist()
        ['2025-01-01T00:30:00+01:00']
    """
    canonical = _CANONICAL_STAMP if keep_time else _CANONICAL_DAY
    if not (keep_time and zone) and _all_match(column, canonical):
        return column
    plain = plainly(column)
    days = each_distinct(without_time(plain), partial(_read_day, order=order), pa.string())
    if zone is None and not keep_time:
        return pc.coalesce(days, column)
    there = None if zone is None else ZoneInfo(zone)
    stamps = with_time(plain, days, there)
    if not keep_time:
        stamps = pc.utf8_slice_codeunits(pc.utf8_ltrim(stamps, "?"), 0, len("YYYY-MM-DD"))
    elif there is not None:
        stamps = pc.coalesce(stamps, midnights(days, there))
    return pc.coalesce(stamps, days, column)


def _forms(days: pa.Array | pa.ChunkedArray) -> str | None:
    """Name the forms, none of which needs an order, that a column of days has."""
    found = (
        form
        for form, pattern in _FORMS.items()
        if pc.any(pc.match_substring_regex(days, lettered(pattern, days))).as_py()
    )
    return ", ".join(found) or None


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
    """Read one day without a time, or refuse it; a weekday in front has to be its own."""
    text = normalize("NFC", text)
    if (day := _read_plain_day(text, order)) is not None:
        return day
    found = _OF_A_WEEKDAY.fullmatch(text)
    weekday = weekday_number(found["weekday"]) if found else None
    day = _read_plain_day(found["day"], order) if found and weekday is not None else None
    return day if day and date.fromisoformat(day).weekday() == weekday else None


def _read_plain_day(text: str, order: DateOrder | None) -> str | None:
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
    number = int(month) if month.isdigit() else month_number(month)
    try:
        return date(int(year), number or 0, int(day)).isoformat()
    except ValueError:
        return None


def _all_match(column: Any, pattern: str) -> bool:
    return pc.all(pc.match_substring_regex(column, pattern)).as_py() is not False
