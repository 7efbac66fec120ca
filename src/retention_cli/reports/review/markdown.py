"""Reviews as Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli.reports.review._shown import parts, title
from retention_cli.reports.words.markdown import items, row_of
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
            lines += map(row_of, part.rows)
            lines.append("")
        lines += items(part.lines)
    if found.notes:
        lines += ["", *items(found.notes)]
    return "\n".join(lines) + "\n"
