"""Hours of work, so finely counted that decimals and clocks are whole numbers of them."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Annotated

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from retention_cli.patterns import lazy_pattern
from retention_cli.records.base import HOURS, Column
from retention_cli.records.fields import unscaled

HOUR_PARTS = 900_000_000
"""The unit of a table: both the eighth decimal of an hour and a millisecond are whole ones."""

_DIGITS = 8
_DECIMAL = HOUR_PARTS // 10**_DIGITS
_SECOND = HOUR_PARTS // 3_600
_MILLISECOND = HOUR_PARTS // 3_600_000
_NEAR = Decimal("0.0036")
"""How many milliseconds, a billionth of an hour, the noise of more than eight decimals may be."""

_HOURS = lazy_pattern(r"(-?)([0-9]{1,7})(?:\.([0-9]{1,20}))?")
_PLAIN = r"\A-?[0-9]{1,7}(?:\.[0-9]{1,8})?\z"
_NOISY = r"\A-?[0-9]{1,7}\.[0-9]{9,20}\z"


def _read(value: object) -> int | None:
    if value is None:
        return None
    if not isinstance(value, str):
        raise PydanticCustomError("missing-value", "is blank")
    found = _HOURS.fullmatch(value)
    if not found:
        raise PydanticCustomError("bad-number", "is not a number of hours that can be read")
    whole, decimals = found[2], (found[3] or "").rstrip("0")
    if len(decimals) <= _DIGITS:
        parts = _by_clock(int(whole + decimals.ljust(_DIGITS, "0")))
    else:
        exact = Fraction(f"{whole}.{decimals}") * 3_600_000
        parts = round(exact) * _MILLISECOND
        if abs(exact - round(exact)) > Fraction(_NEAR):
            raise PydanticCustomError(
                "too-many-decimals", "has more than eight decimals, and is not whole milliseconds"
            )
    return -parts if found[1] else parts


def _by_clock(decimals: int) -> int:
    """Take what whole seconds are to the eighth decimal as those seconds: 0.33333333 is 20 min."""
    seconds = (decimals * 36 + 500_000) // 1_000_000
    as_written = (seconds * 500_000 + 9) // 18
    return seconds * _SECOND if as_written == decimals else decimals * _DECIMAL


def _prove(cells: pa.StringArray) -> pa.Array:
    return pc.coalesce(_plain(cells), _noisy(cells))


def _plain(cells: pa.StringArray) -> pa.Array:
    written = unscaled(pc.cast(_only(cells, _PLAIN), pa.decimal128(16, _DIGITS)))
    numbers = pc.fill_null(written, 0).to_numpy(zero_copy_only=False)
    size = np.abs(numbers)
    seconds = (size * 36 + 500_000) // 1_000_000
    by_clock = (seconds * 500_000 + 9) // 18 == size
    parts = np.where(by_clock, seconds * _SECOND, size * _DECIMAL) * np.sign(numbers)
    return pa.array(parts, pa.int64(), mask=np.asarray(pc.is_null(written)))


def _noisy(cells: pa.StringArray) -> pa.Array:
    found = _only(cells, _NOISY)
    if found.null_count == len(found):
        return pa.nulls(len(found), pa.int64())
    exact = pc.multiply(pc.cast(found, pa.decimal256(27, 20)), _decimal(3_600_000))
    counted = pc.cast(pc.round(exact, 0, "half_to_even"), pa.decimal256(18, 0))
    away = pc.abs(pc.subtract(exact, counted))
    near = pc.less_equal(away, _decimal(_NEAR))
    return pc.multiply(pc.cast(pc.if_else(near, counted, None), pa.int64()), _MILLISECOND)


def _decimal(number: int | Decimal) -> pa.Scalar:
    return pa.scalar(Decimal(number), pa.decimal256(12, 4))


def _only(cells: pa.StringArray, pattern: str) -> pa.StringArray:
    return pc.if_else(pc.match_substring_regex(cells, pattern), cells, pa.scalar(None, cells.type))


Hours = Annotated[int | None, BeforeValidator(_read), Column(pa.int64(), _prove), HOURS]
"""Hours of work in nine hundred millionths: forty minutes are whole, however they are divided."""
