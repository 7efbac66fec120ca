"""Amounts of money in what a rule says."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from retention_cli.values.measures import MONEY_SCALE


def amount_text(total: int, money_parts: int) -> str:
    """Write an amount of a table for people, rounded half to even.

    Example:
        >>> amount_text(12_345_600, 1)
        '1,234.56'
    """
    cents = round(Fraction(total, money_parts) * 100 / MONEY_SCALE)
    return f"{Decimal(cents).scaleb(-2):,.2f}"
