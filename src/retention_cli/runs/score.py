"""From files to a scorecard."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from retention_cli.benchmarks.benchmarks import Benchmark, KpiFacts
from retention_cli.dataset.groups import group_by
from retention_cli.findings.file_report import RejectLimit
from retention_cli.findings.problems import Notice
from retention_cli.kpis import registry
from retention_cli.loading.all_files import load
from retention_cli.loading.conflicting_files import refuse_idle_presets
from retention_cli.loading.one_file import read_parts
from retention_cli.results.scorecard import Scorecard
from retention_cli.runs.period import chosen_period
from retention_cli.scoring.figures import Occasion, score_lines
from retention_cli.values.coverage import days_with_events, reaches_past

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from retention_cli.dataset.groups import Grouping
    from retention_cli.findings.rejects import RejectsFile
    from retention_cli.settings import Settings
    from retention_cli.sources.locating import Located
    from retention_cli.values.periods import Period


def kpi_facts() -> dict[str, KpiFacts]:
    """Give what benchmarks have to fit, for each KPI."""
    return {
        kpi.name: KpiFacts(
            unit=kpi.unit,
            better=kpi.better,
            lowest=None if kpi.lowest is None else Fraction(kpi.lowest),
            highest=None if kpi.highest is None else Fraction(kpi.highest),
        )
        for kpi in registry.every()
    }


def score(  # noqa: PLR0913  # all that one run of `retention compute` is told
    files: Sequence[Located],
    *,
    settings: Settings,
    benchmarks: Sequence[Benchmark],
    as_of: date,
    rejects: RejectsFile,
    period: Period | None = None,
    limit: RejectLimit | None = None,
    by: str | None = None,
) -> Scorecard:
    """Compute every KPI of a period over some files, each held against its benchmark.

    `as_of` is the day that the data are looked at: nothing later says what the last month is.
    Without a period it is the last calendar month that the data cover. `by` names a column whose
    values are the groups that figures are told for too.
    Errors: RetentionError and its kinds, for files and settings that cannot be followed.
    """
    parts = [part for file in files for part in read_parts(file, settings)]
    refuse_idle_presets(files, parts)
    loaded = load(
        parts, settings=settings, limit=limit or RejectLimit(), rejects=rejects, as_of=as_of
    )
    days = days_with_events(loaded.dataset.tables, as_of=as_of)
    chosen, assumed = chosen_period(period, days)
    unfinished = reaches_past(chosen, days, as_of=as_of) if chosen else None
    grouping = group_by(loaded.dataset, loaded.exports, by) if by is not None else None
    unknown = _unknown_groups(benchmarks, grouping) if grouping is not None else ()
    occasion = Occasion(chosen, as_of, unfinished is not None, settings, benchmarks)
    return Scorecard(
        period=chosen,
        lines=tuple(score_lines(loaded.dataset, occasion, grouping)),
        exports=loaded.exports,
        problems=loaded.problems.also(unknown),
        as_of=as_of,
        assumed=tuple(assumed),
        unfinished=unfinished,
        rejects_file=str(rejects.path) if rejects.path and rejects.count else None,
    )


def _unknown_groups(benchmarks: Sequence[Benchmark], grouping: Grouping) -> Iterator[Notice]:
    for one in benchmarks:
        column, value = one.segment or ("", None)
        if grouping.is_named(column) and value not in grouping.values:
            yield Notice(
                "unknown-group",
                f"the benchmark of {one.kpi} for {column} '{value}' judges nothing: no row"
                " has that value",
                column=f"{one.kpi} {value}",
                kind="benchmarks",
            )
