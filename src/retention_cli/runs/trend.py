"""From files to figures over a row of periods."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from retention_cli.errors import DataRefusedError, RetentionError, UnknownNameError
from retention_cli.kpis.definitions import asked_for
from retention_cli.results.facts import fields_of
from retention_cli.results.trend import Trend
from retention_cli.runs.events import chosen, events
from retention_cli.runs.reading import reading
from retention_cli.scoring.before_after import compare, mixes
from retention_cli.scoring.figures import Occasion, score_periods
from retention_cli.scoring.trend import by_figure, needs_year, rows
from retention_cli.values.coverage import lies_outside, reaches_past
from retention_cli.values.periods import LENGTHS, Period

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from retention_cli.kpis.registry import Kpi
    from retention_cli.runs.options import Request
    from retention_cli.runs.reading import Reading
    from retention_cli.scoring.before_after import Sides
    from retention_cli.values.events import Event

USUAL = 12
MOST = 600
"""More periods than anybody reads: fifty years of months."""
SIDES = 3


@dataclass(frozen=True, slots=True)
class Asked:
    """Which figures, which periods, and the event that they are held against.

    Shape: `every` is the length of the periods; `since` and `until` are periods as they were written.
    """

    kpis: Sequence[str] = ()
    last: int | None = None
    every: str | None = None
    since: str | None = None
    until: str | None = None
    event: str | None = None
    sides: int = SIDES
    events: Path | None = None


def trend(asked: Asked, request: Request) -> Trend:
    """Compute the figures of a row of periods; exports are read once.

    Without a period the row ends with the last whole one.
    Errors: RetentionError and its kinds, for what was asked and for files that cannot be used.
    """
    request = _placed(asked, request)
    _wanted(asked, request)
    with reading(request) as read:
        return followed(asked, request, read)


def followed(asked: Asked, request: Request, read: Reading) -> Trend:
    """Compute the figures of a row of periods over what was read.

    Errors: as of `trend`.
    """
    only, found, event = _wanted(asked, request)
    periods = _row(asked, request, read.facts.period)
    sides = _sides(event, asked.sides, request, read) if event else None
    sides = sides or (_before_last(periods) if request.by else None)
    extra = [needs_year(periods), *(one for side in sides or () for one in side)]
    wanted = [*dict.fromkeys(one for one in (*extra, *periods) if one is not None)]
    occasions = [_occasion(period, request, read) for period in sorted(wanted, key=_start)]
    grouping = read.grouping
    lines = score_periods(read.dataset, occasions, grouping, only=only, opens=False)
    known = by_figure([one.period for one in occasions if one.period], lines)
    return Trend(
        periods=periods,
        rows=rows(known, periods),
        events=found,
        comparison=compare(known, _as_grouped(event, read), sides) if event and sides else None,
        mixes=mixes(known, request.by, sides) if request.by and sides else None,
        **fields_of(read.facts),
    )


def _wanted(
    asked: Asked, request: Request
) -> tuple[tuple[Kpi, ...] | None, tuple[Event, ...], Event | None]:
    """Find the figures, the events and the one event that were asked for."""
    names = [one.strip() for names in asked.kpis for one in names.split(",")]
    only = tuple({kpi.name: kpi for kpi in map(asked_for, filter(None, names))}.values()) or None
    found = events(asked.events, request.beside)
    return only, found, chosen(asked.event, found) if asked.event is not None else None


def _start(period: Period) -> int:
    return period.start.toordinal()


def _placed(asked: Asked, request: Request) -> Request:
    """Settle where the row ends, as far as that was said."""
    every = asked.every
    if every is not None and every not in LENGTHS:
        raise UnknownNameError("length", every, LENGTHS, where="--every: ")
    if asked.last is not None and asked.since is not None:
        raise RetentionError("--last and --from contradict each other", "leave one out")
    if asked.last is not None and not 1 <= asked.last <= MOST:
        raise RetentionError(
            f"--last: {asked.last} is not a number of periods", f"write 1 to {MOST}"
        )
    if asked.sides < 1:
        raise RetentionError(
            f"--event-periods: {asked.sides} is not a number of periods", "write 3"
        )
    period = request.period
    if asked.until is not None:
        if period is not None:
            raise RetentionError("--to and --period contradict each other", "leave one out")
        until = Period.parse(asked.until, as_of=request.day)
        period = Period.around(until.last_day, every or "month")
    elif period is not None and every is not None and period.length != every:
        raise RetentionError(
            f"--period {period.label} is not one {every}, and --every asks for {every}s",
            "leave out --every, or end the row with --to",
        )
    return replace(request, period=period, every=every or "month")


def _row(asked: Asked, request: Request, last: Period | None) -> tuple[Period, ...]:
    """Give the periods in order, up to the last."""
    if last is None:
        raise DataRefusedError(
            "a trend needs dates, and the exports have none up to today",
            "add an export with dates, or compute the figures as they are exported",
        )
    if asked.since is None:
        count, since = asked.last or USUAL, None
    else:
        count, since = MOST, Period.parse(asked.since, as_of=request.day).start
        if since >= last.end:
            raise RetentionError(
                f"--from {asked.since} is after the last period, {last.label}",
                "write an earlier period, or a later --to",
            )
    periods = [last]
    while len(periods) < count and (since is None or periods[-1].start > since):
        try:
            periods.append(periods[-1].previous())
        except (ValueError, OverflowError):
            break
    if since is not None and periods[-1].start > since:
        raise RetentionError(
            f"--from: more than {MOST} periods", "write a later one, or --every year"
        )
    return tuple(reversed(periods))


def _occasion(period: Period, request: Request, read: Reading) -> Occasion:
    unfinished = reaches_past(period, read.days, as_of=request.day)
    return Occasion(
        period, request.day, read.days, unfinished, request.settings, request.benchmarks
    )


def _sides(event: Event, wanted: int, request: Request, read: Reading) -> Sides:
    """Find as many whole periods after an event as before it; that of the event is in neither.

    Errors: DataRefusedError where one side has none.
    """
    period = read.facts.period
    length = (period.length if period else None) or request.every
    middle = Period.around(event.day, length)
    before, after = [middle.previous()], [middle.following()]
    while len(before) < wanted:
        before.append(before[-1].previous())
        after.append(after[-1].following())
    pairs = []
    for one, other in zip(before, after, strict=True):
        if not (_is_whole(one, request, read) and _is_whole(other, request, read)):
            break
        pairs.append((one, other))
    if not pairs:
        raise DataRefusedError(
            f"--event: the data have no whole {length} before and after '{event.name}', {event.day}",
            "take another event, or shorter periods with --every",
        )
    earlier, later = zip(*pairs, strict=True)
    return tuple(reversed(earlier)), later


def _is_whole(period: Period, request: Request, read: Reading) -> bool:
    days = read.days
    finished = reaches_past(period, days, as_of=request.day) is None
    return finished and lies_outside(period, days) is None and period.start >= days[0]


def _as_grouped(event: Event, read: Reading) -> Event:
    """Give the column of an event the name that the groups go by."""
    grouping = read.grouping if event.group is not None else None
    if event.group is None or grouping is None or not grouping.is_named(event.group[0]):
        return event
    return replace(event, group=(grouping.by, event.group[1]))


def _before_last(periods: Sequence[Period]) -> Sides | None:
    """Give the last period and the one before it, unless the calendar begins in between."""
    try:
        return (periods[-1].previous(),), (periods[-1],)
    except (ValueError, OverflowError):
        return None
