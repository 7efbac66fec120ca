"""What a row of values over time tells: the band it usually stays in, and what its mix did to it."""

from __future__ import annotations

import itertools
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from retention_cli.values.measures import Number

FEWEST = 8
"""From fewer values there is no band."""
_FACTOR = Fraction(266, 100)
"""Three standard deviations, told by the mean distance of neighbours: 3 / 1.128."""


def moving_range(values: Sequence[Number | None]) -> Fraction | None:
    """Give the mean distance of neighbours; a gap, None, has none.

    Example:
        >>> moving_range([1, 2, 4, None, 9])
        Fraction(3, 2)
    """
    pairs = [(a, b) for a, b in itertools.pairwise(values) if a is not None and b is not None]
    if not pairs:
        return None
    return sum((abs(Fraction(b) - Fraction(a)) for a, b in pairs), Fraction(0)) / len(pairs)


def band(values: Sequence[Number | None]) -> tuple[Fraction, Fraction] | None:
    """Give the natural process limits: mean - and + 2.66 mean moving ranges, from 8 values on.

    Source: Shewhart's chart of individuals, as in Wheeler, "Understanding Variation", 1993;
        docs/definitions.md, "Trend".
    Example:
        >>> band([10, 12, 10, 12, 10, 12, 10, 12])
        (Fraction(142, 25), Fraction(408, 25))
        >>> band([10, 12, 10]) is None
        True
    """
    there = [Fraction(value) for value in values if value is not None]
    distance = moving_range(values)
    if len(there) < FEWEST or distance is None:
        return None
    mean = sum(there, Fraction(0)) / len(there)
    return mean - _FACTOR * distance, mean + _FACTOR * distance


Ratio = tuple[Fraction, Fraction]
"""What is above and below the line of a ratio."""


class Mix(NamedTuple):
    """Why a ratio over groups changed: `rates`, `mix`, `both` and `apart` are the change exactly.

    Shape: `apart` is the change by each group that has a sum where nothing divides it.
    """

    change: Fraction
    rates: Fraction
    mix: Fraction
    both: Fraction
    apart: Mapping[str | None, Fraction]


def mixed(before: Mapping[str | None, Ratio], now: Mapping[str | None, Ratio]) -> Mix | None:
    """Part the change of a ratio into that of its groups' rates and that of their shares.

    A group that one side lacks has there the rate of the other. None where nothing divides a side.
    Example:
        >>> one, two = Fraction(1), Fraction(2)
        >>> found = mixed({"a": (one, two), "b": (one, two)}, {"a": (two, two), "b": (one, two)})
        >>> found.change, found.rates, found.mix, found.both
        (Fraction(1, 4), Fraction(1, 4), Fraction(0, 1), Fraction(0, 1))
    """
    nothing = (Fraction(0), Fraction(0))
    sides = [
        (side, sum((below for _, below in side.values()), Fraction(0))) for side in (before, now)
    ]
    if any(whole <= 0 for _, whole in sides):
        return None
    rates = mix = both = Fraction(0)
    apart = {}
    for name in dict.fromkeys((*before, *now)):
        (above0, share0), (above1, share1) = (
            (above / whole, below / whole)
            for (above, below), whole in ((side.get(name, nothing), whole) for side, whole in sides)
        )
        if (above0 and not share0) or (above1 and not share1):
            apart[name] = above1 - above0
            continue
        if not share0 and not share1:
            continue
        rate0 = above0 / share0 if share0 else above1 / share1
        rate1 = above1 / share1 if share1 else rate0
        rates += share0 * (rate1 - rate0)
        mix += (share1 - share0) * rate0
        both += (share1 - share0) * (rate1 - rate0)
    wholes = [
        sum((above for above, _ in side.values()), Fraction(0)) / whole for side, whole in sides
    ]
    return Mix(wholes[1] - wholes[0], rates, mix, both, apart)
