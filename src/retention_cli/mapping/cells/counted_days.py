"""Moments that are counted: in seconds or less since 1970, or in days as Excel does."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from enum import IntEnum
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.mapping.cells.cells import each_distinct
from retention_cli.patterns import lazy_pattern

_COUNT = r"\A[0-9]{9,19}(?:\.[0-9]{1,9})?\z"
_HOURLY = r"\A(?:(?:19|20)[0-9]{2}|[0-9]{2})(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])(?:[01][0-9]|2[0-3])(?:[0-5][0-9])?\z"
"""A day and its hour run together, such as 2025060309 or 2506030900: ten digits too."""
_FIRST, _LAST = 10**9 // 2, 4_102_444_799
"""Seconds from November 1985 to the end of 2099: no other number in a column of dates is so long."""

EXCEL_DAYS = "excel-days"
_EXCEL = lazy_pattern(r"([0-9]{1,7})(?:[.,]([0-9]{1,20}))?")
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001  # a spreadsheet has no zone
_SERIALS = range(61, 2_958_466)
"""How Excel counts the days from March 1900, behind a day that never was, to the end of 9999."""


class Since1970(IntEnum):
    """What a column counts; its value is how many of them a second has."""

    SECONDS = 1
    MILLISECONDS = 1_000
    MICROSECONDS = 1_000_000
    NANOSECONDS = 1_000_000_000

    @property
    def word(self) -> str:
        """How messages call it."""
        return self.name.lower()


def counted_since_1970(column: Any) -> Since1970 | None:
    """Say in what a column counts the time since 1970; None where it does not, or not throughout.

    Example:
        >>> counted_since_1970(pa.array(["1748934000000", None])).word
        'milliseconds'
        >>> counted_since_1970(pa.array(["2025060309"]))
    """
    cells = column.drop_null() if isinstance(column, pa.Array) else pc.drop_null(column)
    if not len(cells) or not pc.all(pc.match_substring_regex(cells, _COUNT)).as_py():
        return None
    if pc.all(pc.match_substring_regex(cells, _HOURLY)).as_py():
        return None
    least, most = (Decimal(cell.as_py()) for cell in (_shortest(cells), _longest(cells)))
    fits = (unit for unit in Since1970 if least / unit >= _FIRST and most / unit <= _LAST)
    return next(fits, None)


def since_1970(column: Any, unit: Since1970) -> Any:
    """Write counts as stamps of UTC, fractions of a second cut.

    Example:
        >>> since_1970(pa.array(["1748934000500"]), Since1970.MILLISECONDS).to_pylist()
        ['2025-06-03T07:00:00Z']
    """
    whole = pc.cast(pc.replace_substring_regex(column, r"\..*\z", ""), pa.int64())
    seconds = pc.cast(pc.divide(whole, unit.value), pa.timestamp("s"))
    text = pc.replace_substring(pc.cast(seconds, pa.string()), " ", "T")
    return pc.binary_join_element_wise(text, "Z", "")


def excel_days(column: Any) -> Any:
    """Write days that Excel counts, with their time to the second; other cells stay.

    Example:
        >>> excel_days(pa.array(["45811", "45811.5", "60", "3 June"])).to_pylist()
        ['2025-06-03', '2025-06-03 12:00:00', '60', '3 June']
    """
    return pc.coalesce(each_distinct(column, _excel_day, pa.string()), column)


def _excel_day(text: str) -> str | None:
    found = _EXCEL.fullmatch(text)
    if found is None or int(found[1]) not in _SERIALS:
        return None
    seconds = round(Decimal(f"0.{found[2] or 0}") * 86_400)
    day = _EPOCH + timedelta(days=int(found[1]))
    try:
        moment = day + timedelta(seconds=seconds)
    except OverflowError:
        return None
    return f"{moment:%Y-%m-%d %H:%M:%S}" if seconds else f"{moment:%Y-%m-%d}"


def _shortest(cells: Any) -> Any:
    """Give the least count: of numbers without leading zeros, the shortest and first of those."""
    return _by_length(cells, pc.min)


def _longest(cells: Any) -> Any:
    return _by_length(cells, pc.max)


def _by_length(cells: Any, end: Any) -> Any:
    whole = pc.utf8_length(pc.replace_substring_regex(cells, r"\..*\z", ""))
    return end(cells.filter(pc.equal(whole, end(whole))))
