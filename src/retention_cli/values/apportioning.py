"""Amounts in whole units that add up to their total."""

from __future__ import annotations

from math import floor
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction


def apportioned(amounts: Sequence[Fraction]) -> list[int]:
    """Round amounts so that they add up to their rounded sum: the largest remainders go up.

    Each is less than a unit away from what it was. Equal remainders go up in their order; the
    sum is rounded half to even.
    Example:
        >>> from fractions import Fraction
        >>> apportioned([Fraction(1, 3)] * 3), apportioned([Fraction(5, 3), Fraction(-5, 3)])
        ([1, 0, 0], [2, -2])
    """
    whole = [floor(amount) for amount in amounts]
    up = round(sum(amounts)) - sum(whole)
    order = sorted(range(len(amounts)), key=lambda place: whole[place] - amounts[place])
    for place in order[:up]:
        whole[place] += 1
    return whole
