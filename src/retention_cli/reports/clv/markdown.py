"""Lifetime values as Markdown: all customers, and what they rest on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli.reports.clv._shown import blocks, first_words, title
from retention_cli.reports.words.markdown import items, table
from retention_cli.text.safe_text import safe_markdown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retention_cli.reports.clv._blocks import Block
    from retention_cli.results.lifetimes import Lifetimes


def render(found: Lifetimes) -> str:
    """Write the blocks and the notes; no name can break a table."""
    lines = [f"# {safe_markdown(title(found))}"]
    for said in first_words(found):
        lines += ["", safe_markdown(said)]
    for block in blocks(found):
        lines += ["", f"## {safe_markdown(block.title)}", *_rows(block)]
        lines += ["", *items(block.lines)] if block.lines else []
    notes = [*found.notes, *found.assumed]
    lines += ["", *items(notes)] if notes else []
    return "\n".join(lines) + "\n"


def _rows(block: Block) -> Iterator[str]:
    if not block.rows:
        return
    numbers = [at for at in range(len(block.headings)) if not block.is_left(at)]
    yield from ("", *table(block.headings, block.rows, numbers=numbers))
