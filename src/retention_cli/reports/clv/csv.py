"""Lifetime values as CSV: one row a customer, RFC 4180."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from retention_cli.reports.clv._rows import customer_row
from retention_cli.text.outputs import GROUPS, LIFETIMES
from retention_cli.text.safe_text import safe_cell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retention_cli.reports.clv._rows import Cell
    from retention_cli.results.lifetimes import Lifetimes

_TEXT = {"customer_id", "customer_name", "manager", *GROUPS}


def render(found: Lifetimes) -> str:
    """Write the customers; text that a spreadsheet would run as a formula is made inert."""
    out = io.StringIO()
    writer = csv.DictWriter(out, (*LIFETIMES, *(GROUPS if found.by else ())))
    writer.writeheader()
    for row in rows(found):
        writer.writerow(
            {
                name: safe_cell(str(cell)) if name in _TEXT and cell is not None else cell
                for name, cell in row.items()
            }
        )
    return out.getvalue()


def rows(found: Lifetimes) -> Iterator[dict[str, Cell]]:
    """Give each customer by column, and its group where there are groups."""
    for one in found.customers:
        row = customer_row(one, found)
        yield {**row, "group_by": found.by, "group": one.group} if found.by else row
