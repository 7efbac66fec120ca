"""An amount in parts that add up to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def apportioned(amount: int, weights: Sequence[int], *, step: int = 1) -> list[int]:
    """Split an amount by weights into whole steps: the largest remainders get one more.

    Equal remainders get it in their order, and what is left below a step goes to the next one,
    so that the parts are the amount exactly. Weights are 0 or more, and not all 0.
    Example:
        >>> apportioned(100, [1, 1, 1]), apportioned(-7, [1, 2]), apportioned(250, [1, 1], step=100)
        ([34, 33, 33], [-2, -5], [150, 100])
    """
    if amount < 0:
        return [-part for part in apportioned(-amount, weights, step=step)]
    total = sum(weights)
    shares = [divmod(amount * weight, total * step) for weight in weights]
    parts = [whole * step for whole, _ in shares]
    left = amount - sum(parts)
    for place in sorted(range(len(shares)), key=lambda place: -shares[place][1]):
        if not left:
            break
        parts[place] += (more := min(step, left))
        left -= more
    return parts
