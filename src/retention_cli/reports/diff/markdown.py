"""A diff as a Markdown table and a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli.reports.diff._shown import HEADINGS, headline, shown_of, summary
from retention_cli.reports.words.markdown import items, table
from retention_cli.text.safe_text import safe_markdown

if TYPE_CHECKING:
    from retention_cli.results.diff import Diff


def render(found: Diff) -> str:
    """Write figures then and now, and what moved them; no name can break the table."""
    told = shown_of(found)
    lines = [f"# Diff of {safe_markdown(headline(found))}", ""]
    if told.rows:
        lines += table(HEADINGS, told.rows, numbers=(1, 2, 3))
        lines += ["", *(f"{at}. {safe_markdown(one)}" for at, one in enumerate(told.causes, 1)), ""]
    lines += items(summary(found))
    return "\n".join(lines) + "\n"
