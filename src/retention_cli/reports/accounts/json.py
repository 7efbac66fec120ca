"""Accounts as JSON, schema retention-accounts/1."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli.reports.accounts._rows import (
    EIGHTY,
    account_row,
    line_row,
    sums_row,
    totals_row,
)
from retention_cli.reports.words.machine import (
    amount,
    amounts,
    data_of,
    fields,
    group_of,
    period,
    share,
    why,
    written,
)
from retention_cli.reports.words.numbers import machine

if TYPE_CHECKING:
    from typing import Any

    from retention_cli.results.accounts import Account, Accounts, GroupTotals, Leavers, Manager, Why
    from retention_cli.results.what_if import Ledger, WhatIf


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
            "before": period(found.before) if found.before else None,
            "concentration": _concentration(found),
            "leavers": leavers(found.leavers) if found.leavers else None,
            "managers": [_manager(one) for one in found.managers],
            "why": [_why(one) for one in found.why],
            "what_if": _what_if(found.what_if) if found.what_if else None,
            "ledger": _ledger(found.ledger) if found.ledger else None,
            **(
                {"lines": [line_row(one, found.currency) for one in found.lines()]}
                if found.members
                else {}
            ),
            "reason": why(found.reason),
            "notes": list(found.notes),
            "data": data_of(found),
        }
    )


def _account(one: Account, found: Accounts) -> dict[str, Any]:
    row = account_row(one, found.currency)
    if not found.groups:
        return row
    return {**row, "group": group_of((found.groups[0].by, one.group))}


def _group(one: GroupTotals) -> dict[str, Any]:
    named = group_of((one.by, one.value))
    return {"group": named, "accounts": one.accounts, **totals_row(one.totals)}


def _concentration(found: Accounts) -> dict[str, Any]:
    return {
        "accounts_making_80_percent": found.making(EIGHTY),
        "loss_makers": len(found.losers),
        "losses": amount(sum(one.profit or 0 for one in found.losers)),
        "profits": amount(found.gains),
    }


def leavers(one: Leavers) -> dict[str, Any]:
    """Give what leavers brought in the period before."""
    return {
        "customers": one.customers,
        "profit_before": amount(one.profit),
        "profitable": one.gainers,
        "loss_makers": one.loss_makers,
        "losses_before": amount(one.losses),
        "revenue_before": amount(one.revenue),
    }


def _manager(one: Manager) -> dict[str, Any]:
    told = {"manager": one.name, "accounts": one.accounts, **totals_row(one.totals)}
    return {**told, "customers_at_start": one.starters, "retention": share(one.retention)}


def _why(one: Why) -> dict[str, Any]:
    return {
        **fields(one, "customer_id peers"),
        "traits": [
            {
                "what": trait.what,
                "value": machine(trait.value, trait.unit),
                "peers_value": machine(trait.peers, trait.unit),
                "unit": trait.unit,
            }
            for trait in one.traits
        ],
    }


def _what_if(found: WhatIf) -> dict[str, Any]:
    return {
        "steps": [one.text for one in found.steps],
        "assumptions": list(found.assumptions),
        "totals": {
            **amounts(found, "revenue profit"),
            "margin": share(found.margin),
            "dropped": found.dropped,
            "left_over": amount(found.left_over),
        },
        "accounts": [
            {
                "customer_id": one.customer_id,
                **amounts(one, "revenue direct_cost cost_to_serve profit"),
                "margin": share(one.margin),
                "dropped": one.dropped,
            }
            for one in found.accounts
        ],
    }


def _ledger(found: Ledger) -> dict[str, Any]:
    told = "revenue ledger difference"
    lines = [{"customer_id": one.account, **amounts(one, told)} for one in found.lines]
    return {**amounts(found, told), "accounts": lines}
