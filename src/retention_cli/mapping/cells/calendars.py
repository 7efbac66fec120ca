"""Dates of another calendar: their years are not those of ours, and their months are others too."""

from __future__ import annotations

from typing import Any

import pyarrow.compute as pc

from retention_cli.patterns import lazy_pattern

_SEEN = 200
_YEAR = lazy_pattern(r"(?<![0-9])([0-9]{4})(?:[-/.年]|[0-9]{4}\Z|\Z|[ T,])")
_CALENDARS = (
    (range(1340, 1500), "Persian or Islamic"),
    (range(2075, 2100), "Nepali"),
    (range(2480, 2620), "Buddhist"),
    (range(5700, 5900), "Hebrew"),
)
_OPEN = range(2075, 2100)
"""Ends such as 2099-12-31 stand for none."""


def other_calendar(texts: Any, *, ends: bool = False) -> str | None:
    """Say that most of the first dates of a column are of years that another calendar counts.

    Example:
        >>> import pyarrow as pa
        >>> other_calendar(pa.array(["15/06/2568", "2024-01-01", "16/06/2568"]))
        "'15/06/2568' is of a year of the Buddhist calendar, as most of its dates are"
        >>> other_calendar(pa.array(["2099-12-31", None]), ends=True) is None
        True
    """
    some = pc.unique(texts.slice(0, _SEEN)).drop_null().to_pylist()
    years = {text: int(found[1]) for text in some if (found := _YEAR.search(text))}
    for known, name in _CALENDARS:
        of_it = sorted(text for text, year in years.items() if year in known)
        lone = ends and (known == _OPEN or len(of_it) < 2)
        if 2 * len(of_it) > len(some) and not lone:
            return f"'{of_it[0]}' is of a year of the {name} calendar, as most of its dates are"
    return None
