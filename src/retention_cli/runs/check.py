"""From files to what is to be said of them."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from retention_cli.errors import DataRefusedError, RetentionError
from retention_cli.findings.across_files import Together, findings, in_order
from retention_cli.findings.file_report import RejectLimit, refuse_guess, refuse_too_many
from retention_cli.loading.all_files import load
from retention_cli.loading.conflicting_files import misfits, refuse_idle_presets
from retention_cli.loading.one_file import LoadedExport, read_parts
from retention_cli.results.check import Check, CheckedFile, Readiness
from retention_cli.scoring.computability import computable
from retention_cli.values.coverage import days_with_events
from retention_cli.values.periods import Period

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from retention_cli.findings.file_report import Export
    from retention_cli.findings.rejects import RejectsFile
    from retention_cli.loading.all_files import Loaded
    from retention_cli.settings import Settings
    from retention_cli.sources.locating import Located

_ANY = RejectLimit(percent=Fraction(100))


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
        refused.append(
            CheckedFile(
                name,
                Readiness.NOT_USABLE,
                error.message,
                hint=error.hint,
                snippet=error.snippet,
                also=error.also,
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
    every = sorted((*checked, *refused), key=lambda found: place[found.file])
    period = None
    if as_of is not None:
        days = days_with_events(loaded.dataset.tables, as_of=as_of)
        period = Period.month_before(days[-1] if days else as_of)
    return Check(
        tuple(every),
        computable(loaded.dataset, settings=settings, period=period),
        loaded.problems,
        findings=in_order([*loaded.found, *findings(_together(loaded, as_of), always=False)]),
        period=period,
        groups={kind: loaded.values_of_others(kind) for kind in loaded.dataset.tables},
    )


def _together(loaded: Loaded, as_of: date | None) -> Together:
    tables = dict(loaded.dataset.tables)
    if loaded.spells is not None:
        tables["customers"] = loaded.spells
    return Together(tables, loaded.exports, loaded.problems.notices, as_of)


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
