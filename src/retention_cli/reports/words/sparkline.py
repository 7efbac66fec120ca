"""A row of values as blocks, one for each."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention_cli.values.measures import Number

LEVELS = "▁▂▃▄▅▆▇█"
NOTHING = "∙"
"""A period without a figure."""


def sparkline(values: Sequence[Number | None]) -> str:
    """Draw values: the lowest as the lowest block; values that never move are in the middle.

    Example:
        >>> sparkline([1, None, 3, 2]), sparkline([5, 5])
        ('▁∙█▅', '▄▄')
    """
    there = [value for value in values if value is not None]
    if not there:
        return NOTHING * len(values)
    low, span = min(there), max(there) - min(there)
    top = len(LEVELS) - 1
    return "".join(
        NOTHING
        if value is None
        else LEVELS[round((value - low) / span * top) if span else top // 2]
        for value in values
    )
