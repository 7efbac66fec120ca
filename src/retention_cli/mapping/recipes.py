"""Columns that a file does not have, made from those it has: exactly, in decimals."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_DECIMAL = pa.decimal256(18, 6)
"""Four such factors still fit into the 76 digits that arrow multiplies exactly."""
_PLAIN = r"\A-?[0-9]{1,11}(?:\.[0-9]{1,6})?\z"


def multiplied(factors: Sequence[Any]) -> Any:
    """Multiply columns of canonical numbers, exactly.

    A cell without all its factors is blank; one with a factor that is no number keeps that
    factor's text, so that it is refused under its own name.
    Example:
        >>> multiplied([pa.array(["8", "3", "x"]), pa.array(["2.1", None, "1"])]).to_pylist()
        ['16.8', None, 'x']
    """
    return _made(factors, pc.multiply)


def subtracted(terms: Sequence[Any]) -> Any:
    """Take the later columns of canonical numbers from the first, exactly.

    Example:
        >>> subtracted([pa.array(["10.50"]), pa.array(["0.25"])]).to_pylist()
        ['10.25']
    """
    return _made(terms, pc.subtract)


def from_minor_units(cents: Any) -> Any:
    """Give amounts written in hundredths of their currency.

    Example:
        >>> from_minor_units(pa.array(["1999", None])).to_pylist()
        ['19.99', None]
    """
    hundredth = pc.if_else(pc.is_valid(cents), "0.01", None)
    return multiplied([cents, hundredth])


def _made(sources: Sequence[Any], combine: Callable[[Any, Any], Any]) -> Any:
    result = _numbers(sources[0])
    for source in sources[1:]:
        result = combine(result, _numbers(source))
    text = _without_exponents(pc.cast(result, pa.string()))
    text = pc.replace_substring_regex(text, r"\.0+\z", "")
    text = pc.replace_substring_regex(text, r"(\.[0-9]*[1-9])0+\z", r"\1")
    for source in reversed(sources):
        wrong = pc.invert(pc.match_substring_regex(source, _PLAIN))
        text = pc.if_else(pc.fill_null(wrong, False), source, text)
    return text


def _without_exponents(text: Any) -> Any:
    """Write out the few numbers so near to zero that arrow writes a power of ten."""
    powers = pc.unique(text.filter(pc.match_substring(text, "E"))).to_pylist()
    if not powers:
        return text
    plain = pa.array([f"{Decimal(power):f}" for power in powers], pa.string())
    place = pc.index_in(text, value_set=pa.array(powers, pa.string()))
    return pc.coalesce(plain.take(place), text)


def _numbers(column: Any) -> Any:
    plain = pc.match_substring_regex(column, _PLAIN)
    return pc.cast(pc.if_else(plain, column, None), _DECIMAL)
