"""Tiers A, B and C of customers that are sorted by what they are worth, the best first."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from retention_cli.settings import Tiers

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

DEFAULT = Tiers()


def tiers(values: Sequence[int | Fraction], cuts: Tiers = DEFAULT) -> Iterator[str]:
    """Give the tier of each value; one of 0 or less is always C.

    Formula: A while the share of the sum of positive values before a customer is below 80 %, B while
        below 95 %, C the rest; by value, A from `a` and B from `b` on; by quantile, A for the best
        `a` of all customers, and B up to `b` of them.
    Source: docs/definitions.md, "Customer lifetime value".
    Example:
        >>> list(tiers([80, 15, 5, 0]))
        ['A', 'B', 'C', 'C']
    """
    gains = sum(max(value, 0) for value in values)
    running: int | Fraction = 0
    for place, value in enumerate(values):
        if value <= 0:
            yield "C"
        elif cuts.by == "value":
            yield "A" if value >= cuts.a * 10_000 else "B" if value >= cuts.b * 10_000 else "C"
        else:
            before = (
                Fraction(running, gains) if cuts.by == "share" else Fraction(place, len(values))
            )
            yield "A" if before < cuts.a else "B" if before < cuts.b else "C"
        running += max(value, 0)


def rule(cuts: Tiers, of: str) -> str:
    """Say how tiers are cut.

    Example:
        >>> rule(DEFAULT, "expected value")
        'tiers by expected value: A up to 80 % of the sum, B up to 95 %, C the rest and all of 0 or less'
    """
    if cuts.by == "value":
        return (
            f"tiers by {of}: A from {float(cuts.a):,.2f}, B from {float(cuts.b):,.2f}, C the rest"
        )
    a, b = (f"{float(cut * 100):g} %" for cut in (cuts.a, cuts.b))
    if cuts.by == "quantile":
        return f"tiers by {of}: A the best {a} of the customers, B up to {b}, C the rest"
    return f"tiers by {of}: A up to {a} of the sum, B up to {b}, C the rest and all of 0 or less"
