"""A bridge as one HTML page."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from retention_cli.reports.bridge._shown import doors, group_title, undefined
from retention_cli.reports.report.html import alone, bridge_part
from retention_cli.reports.words.data_lines import Section

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retention_cli.results.bridge import Bridge


def render(found: Bridge) -> str:
    """Write the walks of all and of each group as a page without a network."""
    title = f"From the start of {found.period.label} to its end"
    part = bridge_part(found)
    return alone(title, replace(part, notes=[*part.notes, *_notes(found)]), found)


def _notes(found: Bridge) -> Iterator[Section]:
    for walk in found.walks:
        of = f": {group_title(walk)}" if walk.group else ""
        if said := doors(walk):
            yield Section(f"Front door against back door{of}", tuple(said))
        if why := undefined(walk):
            yield Section(f"Undefined{of}", tuple(why))
