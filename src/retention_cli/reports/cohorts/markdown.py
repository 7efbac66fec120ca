"""Cohorts as Markdown tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli.reports.cohorts._shown import grids, reading_of, undefined
from retention_cli.reports.words.markdown import items, table
from retention_cli.text.safe_text import safe_markdown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retention_cli.reports.cohorts._shown import Grid
    from retention_cli.results.cohorts import Cohorts


def render(found: Cohorts) -> str:
    """Write the grids, one below the other, and how to read them."""
    lines = [f"# Cohorts by {found.every} of their start", ""]
    for grid in grids(found):
        lines += _table(grid)
    said = [*undefined(found), *reading_of(found), *found.notes]
    return "\n".join([*lines, *items(said)]) + "\n"


def _table(grid: Grid) -> Iterator[str]:
    yield from (f"## {safe_markdown(grid.title)}", "")
    heads = ("cohort", "size", *map(str, range(grid.ages)))
    rows = (
        (name, size, *(cell.text for cell in cells), *[""] * (grid.ages - len(cells)))
        for name, size, cells in grid.rows
    )
    yield from (*table(heads, rows, numbers=range(1, len(heads))), "")
