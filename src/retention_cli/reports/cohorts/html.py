"""Cohorts as one HTML page, with the heat of each cell behind its number."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from retention_cli.reports.cohorts._shown import undefined
from retention_cli.reports.report.html import alone, cohorts_part
from retention_cli.reports.words.data_lines import Section

if TYPE_CHECKING:
    from retention_cli.results.cohorts import Cohorts


def render(found: Cohorts) -> str:
    """Write the grids as a page without a network."""
    part, why = cohorts_part(found), tuple(undefined(found))
    notes = [*part.notes, *([Section("Undefined", why)] if why else [])]
    return alone(f"Cohorts by {found.every} of their start", replace(part, notes=notes), found)
