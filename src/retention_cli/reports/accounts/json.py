"""Accounts as JSON, schema retention-accounts/1."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli.reports.accounts.rows import account_row, share, sums_row
from retention_cli.reports.figures import reason_text
from retention_cli.reports.json import period
from retention_cli.reports.machine import data_of, written

if TYPE_CHECKING:
    from retention_cli.accounts import Accounts


def render(found: Accounts) -> str:
    """Write accounts, what is no account's, and totals. Money is text, so that no reader rounds it."""
    return written(
        {
            "schema": "retention-accounts/1",
            "period": period(found.period),
            "accounts": [account_row(one, found.currency) for one in found.accounts],
            "unallocated": sums_row(found.unallocated),
            "totals": {
                **sums_row(found.totals),
                "margin": share(found.totals.margin),
                "accounts": len(found.accounts),
                "currency": found.currency,
            },
            "reason": reason_text(found.reason) if found.reason else None,
            "notes": list(found.notes),
            "data": data_of(found.exports, found.problems, found.assumed),
        }
    )
