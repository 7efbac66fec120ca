"""Lifetime values as one HTML page: all customers, and what they rest on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli.reports.clv._shown import blocks, first_words, title
from retention_cli.reports.words.data_lines import sections
from retention_cli.reports.words.page import page

if TYPE_CHECKING:
    from retention_cli.results.lifetimes import Lifetimes


def render(found: Lifetimes) -> str:
    """Write a page that can be mailed, printed and opened without a network."""
    return page(
        "clv/page.html.jinja",
        title=title(found),
        first=first_words(found),
        blocks=list(blocks(found)),
        notes=found.notes,
        sections=sections(found),
    )
