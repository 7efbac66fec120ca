"""Accounts as a table for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.table import Table
from rich.text import Text

from retention_cli.reports.accounts._shown import HEADINGS, NUMBERS, TOTAL, rows
from retention_cli.reports.words.brief import Caveat, by_place, caveats, read_line
from retention_cli.reports.words.console import (
    UNBOUNDED,
    AtLeast,
    marked,
    printed,
    section,
    shown,
)
from retention_cli.reports.words.data_lines import sections
from retention_cli.reports.words.figures import reason_text
from retention_cli.text.safe_text import safe_text
from retention_cli.values.measures import Manner

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from retention_cli.results.accounts import Accounts

_GAP = 2
_FOLDS = {"Name": 16, "Manager": 8}
"""Columns that may fold where there is no room, and how narrow they may get."""
_DROPPED_FIRST = ("Cumulative", "Manager", "Name", "Cost to serve", "Direct cost", "Rank", "Tier")


def render(
    found: Accounts, *, width: int | None = None, colour: bool = False, verbose: bool = False
) -> str:
    """Write accounts for `width` columns; None is as wide as they need to be."""
    period = found.period
    money = f", amounts in {found.currency}" if found.currency else ""
    title = f"Accounts by profit · {period.start} to {period.last_day}{money}"
    said = _sections(found, width) if verbose else _brief(found)
    parts: list[RenderableType] = [Text(title, style="bold"), "", _table(found, width), "", *said]
    return printed(parts, width=width, colour=colour)


def _brief(found: Accounts) -> Iterator[RenderableType]:
    """Give what changes an amount, and where the rest is."""
    notes = [Caveat(note) for note in found.notes if not isinstance(note, Manner)]
    for said in by_place([*notes, *caveats(found, grouped=False)]):
        yield marked("-", said)
    if found.reason:
        yield marked("Undefined", f"profit and margin: {reason_text(found.reason)}")
    yield marked("Read", read_line(found))


def _sections(found: Accounts, width: int | None) -> Iterator[RenderableType]:
    """Give everything that there is to say of the amounts and of the data."""
    reason = [f"profit and margin: {reason_text(found.reason)}"] if found.reason else []
    said = (
        ("Undefined", reason),
        ("Notes", found.notes),
        *((one.heading, one.lines) for one in sections(found, width=width, verbose=True)),
    )
    blank = False
    for heading, lines in said:
        if lines:
            yield from [""] if blank else []
            yield from section(heading, lines)
            blank = True


def _table(found: Accounts, width: int | None) -> AtLeast:
    table = Table(box=None, pad_edge=False, padding=(0, _GAP, 0, 0), header_style="bold")
    cells = rows(found)
    kept, least = _kept(cells, width)
    for place in kept:
        name = HEADINGS[place]
        table.add_column(
            name,
            justify="right" if name in NUMBERS else "left",
            no_wrap=name not in _FOLDS,
            overflow="fold",
        )
    for row in cells:
        total = row[:2] == ("", TOTAL)
        table.add_row(*(shown(row[place], "bold" if total else "") for place in kept))
    return AtLeast(table, least)


def _kept(cells: list[tuple[str, ...]], width: int | None) -> tuple[list[int], int]:
    """Choose the columns there is room for, and the least that they need.

    No amount and no id is ever cut.
    """
    places = list(range(len(HEADINGS)))
    widths = [
        min(max(cell_len(safe_text(cell)) for cell in column), _FOLDS.get(name, UNBOUNDED))
        for name, column in zip(HEADINGS, zip(HEADINGS, *cells, strict=True), strict=True)
    ]
    names = iter(_DROPPED_FIRST)
    while True:
        least = sum(widths[place] for place in places) + _GAP * (len(places) - 1)
        name = next(names, None)
        if name is None or width is None or least <= width:
            return places, least
        places.remove(HEADINGS.index(name))
