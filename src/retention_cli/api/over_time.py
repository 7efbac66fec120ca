"""What moved, from Python: trends, bridges, cohorts, reports of it, and what was restated since a run was frozen."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Unpack

from retention_cli.api._requests import path_of, request_of, texts_of, with_options
from retention_cli.api.results import Bridge, Cohorts, Diff, Report, Trend
from retention_cli.results.facts import fields_of
from retention_cli.runs import bridge as _bridging
from retention_cli.runs import cohorts as _laying
from retention_cli.runs import diff as _comparing
from retention_cli.runs import report as _reporting
from retention_cli.runs import trend as _following

if TYPE_CHECKING:
    from collections.abc import Iterable

    from retention_cli.api._requests import Place, Told


@with_options
def trend(  # noqa: PLR0913  # a keyword for each option of the command
    *paths: Place,
    period: str | None = None,
    by: str | None = None,
    start: Place | None = None,
    end: Place | None = None,
    benchmarks: Place | None = None,
    kpi: str | Iterable[str] = (),
    last: int | None = None,
    every: str | None = None,
    since: str | None = None,
    until: str | None = None,
    event: str | None = None,
    event_periods: int = 3,
    events: Place | None = None,
    **told: Unpack[Told],
) -> Trend:
    """Follow every figure over a row of periods.

    Takes the files, folders and options of `retention trend`; `since` and `until` are its `--from`
    and `--to`.
    Errors: RetentionError, of which `hint` says what to do.
    """
    request = request_of(locals())
    asked = _following.Asked(
        texts_of(kpi),
        last,
        every,
        since=since,
        until=until,
        event=event,
        sides=event_periods,
        events=path_of(events),
    )
    return Trend(**fields_of(_following.trend(asked, request)))


@with_options
def bridge(
    *paths: Place,
    period: str | None = None,
    by: str | None = None,
    start: Place | None = None,
    end: Place | None = None,
    members: bool = False,
    **told: Unpack[Told],
) -> Bridge:
    """Walk from the customers and the revenue before a period to those of its end.

    Takes the files, folders and options of `retention bridge`.
    Errors: RetentionError, of which `hint` says what to do.
    """
    return Bridge(**fields_of(_bridging.bridge(request_of(locals()), members=members)))


@with_options
def cohorts(
    *paths: Place,
    every: str = "month",
    **told: Unpack[Told],
) -> Cohorts:
    """Lay out who stayed, and what they paid, by when they first started.

    Takes the files, folders and options of `retention cohorts`.
    Errors: RetentionError, of which `hint` says what to do.
    """
    return Cohorts(**fields_of(_laying.cohorts(request_of(locals()), every=every)))


@with_options
def report(  # noqa: PLR0913  # a keyword for each option of the command
    *paths: Place,
    period: str | None = None,
    by: str | None = None,
    start: Place | None = None,
    end: Place | None = None,
    benchmarks: Place | None = None,
    role: str | None = None,
    sections: str | Iterable[str] | None = None,
    no_names: bool = False,
    **told: Unpack[Told],
) -> Report:
    """Explain a period to somebody who never saw the tool, as a page or a workbook.

    Takes the files, folders and options of `retention report`.
    Errors: RetentionError, of which `hint` says what to do.
    """
    request = request_of(locals())
    wanted = _reporting.sections(None if sections is None else ",".join(texts_of(sections)))
    found = _reporting.report(wanted, request, names=not no_names, role=role)
    return Report(**fields_of(found))


@with_options
def diff(
    *paths: Place,
    start: Place | None = None,
    end: Place | None = None,
    benchmarks: Place | None = None,
    **told: Unpack[Told],
) -> Diff:
    """Compare a frozen run, which comes first, with another, or with the exports of today.

    Takes the files, folders and options of `retention diff`.
    Errors: RetentionError, of which `hint` says what to do.
    """
    said = locals()
    first, second = _comparing.frozen_pair([Path(path) for path in paths])
    if second is not None:
        return Diff(**fields_of(_comparing.between(first, second)))
    request = request_of(said | {"paths": paths[1:]})
    return Diff(**fields_of(_comparing.since(first, request)))
