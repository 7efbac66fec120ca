"""How long tickets waited: by the clock, or while the desk was open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.errors import DataRefusedError
from retention_cli.records.stamps import offset_column

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from retention_cli.settings import BusinessHours


WAITS = (
    ("first_response_seconds", "first_response_at", "first_response_duration"),
    ("resolution_seconds", "resolved_at", "resolution_duration"),
)
"""The times of a ticket, each with the stamp that ends it and the duration in place of that."""


def unplaced(seconds: str) -> str:
    """Name the column that marks tickets whose stamps cannot be held against each other.

    Example:
        >>> unplaced("resolution_seconds")
        'resolution_seconds_unplaced'
    """
    return f"{seconds}_unplaced"


def timed(
    tickets: pa.Table, *, zone: str | None = None, hours: Sequence[BusinessHours] = ()
) -> pa.Table:
    """Add to tickets the days they belong to and the seconds they took.

    Shape: adds `created_on` and `resolved_on` (days of the zone), `first_response_seconds`,
        `resolution_seconds` and `waiting_seconds` (of the unanswered, up to the last moment in
        the export), each only where the export can tell it. Times between two stamps count while
        the desk is open, where there are business hours; durations stay as exported. Where one
        stamp has an offset and the other none, or no zone says when the desk is open at stamps
        with offsets, the time is not known: `…_unplaced` marks the ticket.
    Errors: DataRefusedError for tickets from before all schedules.
    """
    columns = tickets.column_names
    stamps = {
        name: Stamps.of(tickets, name, zone)
        for name in ("created_at", *(at for _, at, _ in WAITS))
        if name in columns
    }
    desk = _Desk.of(hours, zone, _moments(tickets)) if hours else None
    clock = _Clock(desk, anywhere=zone is not None or desk is None)
    added = dict(_days(tickets, stamps, zone))
    created = stamps.get("created_at")
    for name, at, given in WAITS:
        spent = [tickets[given]] if given in columns else []
        if created is not None and at in stamps:
            waited, unknown = clock.between(created, stamps[at])
            spent.insert(0, waited)
            if unknown.any():
                added[unplaced(name)] = pa.chunked_array([pa.array(unknown)])
        if spent:
            added[name] = pc.coalesce(*spent) if len(spent) > 1 else spent[0]
    if created is not None and not all(one.blank.all() for one in stamps.values()):
        added["waiting_seconds"] = clock.until_the_end(created, list(stamps.values()))
    # A column that the export has under one of these names is no figure's, and gives way.
    tickets = tickets.drop_columns([name for name in added if name in columns])
    for name, cells in added.items():
        tickets = tickets.append_column(name, cells)
    return tickets


def answered_outside(
    tickets: pa.Table, *, zone: str | None, hours: Sequence[BusinessHours]
) -> pa.ChunkedArray:
    """Mark the tickets whose first response was given while the desk was closed; unknown is not.

    Both ends of an opening are in it.
    """
    if "first_response_at" not in tickets.column_names:
        return pa.chunked_array([pa.repeat(pa.scalar(False), len(tickets))])
    stamps = Stamps.of(tickets, "first_response_at", zone)
    desk = _Desk.of(hours, zone, _moments(tickets))
    return pa.chunked_array([pa.array(~stamps.blank & ~desk.is_open(stamps.seconds))])


class Stamps(NamedTuple):
    """A column of times.

    Shape: `seconds` since 1970, in UTC where a ticket's stamp is `placed` by its offset or the
        zone, else by the clock; 0 where there is none.
    """

    seconds: Any
    blank: Any
    placed: Any

    @classmethod
    def of(cls, tickets: pa.Table, column: str, zone: str | None) -> Stamps:
        """Take a column of a table; a stamp without an offset is one of the zone."""
        local, hidden = tickets[column], offset_column(column)
        blank = np.asarray(pc.is_null(local))
        seconds = _seconds(local, zone)
        if hidden not in tickets.column_names:
            return cls(seconds, blank, np.full(len(blank), zone is not None))
        offsets = tickets[hidden]
        told = np.asarray(pc.is_valid(offsets))
        by_offset = _seconds(local, None) - np.asarray(pc.fill_null(offsets, 0), dtype=np.int64)
        return cls(np.where(told, by_offset, seconds), blank, told | (zone is not None))


class _Clock(NamedTuple):
    """Counts the time between stamps: all of it, or while a desk is open.

    Shape: `anywhere` says that stamps with an offset can be held against the desk's hours.
    """

    desk: _Desk | None
    anywhere: bool

    def between(self, start: Stamps, end: Stamps) -> tuple[pa.ChunkedArray, Any]:
        """Give the seconds of each ticket, and mark those of which they cannot be known."""
        there = ~start.blank & ~end.blank
        unknown = start.placed != end.placed
        if not self.anywhere:
            unknown |= start.placed | end.placed
        spent = self._passed(end.seconds) - self._passed(start.seconds)
        return _masked(spent, ~there | unknown), there & unknown

    def until_the_end(self, created: Stamps, stamps: Sequence[Stamps]) -> pa.ChunkedArray:
        """Count from each creation to the last moment of all, where all of them can be ordered."""
        placed = np.concatenate([one.placed[~one.blank] for one in stamps])
        seconds = np.concatenate([one.seconds[~one.blank] for one in stamps])
        known = len(placed) and (placed.all() or not placed.any())
        if not known or (placed.any() and not self.anywhere):
            return _masked(created.seconds, np.full(len(created.seconds), fill_value=True))
        last = self._passed(seconds.max(keepdims=True))
        return _masked(last - self._passed(created.seconds), created.blank)

    def _passed(self, seconds: Any) -> Any:
        return self.desk.open_until(seconds) if self.desk else seconds


def _masked(seconds: Any, unknown: Any) -> pa.ChunkedArray:
    return pa.chunked_array([pa.array(seconds, pa.int64(), mask=unknown)])


def _days(
    tickets: pa.Table, stamps: Mapping[str, Stamps], zone: str | None
) -> Iterator[tuple[str, Any]]:
    """Give the days of creation and resolution, by the clock."""
    if "created_at" in stamps:
        yield "created_on", pc.cast(tickets["created_at"], pa.date32())
    found = [tickets["resolved_at"]] if "resolved_at" in stamps else []
    if "created_at" in stamps and "resolution_duration" in tickets.column_names:
        took = pc.cast(tickets["resolution_duration"], pa.duration("s"))
        found.append(_after(tickets["created_at"], stamps["created_at"], took, zone))
    if found:
        yield "resolved_on", pc.cast(pc.coalesce(*found), pa.date32())


def _after(local: Any, created: Stamps, took: Any, zone: str | None) -> Any:
    """Give the time on the clock so long after a creation."""
    if zone is None:
        return pc.add(local, took)
    moments = pa.chunked_array([pa.array(created.seconds, mask=created.blank)])
    moved = pc.add(pc.cast(moments, pa.timestamp("s")), took)
    return pc.local_timestamp(pc.cast(moved, pa.timestamp("s", zone)))


def _moments(tickets: pa.Table) -> list[Any]:
    """Give the earliest and the latest time of any column of a table."""
    found: list[Any] = []
    for column in tickets.columns:
        if pa.types.is_timestamp(column.type) and column.null_count < len(column):
            least_and_most = pc.min_max(column)
            found += [least_and_most["min"].as_py(), least_and_most["max"].as_py()]
    return found


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
    def of(cls, hours: Sequence[BusinessHours], zone: str | None, moments: list[Any]) -> _Desk:
        """Lay out the openings of every day that any moment falls on."""
        if not moments:
            return cls(np.zeros(0, np.int64), np.zeros(0, np.int64))
        # Numpy's days go on where those of Python end: 9999-12-31 is a day that exports have.
        first, last = (np.datetime64(edge.date(), "D") for edge in (min(moments), max(moments)))
        if hours[0].from_ is not None and first < np.datetime64(hours[0].from_, "D"):
            raise DataRefusedError(
                f"the tickets begin on {first}, before the business hours, which hold from"
                f" {hours[0].from_}",
                "add [[business_hours]] without from: the hours before that day",
            )
        days = np.arange(first, last + 1)
        holidays = sorted(day for one in hours for day in one.holidays)
        starts, ends = [], []
        for one, later in zip(hours, [*hours[1:], None], strict=True):
            ours = days if later is None else days[days < np.datetime64(later.from_, "D")]
            days = days[len(ours) :]
            for weekday, openings in enumerate(one.week):
                mask = "".join("1" if place == weekday else "0" for place in range(7))
                closed = np.array(holidays, dtype="datetime64[D]")
                midnights = ours[np.is_busday(ours, weekmask=mask, holidays=closed)].astype(
                    "datetime64[s]"
                )
                for opening in openings:
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

    def is_open(self, moments: Any) -> Any:
        """Mark the moments at which the desk is open, or closes."""
        if not len(self._starts):
            return np.zeros(len(moments), dtype=bool)
        place = np.maximum(np.searchsorted(self._starts, moments, side="right") - 1, 0)
        into = moments - self._starts[place]
        return (into >= 0) & (into <= self._lengths[place])
