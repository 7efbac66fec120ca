"""Accounts as a Markdown table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli.reports.accounts._beside import ledger_text, what_if_lines
from retention_cli.reports.accounts._shown import HEADINGS, NUMBERS, filled, rows
from retention_cli.reports.words.figures import reason_text
from retention_cli.reports.words.markdown import items, table

if TYPE_CHECKING:
    from retention_cli.results.accounts import Accounts


def render(found: Accounts) -> str:
    """Write accounts, their total and the notes; no name can break the table."""
    period = found.period
    cells = rows(found)
    places = filled(cells)
    names = [HEADINGS[place] for place in places]
    lines = [
        f"# Accounts by profit, {period.start} to {period.last_day}",
        "",
        *([f"Amounts in {found.currency}.", ""] if found.currency else []),
    ]
    numbers = [at for at, name in enumerate(names) if name in NUMBERS]
    lines += table(names, ([row[at] for at in places] for row in cells), numbers=numbers)
    beside = (*ledger_text(found, most=None), *what_if_lines(found))
    notes = [*beside, *found.notes, *([reason_text(found.reason)] if found.reason else [])]
    lines += ["", *items(notes)] if notes else []
    return "\n".join(lines) + "\n"
