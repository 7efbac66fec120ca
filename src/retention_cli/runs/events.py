"""The events of a run: those of a file that was named, or that lies beside the exports."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from retention_cli.errors import DataRefusedError, RetentionError, UnknownNameError
from retention_cli.sources.beside import find
from retention_cli.sources.events import EVENTS_FILE, event_rows, is_events
from retention_cli.values.events import Event

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def events(named: Path | None, beside: Sequence[Path]) -> tuple[Event, ...]:
    """Read the events there are, in order of their days.

    Errors: RetentionError for a file that is not there; DataRefusedError for rows that cannot be read.
    """
    path = named or find(beside, EVENTS_FILE, is_events)
    if path is None:
        return ()
    found = []
    for one in event_rows(path):
        try:
            day = date.fromisoformat(one.day[:10])
        except ValueError:
            raise DataRefusedError(
                f"{path} row {one.row}: the date {one.day!r} is not written as 2025-03-31",
                "write year, month and day",
            ) from None
        found.append(Event(day, one.name, one.group))
    return tuple(sorted(found, key=lambda event: (event.day, event.name)))


def chosen(name: str, found: Sequence[Event]) -> Event:
    """Give the event of a name.

    Errors: UnknownNameError, with the nearest name; RetentionError where several have it.
    """
    named = [one for one in found if one.name.casefold() == name.strip().casefold()]
    if not found:
        raise RetentionError(
            f"--event: there is no event '{name}', since there is no events.csv",
            "write one beside the exports: date,name",
        )
    if not named:
        raise UnknownNameError("event", name, [one.name for one in found], where="--event: ")
    if len(named) > 1:
        days = ", ".join(str(one.day) for one in named)
        raise RetentionError(
            f"--event: several events are called '{name}', on {days}", "give each its own name"
        )
    return named[0]
