"""Lifetime values as tables for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.table import Table
from rich.text import Text

from retention_cli.reports.clv._shown import blocks, first_words, title
from retention_cli.reports.words.below import brief, in_full
from retention_cli.reports.words.console import (
    AtLeast,
    Paragraph,
    printed,
    section,
    shown,
    that_fit,
)
from retention_cli.text.safe_text import safe_text
from retention_cli.values.measures import Manner

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import RenderableType

    from retention_cli.reports.clv._blocks import Block
    from retention_cli.results.lifetimes import Lifetimes

_MOST = 20
_GAP = 2
_LEAST = 8
_DROPPED_FIRST = (
    *("Manager", "Purchases", "On margin", "Log-likelihood", "Error", "Name", "By formula"),
)
"""Columns that go where there is no room."""


def render(
    found: Lifetimes, *, width: int | None = None, colour: bool = False, verbose: bool = False
) -> str:
    """Write the best customers, or all if `verbose`, for `width` columns, and what they rest on."""
    parts: list[RenderableType] = [Text(title(found), style="bold")]
    parts += [shown(line, "bold yellow") for line in first_words(found)]
    for block in blocks(found, None if verbose else _MOST):
        parts += ["", Text(block.title, style="bold")]
        parts += _tables(block, width) if block.rows else []
        parts += [Paragraph(shown(line)) for line in block.lines]
    said = _below(found, width, verbose=verbose)
    return printed([*parts, "", *said], width=width, colour=colour)


def _below(found: Lifetimes, width: int | None, *, verbose: bool) -> Iterator[RenderableType]:
    if verbose:
        yield from section("Notes", found.notes) if found.notes else ()
        yield from in_full(found, width)
        return
    notes = [note for note in found.notes if not isinstance(note, Manner)]
    yield from brief(found, notes, grouped=found.by is not None)


def _tables(block: Block, width: int | None) -> Iterator[RenderableType]:
    """Lay a block out; columns that there is no room for go, or stand below with the names again."""
    sizes = _sizes(block)
    drops = (block.headings.index(one) for one in _DROPPED_FIRST if one in block.headings)
    kept, least = that_fit(dict(enumerate(sizes)), drops, width)
    if width is None or least <= width:
        yield AtLeast(_table(block, kept), least)
        return
    run = kept[:1]
    for place in kept[1:]:
        if len(run) > 1 and sum(sizes[one] + _GAP for one in run) + sizes[place] > width:
            yield from (AtLeast(_table(block, run), width), "")
            run = kept[:1]
        run.append(place)
    yield AtLeast(_table(block, run), min(least, width))


def _table(block: Block, kept: Sequence[int]) -> Table:
    """Lay columns out; only words fold or are cut, and no number or id ever is."""
    table = Table(box=None, pad_edge=False, padding=(0, _GAP, 0, 0), header_style="dim")
    for place in kept:
        left = block.is_left(place)
        folds = 0 < place < block.words
        table.add_column(
            shown(block.headings[place]),
            justify="left" if left else "right",
            no_wrap=not folds,
            overflow="fold",
        )
    for row in block.rows:
        table.add_row(*(_cell(block, place, row[place]) for place in kept))
    return table


def _cell(block: Block, place: int, cell: str) -> Text:
    text = shown(cell, "cyan" if place in block.bars else "")
    if place in block.cut:
        text.no_wrap, text.overflow = True, "ellipsis"
    return text


def _sizes(block: Block) -> list[int]:
    """Give the least that each column needs."""
    sizes = [
        max(cell_len(safe_text(cell)) for cell in column)
        for column in zip(block.headings, *block.rows, strict=True)
    ]
    return [
        min(size, _LEAST) if 0 < place < block.words else size for place, size in enumerate(sizes)
    ]
