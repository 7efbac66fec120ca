"""Lifetime values as CSV: one row a customer, RFC 4180."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli.reports.clv._rows import customer_row
from retention_cli.reports.words import as_csv
from retention_cli.text.outputs import GROUPS, LIFETIMES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retention_cli.reports.clv._rows import Cell
    from retention_cli.results.lifetimes import Lifetimes

_TEXT = {"customer_id", "customer_name", "manager", *GROUPS}


def render(found: Lifetimes) -> str:
    """Write the customers; text that a spreadsheet would run as a formula is made inert."""
    return as_csv.written((*LIFETIMES, *(GROUPS if found.by else ())), rows(found), texts=_TEXT)


def rows(found: Lifetimes) -> Iterator[dict[str, Cell]]:
    """Give each customer by column, and its group where there are groups."""
    for one in found.customers:
        row = customer_row(one, found)
        yield {**row, "group_by": found.by, "group": one.group} if found.by else row
