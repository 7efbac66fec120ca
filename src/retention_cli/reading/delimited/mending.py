"""The best reading of a torn row: what fixes it with the least, and fits its columns best.

It is proposed and never taken: the row stays torn.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from retention_cli.reading.delimited.column_shapes import ColumnShapes
from retention_cli.reading.delimited.torn_text import (
    Piece,
    Reading,
    between,
    named,
    pieces,
    short,
    strict_cells,
    with_delimiters_beside_quotes,
    with_quotes_as_text,
    without_doubling,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from retention_cli.findings.problems import Problem
    from retention_cli.reading.text import TextSheet

MOST_MENDED = 500
"""How many torn rows of a file get a best reading; the others are as torn as they."""

_SAMPLE_ROWS = 300
_FEWEST_ROWS = 5
_LONGEST_TEXT = 8_192
_MOST_PIECES = 200
_CLEARLY = 3.0
_SLACK = 16.0
_CELL_LOST = -4.0
"""What a lost cell is less likely than a lost delimiter, as a logarithm."""

_BLANK = " "


class Dialect(NamedTuple):
    """What sets columns apart, and what quotes them."""

    mark: str
    quote: str = '"'


def fixed(sheet: TextSheet, *, quote: str = '"') -> TextSheet:
    """Give a table whose torn rows have their best readings, and say so in their messages.

    A best reading has a cell for each header, fits the columns as whole rows do, and much better
    than any other reading; a row without one keeps None.
    """
    if not sheet.torn or len(sheet.headers) == 1 or not sheet.delimiter:
        return sheet
    sample = _sample(sheet)
    if len(sample) < _FEWEST_ROWS:
        return sheet
    bench = _Bench(sample, Dialect(sheet.delimiter, quote))
    first = tuple(_with_best(row, bench) for row in sheet.torn[:MOST_MENDED])
    return replace(sheet, torn=(*first, *sheet.torn[MOST_MENDED:]))


def _sample(sheet: TextSheet) -> list[tuple[str, ...]]:
    every = max(1, sum(len(batch.rows) for batch in sheet.batches) // _SAMPLE_ROWS)
    return [
        batch.raw(place) for batch in sheet.batches for place in range(0, len(batch.rows), every)
    ]


def _with_best(row: Problem, bench: _Bench) -> Problem:
    if not row.text or len(row.text) > _LONGEST_TEXT:
        return row
    best = bench.best(row.text)
    if best is None:
        return row
    return row._replace(best=best.cells, message=f"{row.message}; it reads well {best.how}")


class _Bench:
    """The columns of a table, which readings of its torn rows are held against."""

    def __init__(self, sample: Sequence[tuple[str, ...]], dialect: Dialect) -> None:
        self._dialect = dialect
        self._columns = [ColumnShapes(cells) for cells in zip(*sample, strict=True)]
        self._worst = min(self._rated(row) for row in sample)

    def best(self, text: str) -> Reading | None:
        """Give the reading that fits clearly better than all others, if it fits at all."""
        rated: dict[tuple[str, ...], tuple[float, Reading]] = {}
        for reading in self._readings(text):
            rating = self._rated(reading.plain) + reading.odds
            if reading.cells not in rated or rating > rated[reading.cells][0]:
                rated[reading.cells] = (rating, reading)
        ratings = sorted(rated.values(), key=lambda one: -one[0])
        if not ratings or ratings[0][0] < self._worst - _SLACK:
            return None
        if len(ratings) > 1 and ratings[0][0] - ratings[1][0] < _CLEARLY:
            return None
        return ratings[0][1]

    def _rated(self, cells: Sequence[str]) -> float:
        return sum(column.fit(cell) for column, cell in zip(self._columns, cells, strict=True))

    def _readings(self, text: str) -> Iterator[Reading]:
        width, dialect = len(self._columns), self._dialect
        cells = strict_cells(text, dialect)
        others = [
            *with_quotes_as_text(text, dialect),
            *(with_delimiters_beside_quotes(text, dialect) if dialect.quote in text else ()),
            *([without_doubling(text, dialect)] if cells is None else ()),
        ]
        yield from (reading for reading in others if len(reading.cells) == width)
        if cells and len(cells) > width:
            yield from self._joined(cells, pieces(text, dialect.mark, dialect.quote))
        if cells and len(cells) == width - 1:
            yield from self._split(cells)
            yield from self._filled_up(cells)
        found = pieces(text, _BLANK, dialect.quote)
        no_mark = dialect.mark if dialect.mark != _BLANK else "\n"
        if width <= len(found) <= _MOST_PIECES and not any(
            no_mark in piece.text for piece in found if not piece.is_quoted
        ):
            yield from self._from_pieces(found)

    def _joined(self, cells: list[str], written: list[Piece]) -> Iterator[Reading]:
        """Take delimiters out: one beside an empty cell, or all inside of one cell."""
        more = len(cells) - len(self._columns)
        for place in range(len(self._columns)):
            parts = cells[place : place + more + 1]
            if more == 1 and "" in parts:
                how = _without(cells, place, self._dialect)
                joined = "".join(parts)
            elif any(piece.is_quoted for piece in written[place : place + more + 1]):
                continue
            else:
                joined = self._dialect.mark.join(parts)
                how = f"with {short(joined)} as one field"
            found = (*cells[:place], joined, *cells[place + more + 1 :])
            yield Reading(found, found, how)

    def _split(self, cells: list[str]) -> Iterator[Reading]:
        """Put a delimiter into each cell, where it is not hopeless."""
        before, after = self._around(cells)
        hopeless = max(map(sum, zip(before, after[1:], strict=False))) - 2 * _SLACK
        for place, cell in enumerate(cells):
            if before[place] + after[place + 1] < hopeless:
                continue
            for at in range(1, len(cell)):
                found = (*cells[:place], cell[:at], cell[at:], *cells[place + 1 :])
                how = between(cell[:at], cell[at:], self._dialect)
                yield Reading(found, found, how)

    def _around(self, cells: list[str]) -> tuple[list[float], list[float]]:
        """Rate the cells before each place in their columns, and from it on one column later."""
        left = [column.fit(cell) for column, cell in zip(self._columns, cells, strict=False)]
        right = [column.fit(cell) for column, cell in zip(self._columns[1:], cells, strict=True)]
        before = [0.0, *accumulate(left)]
        after = [*reversed(list(accumulate(reversed(right)))), 0.0]
        return before, after

    def _filled_up(self, cells: list[str]) -> Iterator[Reading]:
        """Put an empty cell before each cell, or at the end."""
        mark = named(self._dialect)
        for place in range(len(cells) + 1):
            found = (*cells[:place], "", *cells[place:])
            here = f"before {short(cells[place])}" if place < len(cells) else "at its end"
            yield Reading(found, found, f"with a {mark} {here}", _CELL_LOST)

    def _from_pieces(self, found: list[Piece]) -> Iterator[Reading]:
        """Give each column one piece between blanks or some neighbours, as they fit best."""
        ways: dict[int, tuple[float, tuple[str, ...]]] = {0: (0.0, ())}
        for place, column in enumerate(self._columns):
            left = len(self._columns) - place - 1
            longer: dict[int, tuple[float, tuple[str, ...]]] = {}
            for start, (rating, cells) in ways.items():
                for end in range(start + 1, len(found) - left + 1):
                    taken = found[start:end]
                    if len(taken) > 1 and (taken[0].is_quoted or taken[-1].is_quoted):
                        break
                    cell = _BLANK.join(piece.text for piece in taken)
                    whole = rating + column.fit(cell)
                    if end not in longer or longer[end][0] < whole:
                        longer[end] = (whole, (*cells, cell))
            ways = longer
        if len(found) in ways:
            cells = ways[len(found)][1]
            yield Reading(cells, cells, "split at its blanks")


def _without(cells: list[str], place: int, dialect: Dialect) -> str:
    """Say which delimiter is one too many: it is beside an empty cell."""
    left, right = cells[place], cells[place + 1]
    where = f"before {short(right)}" if right else f"behind {short(left)}" if left else "at its end"
    return f"without the {named(dialect)} {where}"
