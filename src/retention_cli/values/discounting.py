"""What money that comes later is worth now."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def monthly(rate: float) -> float:
    """Give the rate a month that makes a rate a year.

    Example:
        >>> round(monthly(0.1), 6)
        0.007974
    """
    return float((1 + rate) ** (1 / 12) - 1)


def present_value(amounts: Iterable[float], rate: float) -> float:
    """Give what amounts at the end of each of the next periods are worth now.

    Example:
        >>> round(present_value([60_000] * 4, 0.07), 2)
        203232.68
    """
    return sum(amount / (1 + rate) ** at for at, amount in enumerate(amounts, start=1))
