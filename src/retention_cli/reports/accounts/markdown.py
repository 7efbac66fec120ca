"""Accounts as a Markdown table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli.reports.accounts._shown import HEADINGS, NUMBERS, rows
from retention_cli.reports.words.figures import reason_text
from retention_cli.text.safe_text import safe_markdown

if TYPE_CHECKING:
    from retention_cli.results.accounts import Accounts


def render(found: Accounts) -> str:
    """Write accounts, their total and the notes; no name can break the table."""
    period = found.period
    lines = [
        f"# Accounts by profit, {period.start} to {period.last_day}",
        "",
        *([f"Amounts in {found.currency}.", ""] if found.currency else []),
        f"| {' | '.join(HEADINGS)} |",
        f"| {' | '.join('---:' if name in NUMBERS else '---' for name in HEADINGS)} |",
    ]
    lines += [f"| {' | '.join(safe_markdown(cell) for cell in row)} |" for row in rows(found)]
    notes = [*found.notes, *([reason_text(found.reason)] if found.reason else [])]
    lines += ["", *(f"- {safe_markdown(note)}" for note in notes)] if notes else []
    return "\n".join(lines) + "\n"
