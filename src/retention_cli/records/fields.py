"""The cell types, each with both lanes: a reader of one cell and a proof for whole columns."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pydantic import AfterValidator, BeforeValidator
from pydantic_core import PydanticCustomError

from retention_cli.patterns import lazy_pattern
from retention_cli.records.base import (
    CODE,
    DAY,
    DURATION,
    FLAG,
    IDENTITY,
    NUMBER,
    Column,
    Filled,
)
from retention_cli.records.unread import why_no_duration, why_unread

SCALE_DIGITS = 4
WHOLE_DIGITS = 14
"""Amounts stay below a hundred trillion, so that sums of them can be checked in 64 bits."""

HOLDS_NUL = ("control-character", "holds the control character U+0000")
"""What is wrong with text that no system wrote on purpose."""

_DAY = lazy_pattern(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MONEY = lazy_pattern(r"(-?)([0-9]+)(?:\.([0-9]+))?")
_WHOLE = lazy_pattern(r"-?[0-9]{1,6}(?:\.0+)?")
_CODE = lazy_pattern(r"[A-Z]{3}")
_SERIAL = lazy_pattern(r"([1-9][0-9]{4})(?:\.[0-9]+)?")
_SERIALS = range(18_264, 91_313)
"""How Excel counts the days from 1950 to 2149."""

PLAIN_DAY = (
    r"\A(?:19|20|21)[0-9]{2}-(?:"
    r"(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])"
    r"|(?:0[13-9]|1[0-2])-(?:29|30)"
    r"|(?:0[13578]|1[02])-31)\z"
)
_SECONDS = lazy_pattern(r"[0-9]{1,12}")
_PLAIN_SECONDS = r"\A[0-9]{1,12}\z"
_PLAIN_YES_NO = r"\A(?:yes|no)\z"
_PLAIN_MONEY = r"\A-?[0-9]{1,10}(?:\.[0-9]{1,4})?\z"
_PLAIN_WHOLE = r"\A-?[0-9]{1,6}\z"
_PLAIN_CODE = r"\A[A-Z]{3}\z"


def _only(cells: pa.StringArray, pattern: str) -> pa.StringArray:
    fits = pc.match_substring_regex(cells, pattern)
    return pc.if_else(fits, cells, pa.scalar(None, cells.type))


def filled_text(value: object) -> str:
    """Give the text of a cell that may not be blank."""
    if not isinstance(value, str):
        raise PydanticCustomError("missing-value", "is blank")
    return value


def _read_text(value: object) -> str | None:
    if value is None:
        return None
    text = filled_text(value)
    if "\0" in text:
        raise PydanticCustomError(*HOLDS_NUL)
    return text


def _read_id(value: object) -> str:
    text = _read_text(filled_text(value))
    if not text:
        raise PydanticCustomError("missing-value", "is blank")
    return text


def _prove_text(cells: pa.StringArray) -> pa.Array:
    return pc.if_else(pc.match_substring(cells, "\0"), pa.scalar(None, cells.type), cells)


def _prove_id(cells: pa.StringArray) -> pa.Array:
    proven = _prove_text(cells)
    return pc.if_else(pc.equal(proven, ""), pa.scalar(None, cells.type), proven)


def _read_day(value: object) -> date | None:
    if value is None:
        return None
    text = filled_text(value)
    if not _DAY.fullmatch(text):
        refuse_serial(text)
        raise PydanticCustomError("bad-date", why_unread(text, "date"))
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise PydanticCustomError("bad-date", "is not a day of the calendar") from None


def refuse_serial(text: str) -> None:
    """Refuse a number in a column of dates that is most likely a date without its format."""
    found = _SERIAL.fullmatch(text)
    if found and int(found[1]) in _SERIALS:
        day = date(1899, 12, 30) + timedelta(days=int(found[1]))
        raise PydanticCustomError(
            "excel-date",
            'looks like an Excel date ({day}); unit = "excel-days" in a recipe of its column under'
            " [export.columns] reads it",
            {"day": day.isoformat()},
        )


def _prove_day(cells: pa.StringArray) -> pa.Array:
    return pc.cast(_only(cells, PLAIN_DAY), pa.date32())


def _read_seconds(value: object) -> int | None:
    if value is None:
        return None
    text = filled_text(value)
    if not _SECONDS.fullmatch(text):
        raise PydanticCustomError("bad-duration", why_no_duration(text))
    return int(text)


def _prove_seconds(cells: pa.StringArray) -> pa.Array:
    return pc.cast(_only(cells, _PLAIN_SECONDS), pa.int64())


def _read_yes_no(value: object) -> str | None:
    if value is None:
        return None
    text = filled_text(value)
    if text not in {"yes", "no"}:
        raise PydanticCustomError("bad-flag", "is neither yes nor no")
    return text


def _prove_yes_no(cells: pa.StringArray) -> pa.Array:
    return _only(cells, _PLAIN_YES_NO)


def _read_money(value: object) -> int | None:
    if value is None:
        return None
    found = _MONEY.fullmatch(filled_text(value))
    if not found:
        raise PydanticCustomError("bad-number", "is not an amount that can be read")
    sign, whole, decimals = found[1], found[2].lstrip("0"), (found[3] or "").rstrip("0")
    if len(decimals) > SCALE_DIGITS:
        raise PydanticCustomError("too-many-decimals", "has more than four decimals")
    if len(whole) > WHOLE_DIGITS:
        raise PydanticCustomError("number-too-large", "is a hundred trillion or more")
    scaled = int(whole + decimals.ljust(SCALE_DIGITS, "0"))
    return -scaled if sign else scaled


def _prove_money(cells: pa.StringArray) -> pa.Array:
    amounts = pc.cast(_only(cells, _PLAIN_MONEY), pa.decimal128(14, SCALE_DIGITS))
    return unscaled(amounts)


def unscaled(amounts: pa.Array) -> pa.Array:
    """Give the whole ten-thousandths of decimals that fit into 64 bits, as whole numbers of their last digit.

    Example:
        >>> unscaled(pa.array(["1.5", None]).cast(pa.decimal128(14, 4))).to_pylist()
        [15000, None]
    """
    if not len(amounts):
        return pa.array([], pa.int64())
    low_words = np.frombuffer(amounts.buffers()[1], dtype="<i8")[::2]
    values = low_words[amounts.offset : amounts.offset + len(amounts)]
    return pa.array(values, pa.int64(), mask=np.asarray(amounts.is_null()))


def _read_whole(value: object) -> int | None:
    if value is None:
        return None
    text = filled_text(value)
    if not _WHOLE.fullmatch(text):
        raise PydanticCustomError("bad-number", "is not a whole number")
    return int(text.partition(".")[0])


def _prove_whole(cells: pa.StringArray) -> pa.Array:
    return pc.cast(_only(cells, _PLAIN_WHOLE), pa.int64())


def _read_code(value: object) -> str | None:
    if value is None:
        return None
    text = filled_text(value)
    if not _CODE.fullmatch(text):
        raise PydanticCustomError("bad-currency", "is not a currency of three letters")
    return text


def _prove_code(cells: pa.StringArray) -> pa.Array:
    return _only(cells, _PLAIN_CODE)


def _filled(value: object) -> object:
    if value is None:
        raise PydanticCustomError("missing-value", "is blank")
    return value


Id = Annotated[str, BeforeValidator(_read_id), Column(pa.string(), _prove_id), IDENTITY, Filled()]
OptionalId = Annotated[
    str | None, BeforeValidator(_read_text), Column(pa.string(), _prove_id), IDENTITY
]
Text = Annotated[str | None, BeforeValidator(_read_text), Column(pa.string(), _prove_text)]
Day = Annotated[date | None, BeforeValidator(_read_day), Column(pa.date32(), _prove_day), DAY]
FilledDay = Annotated[
    date | None,
    BeforeValidator(_read_day),
    AfterValidator(_filled),
    Column(pa.date32(), _prove_day),
    DAY,
    Filled(),
]
Money = Annotated[
    int | None, BeforeValidator(_read_money), Column(pa.int64(), _prove_money), NUMBER
]
FilledMoney = Annotated[
    int | None,
    BeforeValidator(_read_money),
    AfterValidator(_filled),
    Column(pa.int64(), _prove_money),
    NUMBER,
    Filled(),
]
Whole = Annotated[
    int | None, BeforeValidator(_read_whole), Column(pa.int64(), _prove_whole), NUMBER
]
Currency = Annotated[
    str | None, BeforeValidator(_read_code), Column(pa.string(), _prove_code), CODE
]
Duration = Annotated[
    int | None, BeforeValidator(_read_seconds), Column(pa.int64(), _prove_seconds), DURATION
]
YesNo = Annotated[
    str | None, BeforeValidator(_read_yes_no), Column(pa.string(), _prove_yes_no), FLAG
]
