"""Accounts as CSV: one row an account, RFC 4180."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from retention_cli.reports.accounts._rows import account_row
from retention_cli.text.outputs import ACCOUNTS, GROUPS
from retention_cli.text.safe_text import safe_cell

if TYPE_CHECKING:
    from retention_cli.results.accounts import Accounts

_TEXT = {"customer_id", "customer_name", "manager", *GROUPS}


def render(found: Accounts) -> str:
    """Write the accounts; text that a spreadsheet would run as a formula is made inert."""
    out = io.StringIO()
    writer = csv.DictWriter(out, (*ACCOUNTS, *(GROUPS if found.groups else ())))
    writer.writeheader()
    for one in found.accounts:
        row = account_row(one, found.currency)
        if found.groups:
            row |= {"group_by": found.groups[0].by, "group": one.group}
        writer.writerow(
            {
                name: safe_cell(str(cell)) if name in _TEXT and cell is not None else cell
                for name, cell in row.items()
            }
        )
    return out.getvalue()
