"""From files to accounts."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from retention_cli.errors import DataRefusedError
from retention_cli.results.accounts import Accounts
from retention_cli.results.facts import fields_of
from retention_cli.runs.frozen_runs import frozen
from retention_cli.runs.reading import reading
from retention_cli.scoring.accounts import rank_accounts
from retention_cli.scoring.freezing import of_ranking, rows_in

if TYPE_CHECKING:
    from retention_cli.runs.frozen_runs import Keep
    from retention_cli.runs.options import Request


def accounts(request: Request, *, keep: Keep | None = None) -> Accounts:
    """Rank the accounts of a period by profit, added up for each value of a column if asked for.

    The run is frozen for whoever is to `keep` it.
    Errors: DataRefusedError without invoices or without a date, and for files that cannot be
        used; RetentionError for settings that cannot be followed.
    """
    with reading(request, keep=keep is not None) as read:
        if not read.dataset.has("invoices"):
            raise DataRefusedError(
                "accounts need invoices, and there is no invoice export here",
                "add an invoice export",
            )
        if (period := read.facts.period) is None:
            raise DataRefusedError(
                "no invoice has a date up to today", "name a period: --period 2025"
            )
        facts = read.facts
        ranking = rank_accounts(read.dataset, period, read.grouping(), outside=facts.outside)
        if keep is not None:
            rows = rows_in(read.dataset, period)
            keep(frozen("accounts", request, read, partial(of_ranking, ranking, rows)))
        found = Accounts(**fields_of(facts) | fields_of(ranking))
        if found.incomplete is None:
            return found
        return replace(found, notes=(*found.notes, found.incomplete))
