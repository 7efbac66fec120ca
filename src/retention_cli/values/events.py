"""What happened on a day that figures may be held against."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class Event:
    """A day with a name; with a `group`, a column and its value, only these were touched by it."""

    day: date
    name: str
    group: tuple[str, str] | None = None
