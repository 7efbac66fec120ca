"""Accounts as a table for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.table import Table
from rich.text import Text

from retention_cli.reports.accounts._below import below_table
from retention_cli.reports.accounts._shown import HEADINGS, NUMBERS, TOTAL, filled, rows
from retention_cli.reports.words.below import brief, in_full
from retention_cli.reports.words.console import (
    UNBOUNDED,
    AtLeast,
    printed,
    section,
    shown,
    that_fit,
)
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
_DROPPED_FIRST = (
    *("Manager", "Direct cost", "Share", "Cost to serve", "± pp", "Status", "Name", "Rank"),
    *("Cumulative", "Tier", "Change"),
)


def render(
    found: Accounts, *, width: int | None = None, colour: bool = False, verbose: bool = False
) -> str:
    """Write accounts for `width` columns; None is as wide as they need to be."""
    period = found.period
    money = f", amounts in {found.currency}" if found.currency else ""
    title = f"Accounts by profit · {period.start} to {period.last_day}{money}"
    cells = rows(found, limit=found.limit)
    kept, least = _kept(cells, width)
    plain = _plain(cells, kept, width, colour=colour)
    table = [] if plain else [_table(cells, kept, least)]
    above = printed([Text(title, style="bold"), "", *table], width=width, colour=colour)
    below = below_table(found, width)
    said = _said(found, width, verbose=verbose)
    return above + plain + printed([*below, *said], width=width, colour=colour)


def _said(found: Accounts, width: int | None, *, verbose: bool) -> Iterator[RenderableType]:
    reason = f"profit and margin: {reason_text(found.reason)}" if found.reason else None
    if not verbose:
        notes = [note for note in found.notes if not isinstance(note, Manner)]
        yield ""
        yield from brief(found, notes, grouped=False, undefined=reason)
        return
    for heading, lines in (("Undefined", [reason] if reason else []), ("Notes", found.notes)):
        if lines:
            yield ""
            yield from section(heading, lines)
    yield from in_full(found, width)


def _plain(
    cells: list[tuple[str, ...]], kept: list[int], width: int | None, *, colour: bool
) -> str:
    """Write the table where nothing in it folds, as there may be many rows; else nothing."""
    widths, columns = [], []
    for place in kept:
        column = [safe_text(text) for text in (HEADINGS[place], *(row[place] for row in cells))]
        sizes = [len(text) if text.isascii() else cell_len(text) for text in column]
        most = max(sizes)
        pads = (" " * (most - size) for size in sizes)
        pairs = zip(column, pads, strict=True)
        right = HEADINGS[place] in NUMBERS
        columns.append([pad + text if right else text + pad for text, pad in pairs])
        widths.append(most)
    if width is not None and sum(widths) + _GAP * (len(widths) - 1) > width:
        return ""
    lines = [(" " * _GAP).join(line).rstrip() for line in zip(*columns, strict=True)]
    if colour:
        totals = [at for at, row in enumerate(cells, start=1) if row[:2] == ("", TOTAL)]
        for at in (0, *totals):
            lines[at] = printed([Text(lines[at], style="bold")], width=None, colour=True)[:-1]
    return "".join(f"{line}\n" for line in lines)


def _table(cells: list[tuple[str, ...]], kept: list[int], least: int) -> AtLeast:
    """Lay the table out where some of its cells fold."""
    table = Table(box=None, pad_edge=False, padding=(0, _GAP, 0, 0), header_style="bold")
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
    places = filled(cells)
    widths = [
        min(max(cell_len(safe_text(cell)) for cell in column), _FOLDS.get(name, UNBOUNDED))
        for name, column in zip(HEADINGS, zip(HEADINGS, *cells, strict=True), strict=True)
    ]
    drops = map(HEADINGS.index, _DROPPED_FIRST)
    return that_fit({place: widths[place] for place in places}, drops, width)
