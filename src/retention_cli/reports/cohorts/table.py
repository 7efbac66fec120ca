"""Cohorts as tables for a terminal, with the heat of each cell behind its number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.table import Table
from rich.text import Text

from retention_cli.reports.cohorts._shown import (
    AVERAGE,
    UNFINISHED,
    Grid,
    Shown,
    grids,
    reading_of,
    undefined,
)
from retention_cli.reports.words.below import brief, in_full
from retention_cli.reports.words.console import UNBOUNDED, printed, section

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from retention_cli.results.cohorts import Cohorts

_GAP = 1
_HEAT = ("", *(f"color(255) on color({hue})" for hue in (17, 18, 19, 20, 21)))
"""Shades of one hue, for every fifth of the whole from the first; none for nothing."""


def render(
    found: Cohorts, *, width: int | None = None, colour: bool = False, verbose: bool = False
) -> str:
    """Write the grids for `width` columns, ages that do not fit in blocks below; None is as wide as needed."""
    parts: list[RenderableType] = [Text(f"Cohorts by {found.every} of their start", style="bold")]
    for grid in grids(found):
        parts += ["", Text(grid.title, style="bold")]
        parts += _blocks(grid, width or UNBOUNDED)
    parts.append("")
    if why := undefined(found):
        parts += [*section("Undefined", why), ""]
    said = [*reading_of(found), *found.notes]
    if verbose:
        parts += [*section("How to read them", said), *in_full(found, width)]
    else:
        parts += brief(found, said, grouped=False)
    return printed(parts, width=width, colour=colour, shades=True)


def _blocks(grid: Grid, width: int) -> Iterator[Table]:
    """Lay out as many ages side by side as there is room for, the rest below them."""
    names = max(cell_len(name) for name in ("cohort", *(row[0] for row in grid.rows)))
    sizes = max(cell_len(size) for size in ("size", *(row[1] for row in grid.rows)))
    widest = [
        max(len(str(age)), *(cell_len(row[2][age].text) for row in grid.rows if len(row[2]) > age))
        + _GAP
        for age in range(grid.ages)
    ]
    age = 0
    while age < grid.ages:
        room, until = width - names - sizes - 2 * _GAP, age
        while until < grid.ages and (until == age or room >= widest[until]):
            room -= widest[until]
            until += 1
        yield _table(grid, age, until)
        age = until


def _table(grid: Grid, start: int, end: int) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, _GAP, 0, 0), header_style="dim")
    table.add_column("cohort", no_wrap=True)
    table.add_column("size", justify="right", no_wrap=True)
    for age in range(start, end):
        table.add_column(str(age), justify="right", no_wrap=True)
    for name, size, cells in grid.rows:
        if len(cells) > start:
            style = "bold" if name == AVERAGE else ""
            table.add_row(Text(name, style=style), size, *map(_cell, cells[start:end]))
    return table


def _cell(cell: Shown) -> Text:
    if cell.heat is None or cell.text.endswith(UNFINISHED):
        return Text(cell.text, style="dim")
    shade = min(max(int(cell.heat * 5), 0) + (cell.heat > 0), len(_HEAT) - 1)
    return Text(cell.text, style=_HEAT[shade])
