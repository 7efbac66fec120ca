"""The tickets of a period: those created in it, and those resolved in it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import narwhals.stable.v2 as nw
import numpy as np

from retention_cli.dataset.ticket_times import unplaced
from retention_cli.frames.by_group import once_for_all
from retention_cli.frames.frames import Frame, collect, has, opening, parts
from retention_cli.frames.opened import Source
from retention_cli.values.measures import Measure, Part, Undefined, Unit

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from retention_cli.values.periods import Period

LACKS = {
    "no-creation": "tickets.created_at",
    "no-resolution": "tickets.resolved_at or tickets.resolution_duration",
    "no-response-column": "tickets.first_response_at or tickets.first_response_duration",
}

Seconds: TypeAlias = "np.ndarray[Any, np.dtype[np.int64]]"
"""Whole seconds, in an array."""

NO_RESPONSES = Undefined("no-response-column", "the tickets do not say when they were answered")
NO_RESOLUTIONS = Undefined("no-resolution", "the tickets do not say when they were resolved")
ZONE_UNKNOWN = "zone-unknown"
RESPONSE, RESOLUTION = "first_response_seconds", "resolution_seconds"
ID = "ticket"
"""The ticket id where there is one, else the place of the row in its file."""
_ONE = nw.lit(1)
_THERE = ~nw.col(ID).is_null()


class Service(NamedTuple):
    """Tickets by when they were created and when resolved.

    Shape: `created` and `resolved` are frames of tickets, each with `ticket`, which names it in
        any export. Each is None where the export cannot tell which they are, with the reason
        beside it.
    """

    created: Frame | None
    resolved: Frame | None
    as_exported: bool = False
    unplaced: Undefined | None = None
    unresolved: Undefined | None = None

    def undefined(self, reason: Undefined) -> Measure:
        """Answer for a figure that has no value."""
        return Measure.undefined(
            reason.code, reason.message, hint=reason.hint, as_exported=self.as_exported
        )


def service(*, tickets: Frame, period: Period) -> Service:
    """Find the tickets of a period; an export without dates is taken as one period of its own.

    Source: docs/definitions.md, "Service".
    """
    tickets = _named(tickets)
    if not has(tickets, "created_on") and not has(tickets, "resolved_on"):
        if has(tickets, "first_response_at"):
            reason = Undefined(
                "no-creation",
                "the tickets have no created_at, so how long a first response took is unknown",
                "name the column with the creation under [export.columns]",
            )
            return Service(None, None, unplaced=reason, unresolved=reason)
        timed = has(tickets, RESOLUTION)
        resolved = tickets.filter(filled(RESOLUTION)) if timed else tickets
        return Service(tickets, resolved, as_exported=True)
    return Service(
        created=_of_period(tickets, "created_on", period),
        resolved=_of_period(tickets, "resolved_on", period),
        unplaced=Undefined("no-creation", "the tickets have no created_at"),
        unresolved=Undefined("no-resolution", "the tickets have no resolved_at"),
    )


@cache
def filled(column: str) -> nw.Expr:
    """Mark the rows with a value in a column."""
    return ~nw.col(column).is_null()


@once_for_all
def _named(tickets: Frame) -> Frame:
    file = [nw.lit("file"), (nw.col("_file") + 1).cast(nw.String)] if has(tickets, "_file") else []
    row = nw.concat_str(*file, nw.lit("row"), nw.col("_row").cast(nw.String), separator=" ")
    known = [nw.col("ticket_id")] if has(tickets, "ticket_id") else []
    return tickets.with_columns(nw.coalesce(*known, row).alias(ID))


def _of_period(tickets: Frame, day: str, period: Period) -> Frame | None:
    return _dated(tickets, day, period) if has(tickets, day) else None


@once_for_all
def _dated(tickets: Frame, day: str, period: Period) -> Frame:
    return tickets.filter((nw.col(day) >= period.start) & (nw.col(day) < period.end))


def counted(tickets: Frame, *cells: str, **masks: nw.Expr) -> dict[str, Part]:
    """Count tickets, and those under each mask; `cells` are the columns that decide."""
    return parts(tickets, key=ID, behind=_source(cells), tickets=_THERE, **masks)


def _source(cells: Sequence[str]) -> Source:
    return Source("tickets", ("customer_id", "created_at", "resolved_at", *cells))


def answered(tickets: Frame) -> nw.Expr:
    """Mark the tickets that were answered, whether or not it is known after how long."""
    known = filled(RESPONSE)
    return known | nw.col(unplaced(RESPONSE)) if has(tickets, unplaced(RESPONSE)) else known


def without_zone(service: Service, tickets: Frame, seconds: str) -> Measure | None:
    """Answer where it is not known how long some tickets took, as no zone is told.

    The share of the others would be taken for that of all.
    """
    if not has(tickets, unplaced(seconds)):
        return None
    count = counted(tickets, unplaced=nw.col(unplaced(seconds)))["unplaced"].total
    return service.undefined(zone_unknown(count)) if count else None


def zone_unknown(count: int) -> Undefined:
    """Say of how many tickets the zone of a time is not known."""
    named = "1 ticket" if count == 1 else f"{count:,} tickets"
    return Undefined(
        ZONE_UNKNOWN,
        f"how long {named} took is not known: of two times one has an offset from UTC and the other"
        " none, or no zone says when the desk is open",
        'say the zone with --tz Europe/Berlin, or time_zone = "Europe/Berlin" in retention.toml',
    )


def durations(tickets: Frame, column: str) -> tuple[Seconds, Part]:
    """Give the sorted known durations of a frame, and the tickets that have one.

    Shape: whole seconds, ascending, as an array; a part that counts them.
    """
    timed = filled(column)
    table = collect(tickets.filter(timed).select(column))
    seconds = np.sort(np.asarray(table[column], dtype=np.int64))
    cells = (column.replace("_seconds", "_at"), column.replace("_seconds", "_duration"), column)
    opens = opening(tickets, timed, key=ID, adds=_ONE, behind=_source(cells))
    return seconds, Part(len(seconds), Unit.COUNT, opens)


def quantile(ordered: Seconds, share: Fraction) -> Fraction:
    """Give a quantile of sorted whole numbers, linear between ranks, exactly.

    Undefined: without numbers; ValueError then.
    Source: rank (n - 1) * q from 0; docs/definitions.md, "Service".
    Example:
        >>> from fractions import Fraction
        >>> quantile(np.array([600, 1800, 7200, 50400]), Fraction(1, 2))
        Fraction(4500, 1)
    """
    if not len(ordered):
        raise ValueError("no numbers have no quantile")
    rank = (len(ordered) - 1) * share
    low = rank.numerator // rank.denominator
    high = min(low + 1, len(ordered) - 1)
    first, second = int(ordered[low]), int(ordered[high])
    return first + (second - first) * (rank - low)
