"""What moved, from Python: trends, bridges, cohorts, and what was restated since a run was frozen."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from retention_cli.api._requests import request_of
from retention_cli.api.results import Bridge, Cohorts, Diff, Trend
from retention_cli.results.facts import fields_of
from retention_cli.runs import bridge as _bridging
from retention_cli.runs import cohorts as _laying
from retention_cli.runs import diff as _comparing
from retention_cli.runs import trend as _following

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from retention_cli.api._requests import Headers, Place


def trend(  # noqa: PLR0913  # a keyword for each option of the command
    *paths: Place,
    period: str | None = None,
    as_of: str | date | None = None,
    by: str | None = None,
    start: Place | None = None,
    end: Place | None = None,
    benchmarks: Place | None = None,
    config: Place | None = None,
    kpi: str | Iterable[str] = (),
    last: int | None = None,
    every: str | None = None,
    since: str | None = None,
    until: str | None = None,
    event: str | None = None,
    event_periods: int = 3,
    events: Place | None = None,
    rejects: Place | None = None,
    max_rejects: str | int = "5%",
    strict: bool = False,
    date_order: str | None = None,
    decimal: str | None = None,
    currency: str | None = None,
    tz: str | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
    sheet: str | None = None,
    stdin_name: str | None = None,
    preset: str | Iterable[str] = (),
    map: Headers | None = None,  # noqa: A002  # as the option is called
    ignore: str | Iterable[str] = (),
    **named: Place | Iterable[Place],
) -> Trend:
    """Follow every figure over a row of periods.

    Takes the files, folders and options of `retention trend`; `since` and `until` are its `--from`
    and `--to`.
    Errors: RetentionError, of which `hint` says what to do.
    """
    told = locals()
    for name in ("kpi", "last", "every", "since", "until", "event", "event_periods", "events"):
        del told[name]
    asked = _following.Asked(
        (kpi,) if isinstance(kpi, str) else tuple(kpi),
        last,
        every,
        since=since,
        until=until,
        event=event,
        sides=event_periods,
        events=None if events is None else Path(events),
    )
    return Trend(**fields_of(_following.trend(asked, request_of(told))))


def bridge(  # noqa: PLR0913  # a keyword for each option of the command
    *paths: Place,
    period: str | None = None,
    as_of: str | date | None = None,
    by: str | None = None,
    start: Place | None = None,
    end: Place | None = None,
    config: Place | None = None,
    members: bool = False,
    rejects: Place | None = None,
    max_rejects: str | int = "5%",
    strict: bool = False,
    date_order: str | None = None,
    decimal: str | None = None,
    currency: str | None = None,
    tz: str | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
    sheet: str | None = None,
    stdin_name: str | None = None,
    preset: str | Iterable[str] = (),
    map: Headers | None = None,  # noqa: A002  # as the option is called
    ignore: str | Iterable[str] = (),
    **named: Place | Iterable[Place],
) -> Bridge:
    """Walk from the customers and the revenue before a period to those of its end.

    Takes the files, folders and options of `retention bridge`.
    Errors: RetentionError, of which `hint` says what to do.
    """
    told = locals()
    del told["members"]
    return Bridge(**fields_of(_bridging.bridge(request_of(told), members=members)))


def cohorts(  # noqa: PLR0913  # a keyword for each option of the command
    *paths: Place,
    as_of: str | date | None = None,
    config: Place | None = None,
    every: str = "month",
    rejects: Place | None = None,
    max_rejects: str | int = "5%",
    strict: bool = False,
    date_order: str | None = None,
    decimal: str | None = None,
    currency: str | None = None,
    tz: str | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
    sheet: str | None = None,
    stdin_name: str | None = None,
    preset: str | Iterable[str] = (),
    map: Headers | None = None,  # noqa: A002  # as the option is called
    ignore: str | Iterable[str] = (),
    **named: Place | Iterable[Place],
) -> Cohorts:
    """Lay out who stayed, and what they paid, by when they first started.

    Takes the files, folders and options of `retention cohorts`.
    Errors: RetentionError, of which `hint` says what to do.
    """
    told = locals()
    del told["every"]
    return Cohorts(**fields_of(_laying.cohorts(request_of(told), every=every)))


def diff(  # noqa: PLR0913  # a keyword for each option of the command
    *paths: Place,
    as_of: str | date | None = None,
    benchmarks: Place | None = None,
    config: Place | None = None,
    rejects: Place | None = None,
    max_rejects: str | int = "5%",
    strict: bool = False,
    date_order: str | None = None,
    decimal: str | None = None,
    currency: str | None = None,
    tz: str | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
    sheet: str | None = None,
    stdin_name: str | None = None,
    preset: str | Iterable[str] = (),
    map: Headers | None = None,  # noqa: A002  # as the option is called
    ignore: str | Iterable[str] = (),
    **named: Place | Iterable[Place],
) -> Diff:
    """Compare a frozen run, which comes first, with another, or with the exports of today.

    Takes the files, folders and options of `retention diff`.
    Errors: RetentionError, of which `hint` says what to do.
    """
    told = locals()
    first, second = _comparing.frozen_pair([Path(path) for path in paths])
    if second is not None:
        return Diff(**fields_of(_comparing.between(first, second)))
    request = request_of(told | {"paths": paths[1:]})
    return Diff(**fields_of(_comparing.since(first, request)))
