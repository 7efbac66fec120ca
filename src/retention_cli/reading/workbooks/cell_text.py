"""Cells of workbooks to text: one form for each value, whichever reader found it."""

from __future__ import annotations

import math
import re
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from retention_cli.patterns import lazy_pattern
from retention_cli.reading.workbooks.currencies import currency_in

DIGITS = 15
"""What Excel itself keeps of a number; more are noise of binary floats."""

DAY_MS = 86_400_000
_EPOCH, _EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)  # noqa: DTZ001  # no zone
_LEAP_DAY_THAT_WAS_NOT = 60
_MIDNIGHT = " 00:00:00"
_FIRST_SURE_SERIAL = 367
"""From 1901-01-01 on, a serial in a cell of times is a moment; below, it is a span of time."""

_QUOTED = lazy_pattern(r'"[^"]*"|\\.|[_*].|\[(?!(?:h+|m+|s+)\])[^\]]*\]', re.IGNORECASE | re.DOTALL)
_ELAPSED = lazy_pattern(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_SECONDS_PART = lazy_pattern(r"s[\]]?\.0+")
_DATE_LETTERS = lazy_pattern(r"(?:[ymdhs /.,:;@-]|am/pm|a/p)*", re.IGNORECASE)
_NUMBER_LETTERS = lazy_pattern(r"(?:General|[0-9#?.,%/ ()+$€£¥;@E:'-])*", re.IGNORECASE)
_GENERAL = frozenset({"general", "standard"})
_EAST_ASIAN_DATES = frozenset((*range(27, 37), *range(50, 59)))
"""Built-in formats without a code, of dates in Chinese, Japanese and Korean versions."""


class CellForm(StrEnum):
    """What the format of a cell makes of its number."""

    NUMBER = "number"
    MOMENT = "moment"
    CLOCK = "clock"
    ELAPSED = "elapsed"


class CellFormat(NamedTuple):
    """What a format makes of a number, and the currency that it shows beside it."""

    form: CellForm
    currency: str | None = None

    @classmethod
    def of(cls, code: str, number: int = 0) -> CellFormat:
        """Read a format; its number counts where it is built in."""
        form = form_of(code, number)
        return cls(form, currency_in(code) if form is CellForm.NUMBER else None)


def form_of(code: str, number: int = 0) -> CellForm:
    """Say what a format is for: its code, and its number where that is built in.

    Example:
        >>> form_of("yyyy-mm-dd").value, form_of("[h]:mm").value, form_of('0 "days"').value
        ('moment', 'elapsed', 'number')
        >>> form_of("h:mm AM/PM").value, form_of("General", 31).value
        ('clock', 'moment')
    """
    first = _QUOTED.sub("", code.split(";", maxsplit=1)[0]).lower()
    if _ELAPSED.search(first):
        return CellForm.ELAPSED
    if number in _EAST_ASIAN_DATES and code == "General":
        return CellForm.MOMENT
    # A format with digits is one of numbers, whatever unit stands beside them without quotes.
    if first in _GENERAL or set(_SECONDS_PART.sub("s", first)) & set("0#?"):
        return CellForm.NUMBER
    letters = set(first)
    if letters & set("yd") or ("m" in letters and not letters & set("hs")):
        return CellForm.MOMENT
    return CellForm.CLOCK if letters & set("hs") else CellForm.NUMBER


def is_plain_format(code: str) -> bool:
    """Tell a format that every reader takes for the same: all of it dates, or all numbers.

    Example:
        >>> is_plain_format("dd.mm.yyyy hh:mm"), is_plain_format("#,##0.00 [$EUR]")
        (True, True)
        >>> is_plain_format("[>100]0;yyyy"), is_plain_format("g/standard")
        (False, False)
    """
    if re.search(r"\[[<>=]", code):
        return False
    bare = _ELAPSED.sub("h", _QUOTED.sub("", code))
    if _NUMBER_LETTERS.fullmatch(bare):
        return True
    sections = [section for section in bare.split(";") if section not in {"", "@"}]
    return all(_DATE_LETTERS.fullmatch(section) for section in sections)


def number_text(number: float) -> str:
    """Write a number in its shortest decimal form of at most 15 digits.

    Example:
        >>> number_text(1001.0), number_text(0.1 + 0.2), number_text(1e20), number_text(-2.5e-7)
        ('1001', '0.3', '100000000000000000000', '-0.00000025')
    """
    text = format(number, f".{DIGITS}g")
    if "e" in text:
        text = format(Decimal(text), "f")
    return "0" if text == "-0" else text


def clock_text(milliseconds: int) -> str:
    """Write a span of time as H:MM:SS.

    Example:
        >>> clock_text(108_000_000), clock_text(61_250), clock_text(-5_400_000)
        ('30:00:00', '0:01:01.25', '-1:30:00')
    """
    sign = "-" if milliseconds < 0 else ""
    seconds, rest = divmod(abs(milliseconds), 1000)
    fraction = f".{rest:03}".rstrip("0") if rest else ""
    return f"{sign}{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}{fraction}"


def moment_text(moment: datetime | date) -> str:
    """Write a day, with its time of day unless that is midnight.

    Example:
        >>> moment_text(datetime(2025, 6, 3)), moment_text(datetime(2025, 6, 3, 14, 5))
        ('2025-06-03', '2025-06-03 14:05:00')
    """
    text = str(moment)
    if not isinstance(moment, datetime):
        return text
    return text.removesuffix(_MIDNIGHT) if "." not in text else text.rstrip("0")


def serial_text(serial: float, form: CellForm, *, from_1904: bool = False) -> str:
    """Write a number as the format of its cell shows it; as a number where that is not possible.

    A format of times without a date says a span of time: 1.25 days are 30 hours.
    Example:
        >>> serial_text(45811.5, CellForm.MOMENT), serial_text(60, CellForm.MOMENT)
        ('2025-06-03 12:00:00', '1900-02-29')
        >>> serial_text(1.25, CellForm.ELAPSED), serial_text(1.25, CellForm.NUMBER)
        ('30:00:00', '1.25')
    """
    if form is CellForm.NUMBER or not math.isfinite(serial * DAY_MS):
        return number_text(serial)
    milliseconds = math.floor(serial * DAY_MS + 0.5)
    if form is CellForm.ELAPSED:
        return clock_text(milliseconds)
    shows_no_day = serial < 1 and not from_1904
    if serial >= 0 and (shows_no_day or (form is CellForm.CLOCK and serial < _FIRST_SURE_SERIAL)):
        return clock_text(milliseconds)
    moment = _moment(serial, milliseconds, from_1904=from_1904)
    return number_text(serial) if moment is None else moment


def _moment(serial: float, milliseconds: int, *, from_1904: bool) -> str | None:
    if serial < 0:
        return None
    epoch = _EPOCH_1904 if from_1904 else _EPOCH
    before = not from_1904 and milliseconds < _LEAP_DAY_THAT_WAS_NOT * DAY_MS
    try:
        moment = epoch + timedelta(milliseconds=milliseconds, days=1 if before else 0)
    except OverflowError:
        return None
    text = moment_text(moment)
    there = milliseconds // DAY_MS == _LEAP_DAY_THAT_WAS_NOT and not from_1904
    return f"1900-02-29{text[10:]}" if there else text
