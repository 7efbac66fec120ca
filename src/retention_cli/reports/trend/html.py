"""A trend as one HTML page."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from retention_cli.reports.report.html import alone, trend_part
from retention_cli.reports.trend._below import sections
from retention_cli.reports.trend._words import left_out, title
from retention_cli.reports.words.data_lines import Section

if TYPE_CHECKING:
    from retention_cli.results.trend import Trend


def render(found: Trend) -> str:
    """Write a line for each figure, and what stands below them, as a page without a network."""
    rows = [row for row in found.rows if not left_out(row)]
    said = [Section(heading, tuple(lines)) for heading, lines in sections(found, rows)]
    notes = [one for one in said if one.heading not in {"Signs", "Events"}]
    part = trend_part(found)
    return alone(title(found), replace(part, notes=[*part.notes, *notes]), found)
