"""Accounts as one HTML page, with how their profit adds up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli.reports.accounts._beside import ledger_text, what_if_lines
from retention_cli.reports.report.html import accounts_part, alone
from retention_cli.reports.words.figures import reason_text

if TYPE_CHECKING:
    from retention_cli.results.accounts import Accounts


def render(found: Accounts) -> str:
    """Write all accounts as a page without a network."""
    title = f"Accounts by profit, {found.period.start} to {found.period.last_day}"
    lead = [*ledger_text(found, most=None), *what_if_lines(found)]
    lead += [reason_text(found.reason)] if found.reason else []
    return alone(title, accounts_part(found), found, lead=lead)
