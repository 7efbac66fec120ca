"""A diff as a Markdown table and a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli.reports.diff._shown import HEADINGS, headline, shown_of, summary
from retention_cli.text.safe_text import safe_markdown

if TYPE_CHECKING:
    from retention_cli.results.diff import Diff


def render(found: Diff) -> str:
    """Write figures then and now, and what moved them; no name can break the table."""
    told = shown_of(found)
    lines = [f"# Diff of {safe_markdown(headline(found))}", ""]
    if told.rows:
        lines += [f"| {' | '.join(HEADINGS)} |", "| --- | ---: | ---: | ---: | --- |"]
        lines += [f"| {' | '.join(map(safe_markdown, row))} |" for row in told.rows]
        lines += ["", *(f"{at}. {safe_markdown(one)}" for at, one in enumerate(told.causes, 1)), ""]
    lines += [f"- {safe_markdown(one)}" for one in summary(found)]
    return "\n".join(lines) + "\n"
