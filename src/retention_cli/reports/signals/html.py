"""Signals as one HTML page for account managers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli.reports.signals._shown import (
    TEST_HEADINGS,
    WEAK_TEXT,
    heading,
    rule_text,
    shared_text,
    sign_text,
    stake,
    test_lines,
    test_rows,
    title,
)
from retention_cli.reports.words.page import page

if TYPE_CHECKING:
    from retention_cli.results.signals import Signals


def render(found: Signals) -> str:
    """Write the accounts as a page that can be mailed, printed and opened without a network."""
    return page(
        "signals/page.html.jinja",
        title_=title(found),
        weak=WEAK_TEXT if any(found.weak(one.name) for one in found.rules) else "",
        accounts=[
            {
                "name": heading(one),
                "stake": stake(one, found),
                "signs": [sign_text(sign, found) for sign in one.signals],
                "step": one.next_step,
                "owner": one.owner or "",
                "answered": str(one.answered_on or ""),
            }
            for one in found.accounts
        ],
        test=list(test_lines(found)),
        headings=TEST_HEADINGS,
        scores=test_rows(found),
        rules=[*(rule_text(one, found) for one in found.rules), shared_text(found)],
        notes=found.notes,
    )
