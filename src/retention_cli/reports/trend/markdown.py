"""A trend as a Markdown table, with all periods across."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli.reports.trend._below import SIGNS, sections
from retention_cli.reports.trend._words import left_out, name_of, title
from retention_cli.reports.words.markdown import items, table
from retention_cli.reports.words.numbers import change_text, text
from retention_cli.text.safe_text import safe_markdown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retention_cli.results.trend import Difference, Point, Row, Trend


def render(found: Trend) -> str:
    """Write each figure over its periods, and what stands below them; no name can break the table."""
    rows = [row for row in found.rows if not left_out(row)]
    heads = ("Figure", *(one.label for one in found.periods), "Change", "In a year")
    lines = [f"# {safe_markdown(title(found))}", ""]
    lines += table(heads, map(_cells, rows), numbers=range(1, len(heads)))
    for heading, said in sections(found, rows):
        lines += ["", f"## {safe_markdown(heading)}", "", *items(said)]
    return "\n".join(lines) + "\n"


def _cells(row: Row) -> Iterator[str]:
    yield name_of(row)
    yield from (_point(point, row) for point in row.points)
    yield from (_change(one, row) for one in (row.change, row.year_change))


def _point(point: Point, row: Row) -> str:
    if point.value is None:
        return "-"
    unfinished = point.line is not None and point.line.unfinished
    mark = "!" if point.outside_band else "~" if unfinished else ""
    return mark + text(point.value, row.kpi.unit)


def _change(change: Difference | None, row: Row) -> str:
    if change is None:
        return ""
    return change_text(change.value, row.kpi.unit) + SIGNS.get(change.said or "", "")
