"""How long tickets waited: by the clock, or while the desk was open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from retention_cli.settings import BusinessHours


def timed(
    tickets: pa.Table, *, zone: str | None = None, hours: BusinessHours | None = None
) -> pa.Table:
    """Add to tickets the days they belong to and the seconds they took.

    Shape: adds `created_on` and `resolved_on` (days of the zone), `first_response_seconds`,
        `resolution_seconds` and `waiting_seconds` (of the unanswered, up to the last moment in
        the export), each only where the export can tell it. Times between two stamps count while
        the desk is open, where there are business hours; durations stay as exported.
    """
    columns = tickets.column_names
    created = tickets["created_at"] if "created_at" in columns else None
    moments = _moments(tickets)
    desk = _Desk.of(hours, zone, moments) if hours else None
    added: dict[str, Any] = {}
    if created is not None:
        added["created_on"] = pc.cast(created, pa.date32())
    resolved = _resolved_at(tickets)
    if resolved is not None:
        added["resolved_on"] = pc.cast(resolved, pa.date32())
    for name, at, given in (
        ("first_response_seconds", "first_response_at", "first_response_duration"),
        ("resolution_seconds", "resolved_at", "resolution_duration"),
    ):
        spent = [tickets[given]] if given in columns else []
        if created is not None and at in columns:
            spent.insert(0, _between(created, tickets[at], zone, desk))
        if spent:
            added[name] = pc.coalesce(*spent) if len(spent) > 1 else spent[0]
    if created is not None and moments:
        end = pa.chunked_array(
            [pa.repeat(pa.scalar(max(moments), pa.timestamp("s")), len(created))]
        )
        added["waiting_seconds"] = _between(created, end, zone, desk)
    for name, cells in added.items():
        tickets = tickets.append_column(name, cells)
    return tickets


def _moments(tickets: pa.Table) -> list[Any]:
    """Give the earliest and the latest moment of any column of a table."""
    found: list[Any] = []
    for column in tickets.columns:
        if pa.types.is_timestamp(column.type) and column.null_count < len(column):
            least_and_most = pc.min_max(column)
            found += [least_and_most["min"].as_py(), least_and_most["max"].as_py()]
    return found


def _resolved_at(tickets: pa.Table) -> Any:
    columns = tickets.column_names
    found = [tickets["resolved_at"]] if "resolved_at" in columns else []
    if {"created_at", "resolution_duration"} <= set(columns):
        seconds = pc.cast(tickets["resolution_duration"], pa.duration("s"))
        found.append(pc.add(tickets["created_at"], seconds))
    return (pc.coalesce(*found) if len(found) > 1 else found[0]) if found else None


def _between(start: Any, end: Any, zone: str | None, desk: _Desk | None) -> pa.Array:
    unknown = np.asarray(pc.or_(pc.is_null(start), pc.is_null(end)))
    first, last = _seconds(start, zone), _seconds(end, zone)
    spent = desk.open_until(last) - desk.open_until(first) if desk else last - first
    return pa.chunked_array([pa.array(spent, pa.int64(), mask=unknown)])


def _seconds(moments: Any, zone: str | None) -> np.ndarray[Any, np.dtype[np.int64]]:
    """Count the seconds since 1970, in UTC where the zone is known; unknown moments give 0.

    Of an hour that comes twice it is the first; a time that is skipped is when the gap ends.
    """
    if zone is not None:
        moments = pc.assume_timezone(moments, zone, ambiguous="earliest", nonexistent="latest")
    counted = pc.fill_null(pc.cast(moments, pa.int64()), 0)
    return np.asarray(counted, dtype=np.int64)


class _Desk:
    """The spans in which the desk is open, and how much of them has passed at a moment."""

    def __init__(self, starts: Any, ends: Any) -> None:
        self._starts = starts
        self._lengths = ends - starts
        self._passed = np.concatenate([[0], np.cumsum(self._lengths)])

    @classmethod
    def of(cls, hours: BusinessHours, zone: str | None, moments: list[Any]) -> _Desk:
        """Lay out the openings of every day that any moment falls on."""
        if not moments:
            return cls(np.zeros(0, np.int64), np.zeros(0, np.int64))
        # Numpy's days go on where those of Python end: 9999-12-31 is a day that exports have.
        first, last = (np.datetime64(edge.date(), "D") for edge in (min(moments), max(moments)))
        days = np.arange(first, last + 1)
        holidays = np.array(sorted(hours.holidays), dtype="datetime64[D]")
        starts, ends = [], []
        for weekday, openings in enumerate(hours.week):
            mask = "".join("1" if place == weekday else "0" for place in range(7))
            open_days = days[np.is_busday(days, weekmask=mask, holidays=holidays)]
            for opening in openings:
                midnights = open_days.astype("datetime64[s]")
                starts.append(midnights + np.timedelta64(opening.opens * 60, "s"))
                ends.append(midnights + np.timedelta64(opening.closes * 60, "s"))
        begin = _seconds(pa.array(np.concatenate(starts), pa.timestamp("s")), zone)
        close = _seconds(pa.array(np.concatenate(ends), pa.timestamp("s")), zone)
        order = np.argsort(begin, kind="stable")
        return cls(begin[order], close[order])

    def open_until(self, moments: Any) -> Any:
        """Count the open seconds before each moment."""
        if not len(self._starts):
            return np.zeros(len(moments), np.int64)
        place = np.maximum(np.searchsorted(self._starts, moments, side="right") - 1, 0)
        into = np.clip(moments - self._starts[place], 0, self._lengths[place])
        return self._passed[place] + into
