"""From files to accounts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from retention_cli.errors import DataRefusedError
from retention_cli.results.accounts import Accounts
from retention_cli.results.facts import fields_of
from retention_cli.runs.reading import reading
from retention_cli.scoring.accounts import rank_accounts

if TYPE_CHECKING:
    from retention_cli.runs.options import Request


def accounts(request: Request) -> Accounts:
    """Rank the accounts of a period by profit, added up for each value of a column if asked for.

    Errors: DataRefusedError without invoices or without a date, and for files that cannot be
        used; RetentionError for settings that cannot be followed.
    """
    with reading(request) as read:
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
        found = Accounts(**fields_of(facts) | fields_of(ranking))
        if found.incomplete is None:
            return found
        return replace(found, notes=(*found.notes, found.incomplete))
