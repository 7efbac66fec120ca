"""From files to accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli.dataset.groups import group_by
from retention_cli.errors import DataRefusedError
from retention_cli.findings.file_report import RejectLimit
from retention_cli.loading.all_files import load
from retention_cli.loading.conflicting_files import refuse_idle_presets
from retention_cli.loading.one_file import read_parts
from retention_cli.results.accounts import Accounts
from retention_cli.runs.period import chosen_period
from retention_cli.scoring.accounts import rank_accounts
from retention_cli.values.coverage import days_with_events

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from retention_cli.findings.rejects import RejectsFile
    from retention_cli.settings import Settings
    from retention_cli.sources.locating import Located
    from retention_cli.values.periods import Period


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
    chosen, assumed = chosen_period(period, days)
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
