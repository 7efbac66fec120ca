"""The rooms in order: from files to a scorecard, or to a check of the files."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from retention_cli.accounts import Accounts, rank_accounts
from retention_cli.benchmarks import Benchmark, KpiFacts
from retention_cli.checking import Check, CheckedFile, Readiness, Reason
from retention_cli.computability import computable
from retention_cli.crosschecks import Together, every_finding
from retention_cli.errors import DataRefusedError, RetentionError
from retention_cli.exports import RejectLimit, refuse_guess, refuse_too_many
from retention_cli.grouping import group_by
from retention_cli.kpis import registry
from retention_cli.loading import load
from retention_cli.misfits import misfits, refuse_idle_presets
from retention_cli.parts import LoadedExport, read_parts
from retention_cli.periods import Period
from retention_cli.rhythm import days_with_events, reaches_past
from retention_cli.scorecard import Scorecard
from retention_cli.scoring import Occasion, score_lines

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from retention_cli.exports import Export
    from retention_cli.grouping import Grouping
    from retention_cli.loading import Loaded
    from retention_cli.locating import Located
    from retention_cli.problems import Problems
    from retention_cli.rejects import RejectsFile
    from retention_cli.settings import Settings

_ANY = RejectLimit(percent=Fraction(100))


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
    chosen, assumed = _chosen(period, days)
    unfinished = reaches_past(chosen, days, as_of=as_of) if chosen else None
    grouping = group_by(loaded.dataset, loaded.exports, by) if by is not None else None
    if grouping is not None:
        _warn_of_unknown_groups(benchmarks, grouping, loaded.problems)
    occasion = Occasion(chosen, as_of, unfinished is not None, settings, benchmarks)
    return Scorecard(
        period=chosen,
        lines=tuple(score_lines(loaded.dataset, occasion, grouping)),
        exports=loaded.exports,
        problems=loaded.problems,
        as_of=as_of,
        assumed=tuple(assumed),
        unfinished=unfinished,
        rejects_file=str(rejects.path) if rejects.path and rejects.count else None,
    )


def _chosen(period: Period | None, days: Sequence[date]) -> tuple[Period | None, list[str]]:
    """Take the period that was asked for, or the last full month before the latest date."""
    if period is not None or not days:
        return period, []
    latest = Period.month_before(days[-1])
    said = (
        f"the period is {latest.label}: the last full month before the latest date,"
        f" {days[-1]}; --period takes another"
    )
    return latest, [said]


def _warn_of_unknown_groups(
    benchmarks: Sequence[Benchmark], grouping: Grouping, problems: Problems
) -> None:
    for one in benchmarks:
        column, value = one.segment or ("", None)
        if grouping.is_named(column) and value not in grouping.values:
            problems.warn(
                kind="benchmarks",
                file="benchmarks",
                code="unknown-group",
                column=f"{one.kpi} {value}",
                count=1,
                message=f"the benchmark of {one.kpi} for {column} '{value}' judges nothing: no row"
                " has that value",
            )


def accounts(  # noqa: PLR0913  # all that one run of `retention accounts` is told
    files: Sequence[Located],
    *,
    settings: Settings,
    as_of: date,
    rejects: RejectsFile,
    period: Period | None = None,
    limit: RejectLimit | None = None,
    by: str | None = None,
) -> Accounts:
    """Rank the accounts of a period by profit; `by` adds them up for each value of a column.

    Errors: DataRefusedError without invoices or without a date, and for files that cannot be
        used; RetentionError for settings that cannot be followed.
    """
    parts = [part for file in files for part in read_parts(file, settings)]
    refuse_idle_presets(files, parts)
    loaded = load(
        parts, settings=settings, limit=limit or RejectLimit(), rejects=rejects, as_of=as_of
    )
    if not loaded.dataset.has("invoices"):
        raise DataRefusedError(
            "accounts need invoices, and no export here is one", "add an invoice export"
        )
    days = days_with_events(loaded.dataset.tables, as_of=as_of)
    chosen, assumed = _chosen(period, days)
    if chosen is None:
        raise DataRefusedError("no invoice has a date up to today", "say a period: --period 2025")
    grouping = group_by(loaded.dataset, loaded.exports, by) if by is not None else None
    ranking = rank_accounts(loaded.dataset, chosen, grouping)
    return Accounts(
        period=chosen,
        accounts=ranking.accounts,
        totals=ranking.totals,
        unallocated=ranking.unallocated,
        groups=ranking.groups,
        currency=ranking.currency,
        notes=ranking.notes,
        reason=ranking.reason,
        exports=loaded.exports,
        problems=loaded.problems,
        assumed=tuple(assumed),
        rejects_file=str(rejects.path) if rejects.path and rejects.count else None,
    )


def check(
    files: Sequence[Located],
    *,
    settings: Settings,
    rejects: RejectsFile,
    limit: RejectLimit | None = None,
    as_of: date | None = None,
) -> Check:
    """Read and validate files, each by itself and then together.

    With `as_of`, the day that the data are looked at, figures of the last full month are tried,
    to see what they lack.
    Errors: RetentionError for settings that cannot be followed; what is wrong with a file is in
        its verdict.
    """
    parts: list[LoadedExport] = []
    refused: list[CheckedFile] = []

    def refuse(name: str, error: DataRefusedError) -> None:
        also = tuple(Reason(other.message, other.hint, other.snippet) for other in error.also)
        refused.append(
            CheckedFile(
                name,
                Readiness.NOT_USABLE,
                error.message,
                hint=error.hint,
                snippet=error.snippet,
                also=also,
            )
        )

    for file in files:
        try:
            parts += read_parts(file, settings)
        except DataRefusedError as error:
            refuse(file.name, error)
    if not refused:
        refuse_idle_presets(files, parts)
    for part, refusal in list(misfits(parts)):
        refuse(part.sheet.file, refusal)
        parts = [other for other in parts if other is not part]
    loaded = load(parts, settings=settings, limit=_ANY, rejects=rejects, as_of=as_of)
    checked = [_checked(export, limit or RejectLimit()) for export in loaded.exports]
    place = {file.name: index for index, file in enumerate(files)}
    in_order = sorted((*checked, *refused), key=lambda found: place[found.file])
    period = None
    if as_of is not None:
        days = days_with_events(loaded.dataset.tables, as_of=as_of)
        period = Period.month_before(days[-1] if days else as_of)
    return Check(
        tuple(in_order),
        computable(loaded.dataset, settings=settings, period=period),
        loaded.problems,
        findings=every_finding(_together(loaded, as_of)),
        period=period,
        groups={kind: loaded.values_of_others(kind) for kind in loaded.dataset.tables},
    )


def _together(loaded: Loaded, as_of: date | None) -> Together:
    tables = dict(loaded.dataset.tables)
    if loaded.spells is not None:
        tables["customers"] = loaded.spells
    return Together(tables, loaded.exports, loaded.problems.issues(), as_of)


def _checked(export: Export, limit: RejectLimit) -> CheckedFile:
    try:
        refuse_guess(export, limit)
        refuse_too_many(export, limit, "see the problems below")
    except RetentionError as error:
        return CheckedFile(
            export.file, Readiness.NOT_USABLE, error.message, export=export, hint=error.hint
        )
    if export.rejected:
        rows = "row is" if export.rejected == 1 else "rows are"
        return CheckedFile(
            export.file,
            Readiness.READY_WITH_REJECTS,
            f"{export.rejected} {rows} rejected",
            export=export,
        )
    return CheckedFile(export.file, Readiness.READY, "can be used as it is", export=export)
