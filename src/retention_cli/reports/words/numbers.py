"""Exact values as text: the only place that multiplies by 100, and the only one that rounds.

`machine` and `machine_text` are for programs, the rest for people. People get a fixed number of
decimals a unit, half to even, thousands separated by commas.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from retention_cli.patterns import lazy_pattern
from retention_cli.values.measures import MONEY_SCALE, Number, Unit

if TYPE_CHECKING:
    from collections.abc import Callable

_MONEY_DECIMALS = 4
_ZEROS = lazy_pattern(r"\.0+(?![0-9])|(\.[0-9]*[1-9])0+(?![0-9])")
_NO_DECIMALS = lazy_pattern(r"\.0+(?![0-9])")
_FINEST = 5
"""How many more decimals two figures that differ may take before they are left looking equal."""


def machine(value: Number, unit: Unit) -> float | str:
    """Give a value as JSON writes it: a string for money, else the nearest float, or an int.

    Example:
        >>> machine(Fraction(9, 10), Unit.RATIO), machine(20, Unit.COUNT)
        (0.9, 20)
        >>> machine(Fraction(1_000_000, 3), Unit.MONEY)
        '33.3333'
    """
    if unit is Unit.MONEY:
        return money(value)
    if unit is Unit.COUNT and value == (whole := int(value)):
        return whole
    return float(value) + 0.0  # a float of -0.0 becomes 0.0


def machine_text(written: float | str) -> str:
    """Give the same as text, never with an exponent.

    Example:
        >>> machine_text(machine(Fraction(9, 10), Unit.RATIO)), machine_text(1e-7)
        ('0.9', '0.0000001')
    """
    return f"{Decimal(str(written)):f}"


def money(value: Number) -> str:
    """Write ten-thousandths of a currency for programs, with two to four decimals.

    They are rounded here, once, half to even.
    Example:
        >>> money(556_500_000), money(1250), money(Fraction(-1, 3))
        ('55650.00', '0.125', '0.00')
    """
    scaled = value if isinstance(value, int) else round(Fraction(value))
    whole, rest = divmod(abs(scaled), MONEY_SCALE)
    decimals = f"{rest:0{_MONEY_DECIMALS}d}".rstrip("0").ljust(2, "0")
    return f"{'-' if scaled < 0 else ''}{whole}.{decimals}"


def text(value: Number, unit: Unit, *, currency: str | None = None, finer: int = 0) -> str:
    """Write a value for people, with its unit. `finer` asks for more decimals.

    Example:
        >>> text(Fraction(9, 10), Unit.RATIO), text(Fraction(3, 1000), Unit.RATIO)
        ('90.0 %', '0.30 %')
        >>> text(556_500_000, Unit.MONEY, currency="EUR"), text(15_000, Unit.SECONDS)
        ('55,650.00 EUR', '4 h 10 min')
    """
    written = _WRITERS[unit](Fraction(value), finer)
    return f"{written} {currency}" if unit is Unit.MONEY and currency else written


def change_text(change: Number, unit: Unit) -> str:
    """Write a difference with its sign; that of two ratios is in percentage points.

    A change too small for the decimals of its unit takes as many more as it needs.
    Example:
        >>> change_text(Fraction(12, 1000), Unit.RATIO), change_text(-3, Unit.COUNT)
        ('+1.2 pp', '-3')
        >>> change_text(Fraction(-3, 100_000), Unit.RATIO), change_text(0, Unit.COUNT)
        ('-0.003 pp', '0')
    """
    written, _ = _apart(lambda finer: text(change, unit, finer=finer), change, 0, unit)
    sign = "+" if change > 0 and written != text(0, unit) else ""
    return sign + written.replace(" %", " pp").replace(" years", "").replace(" / year", "")


def beside(
    value: Number, target: Number, unit: Unit, *, currency: str | None = None
) -> tuple[str, str]:
    """Write a value and its target; where they differ they never look the same.

    Example:
        >>> beside(Fraction(98_497, 100_000), Fraction(985, 1000), Unit.RATIO)
        ('98.497 %', '98.500 %')
    """
    written, aim = _apart(
        lambda finer: text(value, unit, currency=currency, finer=finer), value, target, unit
    )
    return written, aim


def whole(written: str) -> str:
    """Leave out decimals that are all zero.

    Example:
        >>> whole("345,000.00"), whole("97.50 %"), whole("5.00 years")
        ('345,000', '97.50 %', '5 years')
    """
    return _NO_DECIMALS.sub("", written)


def interval_text(interval: tuple[float, float], unit: Unit) -> str:
    """Write the two ends of an interval, the unit once.

    Example:
        >>> interval_text((0.8506, 0.9343), Unit.RATIO)
        '85.1 to 93.4 %'
    """
    low, high = (Fraction(end) for end in interval)
    if unit is not Unit.RATIO:
        return f"{text(low, unit)} to {text(high, unit)}"
    decimals = _ratio_decimals(high)
    return f"{_fixed(low * 100, decimals)} to {_fixed(high * 100, decimals)} %"


def count(number: int) -> str:
    """Write a whole number with its thousands separated.

    Example:
        >>> count(1234)
        '1,234'
    """
    return f"{number:,}"


def _apart(
    write: Callable[[int], str], value: Number, other: Number, unit: Unit
) -> tuple[str, str]:
    """Write two values, as fine as it takes to tell them apart if they differ.

    The currency is not written with the second one: it is that of the first.
    """
    bare, second = "", ""
    for finer in range(_FINEST + 1):
        bare, second = text(value, unit, finer=finer), text(other, unit, finer=finer)
        if value == other or _shortest(bare) != _shortest(second):
            return write(finer), second
    return write(_FINEST), second


def _shortest(written: str) -> str:
    """Leave out the zeros that end a decimal: 1.00 and 1.0 look the same to a reader."""
    return _ZEROS.sub(lambda found: found[1] or "", written)


def _fixed(value: Fraction, decimals: int) -> str:
    scaled = round(value * 10**decimals)
    whole, rest = divmod(abs(scaled), 10**decimals)
    sign = "-" if scaled < 0 else ""
    return f"{sign}{whole:,}.{rest:0{decimals}d}" if decimals else f"{sign}{whole:,}"


def _ratio(value: Fraction, finer: int) -> str:
    return f"{_fixed(value * 100, _ratio_decimals(value) + finer)} %"


def _ratio_decimals(value: Fraction) -> int:
    """Give one decimal, and two below one percent."""
    return 2 if 0 < abs(value * 100) < 1 else 1


def _count(value: Fraction, finer: int) -> str:
    return _fixed(value, 0 if value.denominator == 1 else 1 + finer)


def _duration(value: Fraction, finer: int) -> str:
    """Write hours and minutes, below an hour minutes and seconds; parts that are 0 are left out."""
    size = abs(value)
    decimals = finer - 1 if size >= 3600 else finer
    if decimals < 0:
        minutes, second = round(size / 60), Fraction(0)
    else:
        rounded = Fraction(round(size * 10**decimals), 10**decimals)
        minutes, second = int(rounded // 60), rounded % 60
    named = [(count(minutes // 60), "h"), (str(minutes % 60), "min")]
    named.append((_fixed(second, max(decimals, 0)), "s"))
    there = [f"{number} {unit}" for number, unit in named if Fraction(number.replace(",", ""))]
    if not there:
        return "0 s"
    return ("-" if value < 0 else "") + " ".join(there)


_WRITERS: dict[Unit, Callable[[Fraction, int], str]] = {
    Unit.RATIO: _ratio,
    Unit.COUNT: _count,
    Unit.SECONDS: _duration,
    Unit.YEARS: lambda value, finer: f"{_fixed(value, 2 + finer)} years",
    Unit.POINTS: lambda value, finer: _fixed(value, 1 + finer),
    Unit.MONEY: lambda value, finer: _fixed(value / MONEY_SCALE, 2 + finer),
    Unit.PER_YEAR: lambda value, finer: f"{_fixed(value, 1 + finer)} / year",
}
