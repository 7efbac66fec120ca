"""What the runs that give figures begin with: the files as a dataset, and the period."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from shlex import quote
from typing import TYPE_CHECKING

from retention_cli.dataset.day_of_loss import RECORDED
from retention_cli.dataset.groups import group_by
from retention_cli.errors import raise_together
from retention_cli.findings.problems import Notice
from retention_cli.findings.rejects import RejectsFile
from retention_cli.loading.all_files import load
from retention_cli.loading.conflicting_files import refuse_idle
from retention_cli.loading.every_file import read_every
from retention_cli.results.facts import Facts
from retention_cli.text.wording import quoted_names
from retention_cli.values.coverage import lies_outside, reaches_past
from retention_cli.values.periods import Period

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    import pyarrow as pa

    from retention_cli.dataset.dataset import Dataset
    from retention_cli.dataset.groups import Grouping
    from retention_cli.loading.loaded_export import LoadedExport
    from retention_cli.runs.options import Request
    from retention_cli.settings import Settings


@dataclass(frozen=True, slots=True)
class Reading:
    """What was loaded, and the days on which something happened.

    Shape: `parts` are the files, which hold no rows any more but those that were not used.
    """

    dataset: Dataset
    facts: Facts
    days: Sequence[date]
    grouping: Grouping | None
    parts: Sequence[LoadedExport]
    settled: Mapping[str, pa.Table]


@contextmanager
def reading(request: Request, *, keep: bool = False) -> Iterator[Reading]:
    """Read all files of a run; rows not used are in the rejects file when the block ends.

    Without a period it is the last calendar month that the data cover. `keep` asks for the rows as
    they were read too.
    Errors: RetentionError and its kinds, for files and settings that cannot be followed.
    """
    with RejectsFile(request.rejects) as rejects:
        every = read_every(request.files, request.settings, request.mapped)
        raise_together([error for _, error in every.refused])
        refuse_idle(request.files, every.parts)
        loaded = load(
            every.parts,
            settings=request.settings,
            limit=request.limit,
            rejects=rejects,
            as_of=request.day,
            keep=keep,
        )
        days = loaded.days_up_to(request.day)
        period, assumed = _period(request, days)
        unfinished = reaches_past(period, days, as_of=request.day) if period else None
        dataset = _of_period(loaded.dataset, request.period)
        grouping = group_by(dataset, loaded.exports, request.by) if request.by else None
        facts = Facts(
            problems=loaded.problems.also([*every.passed_over, *_alike(grouping)]),
            period=period,
            exports=loaded.exports,
            assumed=assumed,
            rejects_file=rejects.written,
            remarks=(*request.remarks, *_idle(request.settings, loaded.dataset)),
            passed_over=request.passed_over,
            unfinished=unfinished,
            outside=lies_outside(period, days) if period else None,
        )
        yield Reading(dataset, facts, days, grouping, every.parts, loaded.settled)


def _alike(grouping: Grouping | None) -> Iterator[Notice]:
    """Say which groups may be one: how they are written is all that tells them apart."""
    if grouping is None:
        return
    for values in grouping.alike():
        named = f"--by {quote(grouping.by)}: {quoted_names(values, ', ')} are groups of their own"
        yield Notice(
            "groups-alike",
            f"{named}; if they are one, write them the same way in the export",
        )


def _of_period(dataset: Dataset, period: Period | None) -> Dataset:
    """Take the lists of customers for those at the ends of the period, where one was asked for."""
    if dataset.snapshots is None or period is None:
        return dataset
    return replace(dataset, snapshots=replace(dataset.snapshots, period=period))


def _idle(settings: Settings, dataset: Dataset) -> Iterator[str]:
    """Say which settings on who is a customer have no effect on these exports."""
    basis = dataset.basis
    if settings.lost_on != RECORDED and basis != "dates":
        yield "warning: lost_on has no effect: no dates of the customers say who has left"
    if settings.new_after is not None and basis not in {"dates", "activity"}:
        yield "warning: new_after has no effect: the exports do not say when customers were away"


def _period(request: Request, days: Sequence[date]) -> tuple[Period | None, tuple[str, ...]]:
    """Take the period that was asked for, or the last full one before the latest date."""
    if request.period is not None or not days:
        return request.period, ()
    latest = Period.around(days[-1] + timedelta(days=1), request.every).previous()
    said = (
        f"the period is {latest.label}: the last full {request.every} before the latest date,"
        f" {days[-1]}; --period takes another"
    )
    return latest, (said,)
