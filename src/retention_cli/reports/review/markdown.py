"""Reviews as Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli.reports.review._shown import parts, title
from retention_cli.text.safe_text import safe_markdown

if TYPE_CHECKING:
    from retention_cli.results.review import Review


def render(found: Review) -> str:
    """Write a review; no name can break a table."""
    lines = [f"# {title(found)}"]
    for part in parts(found, every=True):
        lines += ["", f"## {safe_markdown(part.heading)}", ""]
        if part.rows:
            lines += [f"| {' | '.join(part.columns)} |", f"|{'---|' * len(part.columns)}"]
            lines += [f"| {' | '.join(map(safe_markdown, row))} |" for row in part.rows]
            lines.append("")
        lines += [f"- {safe_markdown(line)}" for line in part.lines]
    if found.notes:
        lines += ["", *(f"- {safe_markdown(note)}" for note in found.notes)]
    return "\n".join(lines) + "\n"
