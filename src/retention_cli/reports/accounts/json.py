"""Accounts as JSON, schema retention-accounts/1."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli.reports.accounts._rows import account_row, sums_row, totals_row
from retention_cli.reports.scorecard.json import period
from retention_cli.reports.words.figures import reason_text
from retention_cli.reports.words.machine import data_of, written

if TYPE_CHECKING:
    from typing import Any

    from retention_cli.results.accounts import Account, Accounts, GroupTotals


def render(found: Accounts) -> str:
    """Write accounts, what belongs to no account, and totals. Money is text, so that no reader rounds it."""
    return written(
        {
            "schema": "retention-accounts/1",
            "period": period(found.period),
            "accounts": [_account(one, found) for one in found.accounts],
            "groups": [_group(one) for one in found.groups],
            "unallocated": sums_row(found.unallocated),
            "totals": {
                **totals_row(found.totals),
                "accounts": len(found.accounts),
                "currency": found.currency,
            },
            "reason": reason_text(found.reason) if found.reason else None,
            "notes": list(found.notes),
            "data": data_of(found),
        }
    )


def _account(one: Account, found: Accounts) -> dict[str, Any]:
    row = account_row(one, found.currency)
    if not found.groups:
        return row
    return {**row, "group": {"by": found.groups[0].by, "value": one.group}}


def _group(one: GroupTotals) -> dict[str, Any]:
    named = {"by": one.by, "value": one.value}
    return {"group": named, "accounts": one.accounts, **totals_row(one.totals)}
