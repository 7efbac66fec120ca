"""Columns that a file does not have, made from those it has: exactly, in decimals."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.errors import RetentionError
from retention_cli.mapping.cells.numbers import not_a_number

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_DECIMAL = pa.decimal256(18, 6)
"""Four such factors still fit into the 76 digits that arrow multiplies exactly."""
_PLAIN = r"\A-?[0-9]{1,11}(?:\.[0-9]{1,6})?\z"
_IDLE_ZEROS = r"\A-?0+[0-9]|\.[0-9]*0\z"
_MOST_FACTORS = 4
_NOISY = r"\A-?[0-9]{1,14}(?:\.[0-9]{1,24})?\z"
_WIDE = pa.decimal256(40, 24)

UNITS = {
    **dict.fromkeys(("cents", "cent", "pence", "rappen"), "0.01"),
    "percent": "0.01",
    "thousands": "1000",
    "lakhs": "100000",
    "millions": "1000000",
    "crores": "10000000",
}
"""What one of the units that amounts may be written in is worth."""


def multiplied(factors: Sequence[Any]) -> Any:
    """Multiply columns of canonical numbers, exactly.

    A cell without all its factors is blank; one with a factor that is not a number, or too long to be
    multiplied exactly, has that factor's text, in a form that no amount has.
    Errors: RetentionError for more factors than can be multiplied exactly.
    Example:
        >>> multiplied([pa.array(["8", "3", "x"]), pa.array(["2.1", None, "1"])]).to_pylist()
        ['16.8', None, 'x']
    """
    if len(factors) > _MOST_FACTORS:
        raise RetentionError(
            f"a product of {len(factors)} columns is more than can be computed exactly",
            f"multiply {_MOST_FACTORS} columns at most",
        )
    return _made(factors, pc.multiply)


def subtracted(terms: Sequence[Any]) -> Any:
    """Take the later columns of canonical numbers from the first, exactly.

    Example:
        >>> subtracted([pa.array(["10.50"]), pa.array(["0.25"])]).to_pylist()
        ['10.25']
    """
    return _made(terms, pc.subtract)


def charged(debits: Any, credited: Any) -> Any:
    """Take what is credited off what is charged, where a row has one of the two or both.

    Example:
        >>> charged(pa.array(["5", None, None]), pa.array([None, "2", None])).to_pylist()
        ['5', '-2', None]
    """
    neither = pc.and_(pc.is_null(debits), pc.is_null(credited))
    made = subtracted([pc.fill_null(debits, "0"), pc.fill_null(credited, "0")])
    return pc.if_else(neither, pa.scalar(None, pa.string()), made)


def joined(parts: Sequence[Any]) -> Any:
    """Write the filled cells of a row after each other, as a first name before a last name.

    Example:
        >>> joined([pa.array(["Jo", None, None]), pa.array(["Tane", "Example", None])]).to_pylist()
        ['Jo Tane', 'Example', None]
    """
    # Arrow's own way to skip blank parts loses the rows in which all of them are.
    filled = [pc.fill_null(part, "") for part in parts]
    text = pc.binary_join_element_wise(*filled, " ")
    text = pc.utf8_trim(pc.replace_substring_regex(text, "  +", " "), " ")
    return pc.if_else(pc.equal(text, ""), None, text)


def in_units(amounts: Any, unit: str) -> Any:
    """Give amounts written in hundredths, thousands, lakhs, millions or crores of their currency.

    Errors: KeyError for a unit that is not one of `UNITS`.
    Example:
        >>> in_units(pa.array(["1999", None]), "cents").to_pylist()
        ['19.99', None]
        >>> in_units(pa.array(["12.5"]), "thousands").to_pylist()
        ['12500']
    """
    one = pc.if_else(pc.is_valid(amounts), UNITS[unit], None)
    return multiplied([amounts, one])


def rounded(numbers: Any, decimals: int) -> Any:
    """Round numbers half to even: the noise of a division is not part of an amount.

    Example:
        >>> rounded(pa.array(["33.333333333333336", "19.990000000000002", "x"]), 4).to_pylist()
        ['33.3333', '19.99', 'x']
    """
    fits = pc.match_substring_regex(numbers, _NOISY)
    exact = pc.cast(pc.if_else(fits, numbers, None), _WIDE)
    text = pc.cast(pc.round(exact, decimals, "half_to_even"), pa.string())
    return pc.coalesce(_without_zeros(_without_exponents(text)), numbers)


def _made(sources: Sequence[Any], combine: Callable[[Any, Any], Any]) -> Any:
    sources = [_without_zeros(source) for source in sources]
    result = _numbers(sources[0])
    for source in sources[1:]:
        result = combine(result, _numbers(source))
    text = _without_exponents(pc.cast(result, pa.string()))
    text = _without_zeros(text)
    for source in reversed(sources):
        wrong = pc.invert(pc.match_substring_regex(source, _PLAIN))
        text = pc.if_else(pc.fill_null(wrong, False), not_a_number(source), text)
    return text


def _without_zeros(numbers: Any) -> Any:
    """Leave out the zeros that say nothing: 650.00000000 has not eight decimals."""
    if not pc.any(pc.match_substring_regex(numbers, _IDLE_ZEROS)).as_py():
        return numbers
    numbers = pc.replace_substring_regex(numbers, r"\A(-?)0+([0-9])", r"\1\2")
    numbers = pc.replace_substring_regex(numbers, r"\A(-?[0-9]+)\.0+\z", r"\1")
    return pc.replace_substring_regex(numbers, r"\A(-?[0-9]+\.[0-9]*[1-9])0+\z", r"\1")


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
