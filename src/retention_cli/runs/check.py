"""From files to what is to be said of them."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from retention_cli.errors import DataRefusedError, RetentionError
from retention_cli.findings.across_files import Together, findings, in_order
from retention_cli.findings.file_report import ReadAs, RejectLimit, refuse_guess, refuse_too_many
from retention_cli.findings.problems import Outcome
from retention_cli.findings.rejects import RejectsFile
from retention_cli.loading.all_files import load
from retention_cli.loading.conflicting_files import misfits, refuse_idle
from retention_cli.loading.documents import unclear_documents
from retention_cli.loading.every_file import read_every
from retention_cli.results.check import Check, CheckedFile, Readiness
from retention_cli.scoring.computability import computable
from retention_cli.values.periods import Period

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from retention_cli.findings.file_report import Export
    from retention_cli.findings.problems import Notice, Problem
    from retention_cli.loading.all_files import Loaded
    from retention_cli.loading.loaded_export import LoadedExport
    from retention_cli.runs.options import Request

_ANY = RejectLimit(percent=Fraction(100))


def check(request: Request) -> Check:
    """Read and validate files, each by itself and then together.

    With the day that the data are looked at, figures of the last full month are tried, to see
    what they lack.
    Errors: RetentionError for settings that cannot be followed; what is wrong with a file is in
        its verdict.
    """
    settings, as_of = request.settings, request.as_of
    parts, refused, passed_over = _parts(request)
    with RejectsFile(request.rejects) as rejects:
        loaded = load(parts, settings=settings, limit=_ANY, rejects=rejects, as_of=as_of)
    checked = [_checked(one, request.limit, loaded.problems.first) for one in loaded.exports]
    place = {file.name: index for index, file in enumerate(request.files)}
    files = sorted((*checked, *refused), key=lambda found: place[found.file])
    period = None
    if as_of is not None:
        days = loaded.days_up_to(as_of)
        period = Period.month_before(days[-1] if days else as_of)
    return Check(
        tuple(files),
        computable(loaded.dataset, settings=settings, period=period),
        findings=in_order([*loaded.found, *findings(_together(loaded, as_of), always=False)]),
        groups={kind: loaded.values_of_others(kind) for kind in loaded.dataset.tables},
        problems=loaded.problems.also(passed_over),
        period=period,
        exports=tuple(file.export for file in files if file.export),
        rejects_file=rejects.written,
        remarks=request.remarks,
        passed_over=request.passed_over,
    )


def _parts(
    request: Request,
) -> tuple[list[LoadedExport], list[CheckedFile], list[Notice]]:
    """Read the files that can be; of the others say why they cannot."""
    every = read_every(request.files, request.settings, request.mapped)
    parts = every.parts
    refused = [_refused(file.name, error) for file, error in every.refused]
    if not refused:
        refuse_idle(request.files, parts)
    # What is left open may turn on a file that is refused.
    while found := [*misfits(parts), *unclear_documents(parts)]:
        for part, refusal in found:
            refused.append(_refused(part.sheet.file, refusal))
            parts = [other for other in parts if other is not part]
    return parts, refused, every.passed_over


def _refused(name: str, error: DataRefusedError) -> CheckedFile:
    return CheckedFile(
        name,
        Readiness.NOT_USABLE,
        error.message,
        hint=error.hint,
        snippet=error.snippet,
        also=error.also,
        asks=tuple(ask for one in (error, *error.also) for ask in one.asks),
        refusal=error,
        read_as=error.read_as if isinstance(error.read_as, ReadAs) else None,
    )


def _together(loaded: Loaded, as_of: date | None) -> Together:
    tables = dict(loaded.dataset.tables)
    if loaded.spells is not None:
        tables["customers"] = loaded.spells
    return Together(tables, loaded.exports, loaded.problems.notices, as_of)


def _checked(export: Export, limit: RejectLimit, problems: Sequence[Problem]) -> CheckedFile:
    ours = (one for one in problems if (one.file, one.sheet) == (export.file, export.sheet))
    first = next((one for one in ours if one.outcome is Outcome.REJECTED), None)
    try:
        refuse_guess(export, limit)
        refuse_too_many(export, limit, first)
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
