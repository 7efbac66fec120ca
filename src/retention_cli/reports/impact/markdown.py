"""The worth of a step in retention as Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli.reports.impact._shown import HEADINGS, row, sections, step, title
from retention_cli.reports.words.figures import reason_text
from retention_cli.reports.words.markdown import items, table
from retention_cli.text.safe_text import safe_markdown

if TYPE_CHECKING:
    from retention_cli.results.impact import Impact


def render(found: Impact) -> str:
    """Write the readings and what they rest on; no name can break the table."""
    lines = [f"# {safe_markdown(title(found))}"]
    if said := step(found):
        lines += ["", safe_markdown(said), ""]
        numbers = range(1, len(HEADINGS))
        lines += table(HEADINGS, map(row, found.readings), numbers=numbers)
    if found.reason:
        lines += ["", f"**Undefined: {safe_markdown(reason_text(found.reason))}**"]
    notes = [*found.notes, *found.assumed]
    for heading, told in (*sections(found), *([("Notes", notes)] if notes else ())):
        lines += ["", f"## {safe_markdown(heading)}", "", *items(told)]
    return "\n".join(lines) + "\n"
