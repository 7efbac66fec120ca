"""What exports have that an option can name: columns to break figures down by, and periods."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli.errors import RetentionError
from retention_cli.runs.options import Options
from retention_cli.runs.reading import reading
from retention_cli.values.periods import LENGTHS, Period

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

_MOST_PERIODS = 60


def columns(paths: Sequence[Path]) -> list[str]:
    """List the columns that are kept for groups; none where the exports cannot be read."""
    try:
        with reading(Options(paths=paths).request()) as read:
            found = (name for one in read.facts.exports for name in one.others)
            return list(dict.fromkeys(found))
    except (RetentionError, OSError):
        return []


def periods(paths: Sequence[Path]) -> list[str]:
    """List the periods that the exports have days of, the latest first."""
    try:
        with reading(Options(paths=paths).request()) as read:
            return ["last-month", "last-quarter", *_labels(read.days)]
    except (RetentionError, OSError):
        return []


def _labels(days: Sequence[date]) -> list[str]:
    found: list[str] = []
    for length in LENGTHS if days else ():
        one = Period.around(days[-1], length)
        while one.last_day >= days[0] and len(found) < _MOST_PERIODS:
            found.append(one.label)
            one = one.previous()
    return found
