"""A diff as a table for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from retention_cli.reports.diff._shown import HEADINGS, MOST, headline, shown_of, summary
from retention_cli.reports.words.below import brief, in_full
from retention_cli.reports.words.console import (
    HANG,
    Listing,
    Paragraph,
    marked,
    printed,
    shown,
)

if TYPE_CHECKING:
    from rich.console import RenderableType

    from retention_cli.results.diff import Diff


def render(
    found: Diff, *, width: int | None = None, colour: bool = False, verbose: bool = False
) -> str:
    """Write figures then and now, and below them what moved them, each once by its number."""
    told = shown_of(found)
    parts: list[RenderableType] = [shown(f"Diff · {headline(found)}", "bold"), ""]
    if told.rows:
        parts += [Listing(HEADINGS, told.rows, indent=0), ""]
    causes = [f"{number} {cause}" for number, cause in enumerate(told.causes, 1)]
    left = 0 if verbose else max(len(causes) - MOST, 0)
    if causes:
        more = [f"and {left:,} more: --verbose, --format csv"] if left else []
        parts += [Text("Why", style="bold")]
        parts += [
            Paragraph(shown(one), indent=HANG) for one in (*causes[: len(causes) - left], *more)
        ]
        parts.append("")
    parts += [marked("-", one) for one in summary(found)]
    if verbose:
        parts += in_full(found, width)
    elif found.exports:
        parts += brief(found, grouped=False)
    return printed(parts, width=width, colour=colour)
