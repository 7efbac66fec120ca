"""Accounts as CSV: one row an account, RFC 4180."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli.reports.accounts._rows import account_row, line_row
from retention_cli.reports.words import as_csv
from retention_cli.reports.words.machine import amount, share
from retention_cli.text.outputs import ACCOUNTS, COST_LINES, GROUPS, WHAT_IF

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retention_cli.results.accounts import Accounts

_TEXT = {"customer_id", "customer_name", "manager", "what", "file", *GROUPS}


def render(found: Accounts) -> str:
    """Write the accounts, or the lines behind their costs if asked for; text that a spreadsheet would run as a formula is made inert."""
    if found.members:
        lines = (line_row(one, found.currency) for one in found.lines())
        return as_csv.written(COST_LINES, lines, texts=_TEXT)
    columns = (*ACCOUNTS, *(GROUPS if found.groups else ()), *(WHAT_IF if found.what_if else ()))
    return as_csv.written(columns, _accounts(found), texts=_TEXT)


def _accounts(found: Accounts) -> Iterator[dict[str, float | str | None]]:
    told = found.what_if
    changed = {one.customer_id: one for one in told.accounts} if told else {}
    for one in found.accounts:
        row = account_row(one, found.currency)
        if found.groups:
            row |= {"group_by": found.groups[0].by, "group": one.group}
        if told and (then := changed.get(one.customer_id)):
            row["what_if"] = "; ".join(step.text for step in told.steps)
            row["what_if_revenue"] = amount(then.revenue)
            row["what_if_profit"] = amount(then.profit)
            row["what_if_margin"] = share(then.margin)
        yield row
