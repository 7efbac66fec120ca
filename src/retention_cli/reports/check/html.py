"""What `retention check` found as one HTML page: the verdicts first, then why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli.reports.check._shown import (
    COLUMN_HEADINGS,
    blocks,
    figures,
    findings,
    sections,
    summary,
    verdicts,
)
from retention_cli.reports.words.page import page

if TYPE_CHECKING:
    from retention_cli.results.check import Check


def render(check: Check) -> str:
    """Write a check as a page that can be mailed, printed and opened without a network."""
    return page(
        "check/page.html.jinja",
        files=len(check.files),
        summary=summary(check),
        verdicts=verdicts(check),
        findings=findings(check),
        sections=[*sections(check), figures(check)],
        headings=COLUMN_HEADINGS,
        blocks=blocks(check, verbose=False),
    )
