"""What `retention check` found as Markdown: the verdicts first, then why."""

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
from retention_cli.reports.words.markdown import items, table
from retention_cli.text.safe_text import safe_markdown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retention_cli.results.check import Check


def render(check: Check) -> str:
    """Write a check; no name in a file can break its tables or be read as markup."""
    return "\n".join(_lines(check)) + "\n"


def _lines(check: Check) -> Iterator[str]:
    yield "# Check"
    yield from ("", safe_markdown(summary(check)), "")
    yield from table(("File", "Verdict"), ((name, words) for name, _, words in verdicts(check)))
    found = findings(check)
    if found:
        yield from ("", "## Checks across files", "")
        rows = ((one.kind, one.message, one.hint or "", "; ".join(one.places)) for one in found)
        yield from table(("Export", "Found", "What to do", "First"), rows)
    for said in (*sections(check), figures(check)):
        yield from ("", f"## {said.heading}", "")
        yield from items(said.lines)
    for block in blocks(check, verbose=False):
        yield from ("", f"## {safe_markdown(block.name)}: {block.verdict}", "")
        yield from items((*block.reasons, *block.manner))
        if block.columns:
            yield ""
            yield from table(tuple(name.capitalize() for name in COLUMN_HEADINGS), block.columns)
        if block.kept:
            yield from ("", safe_markdown(block.kept))
