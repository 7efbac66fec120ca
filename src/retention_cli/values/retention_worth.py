"""What a customer is worth at a rate of retention, under four readings."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

READINGS: Mapping[str, str] = {
    "undiscounted": "profit x r / (1 - r): all periods to come, each as much as the first",
    "discounted": "profit x r / (1 + d - r): the same, later ones worth less",
    "per_life": "profit x 1 / (1 - r): the mean life of a customer, this period included",
    "margin_only": "profit x r: the next period alone",
}
"""The readings and their formulas: r is retention, d the discount, both of one period."""


def factors(rate: Fraction, discount: Fraction) -> dict[str, Fraction | None]:
    """Give by how much the profit of a period is multiplied; None where it has no bound.

    Example:
        >>> now, then = (factors(Fraction(r, 100), Fraction(1, 10)) for r in (90, 95))
        >>> round(float(then["discounted"] / now["discounted"] - 1), 3)
        0.407
    """
    lost = 1 - rate
    return {
        "undiscounted": rate / lost if lost else None,
        "discounted": rate / (lost + discount) if lost + discount else None,
        "per_life": 1 / lost if lost else None,
        "margin_only": rate,
    }


def of_period(discount: Fraction, years: Fraction) -> Fraction:
    """Turn a yearly discount into that of a period.

    Example:
        >>> of_period(Fraction(1, 10), Fraction(1)), of_period(Fraction(21, 100), Fraction(2))
        (Fraction(1, 10), Fraction(4641, 10000))
    """
    if years.denominator == 1:
        return (1 + discount) ** int(years) - 1
    return Fraction(float(1 + discount) ** float(years)) - 1
