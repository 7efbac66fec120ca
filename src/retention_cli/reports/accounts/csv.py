"""Accounts as CSV: one row an account, RFC 4180."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from retention_cli.reports.accounts._rows import account_row, line_row
from retention_cli.text.outputs import ACCOUNTS, COST_LINES, GROUPS
from retention_cli.text.safe_text import safe_cell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retention_cli.results.accounts import Accounts

_TEXT = {"customer_id", "customer_name", "manager", "what", "file", *GROUPS}


def render(found: Accounts) -> str:
    """Write the accounts, or the lines behind their costs if asked for; text that a spreadsheet would run as a formula is made inert."""
    out = io.StringIO()
    columns = (*ACCOUNTS, *(GROUPS if found.groups else ()))
    writer = csv.DictWriter(out, COST_LINES if found.members else columns)
    writer.writeheader()
    for row in _lines(found) if found.members else _accounts(found):
        writer.writerow(
            {
                name: safe_cell(str(cell)) if name in _TEXT and cell is not None else cell
                for name, cell in row.items()
            }
        )
    return out.getvalue()


def _accounts(found: Accounts) -> Iterator[dict[str, float | str | None]]:
    for one in found.accounts:
        row = account_row(one, found.currency)
        if found.groups:
            row |= {"group_by": found.groups[0].by, "group": one.group}
        yield row


def _lines(found: Accounts) -> Iterator[dict[str, float | str | None]]:
    return (line_row(one, found.currency) for one in found.lines())
