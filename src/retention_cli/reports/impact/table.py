"""The worth of a step in retention as a table for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from retention_cli.reports.impact._shown import HEADINGS, row, sections, step, title
from retention_cli.reports.words import data_lines
from retention_cli.reports.words.below import brief
from retention_cli.reports.words.console import Listing, Paragraph, marked, printed, section
from retention_cli.reports.words.figures import reason_text
from retention_cli.values.measures import Manner

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from retention_cli.results.impact import Impact

_WIDE = 96
"""From so many columns on, what is of a customer and what is of all of them fit beside each other."""
_HALVES = [(0, 1, 2, 3), (0, 4, 5, 6)]


def render(
    found: Impact, *, width: int | None = None, colour: bool = False, verbose: bool = False
) -> str:
    """Write the four readings side by side, what leavers cost, and what is assumed."""
    parts: list[RenderableType] = [Text(title(found), style="bold"), ""]
    if said := step(found):
        parts.append(Paragraph(Text(said)))
        rows = tuple(map(row, found.readings))
        halves = [(0, 1, 2, 3, 4, 5, 6)] if width is None or width >= _WIDE else _HALVES
        for places in halves:
            names = tuple(HEADINGS[at] for at in places)
            cells = tuple(tuple(one[at] for at in places) for one in rows)
            parts += ["", Listing(names, cells, indent=0, whole=len(places))]
    for heading, lines in sections(found):
        parts += ["", *section(heading, lines)]
    return printed([*parts, "", *_said(found, width, verbose=verbose)], width=width, colour=colour)


def _said(found: Impact, width: int | None, *, verbose: bool) -> Iterator[RenderableType]:
    if found.reason:
        yield marked("Undefined", reason_text(found.reason))
    if verbose:
        for one in data_lines.sections(found, width=width, verbose=True):
            yield from section(one.heading, one.lines)
        return
    notes = [note for note in found.notes if not isinstance(note, Manner)]
    yield from brief(found, notes, grouped=False)
