"""Boards: groups of rows one below the other, each with its title, the header again, and its sums."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.patterns import lazy_pattern
from retention_cli.reading.tables.names_or_data import is_of_words
from retention_cli.reading.tables.other_tables import moved
from retention_cli.reading.tables.row_cells import filled_places, has_digit
from retention_cli.reading.text import WHITE_SPACE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from retention_cli.reading.text import TextSheet

_MOST_TITLES = 3
_NUMBER = lazy_pattern(
    r"[^0-9A-Za-z.-]*(-?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?)[^0-9A-Za-z]*"
)


def without_titles_and_sums(sheet: TextSheet) -> TextSheet:
    """Set aside what stands between the groups of a board: titles above a header, sums below rows.

    A title is a lone cell of words right above a header that is there again. Sums end a group: they
    have numbers alone, of which one is the sum of those above, and no name, as all other rows have.
    """
    again = [row.row for row in sheet.aside if row.code == "repeated-header"]
    if not again or not sheet.batches:
        return sheet
    board = _Board(sheet)
    titles = {row for header in again for row in board.titles(header)}
    headers = [sheet.header_row, *again, sheet.header_row + sheet.rows + 1]
    groups = [board.group(*ends, titles) for ends in pairwise(headers)]
    sums = board.sums([group for group in groups if len(group) > 1], titles)
    sheet = moved(sheet, titles, "group-row", "names the rows below it") if titles else sheet
    return moved(sheet, sums, "totals-row", "is the total of a group") if sums else sheet


class _Board:
    """The rows of a sheet by their numbers, whole and torn."""

    def __init__(self, sheet: TextSheet) -> None:
        self._sheet = sheet
        self._torn = {row.row: row.raw for row in sheet.torn}
        self._whole = sheet.numbers.to_numpy()

    def titles(self, header: int) -> list[int]:
        """Give the lone cells of words right above a header."""
        rows = []
        for row in range(header - 1, header - 1 - _MOST_TITLES, -1):
            cells = self._torn[row] if row in self._torn else self._cells(row)
            if len(filled_places(cells)) != 1 or not is_of_words(cells):
                break
            rows.append(row)
        return rows

    def group(self, header: int, following: int, titles: set[int]) -> list[int]:
        """Give the rows between two headers that have all their cells, titles left out."""
        start, end = self._whole.searchsorted([header, following])
        return [row for row in self._whole[start:end].tolist() if row not in titles]

    def sums(self, groups: Sequence[Sequence[int]], titles: set[int]) -> set[int]:
        """Tell which of the rows that end groups are their sums."""
        aside = pa.array([*titles, *(group[-1] for group in groups)], pa.int64())
        others = pc.invert(pc.is_in(self._sheet.numbers, value_set=aside))
        columns = range(len(self._sheet.headers))
        name = next((at for at in columns if not self._held(at, others).null_count), None)
        if name is None:
            return set()
        return {group[-1] for group in groups if self._ends_with_sums(group, name)}

    def _held(self, place: int, rows: pa.ChunkedArray) -> pa.ChunkedArray:
        return self._sheet.held(place).filter(rows)

    def _ends_with_sums(self, group: Sequence[int], name: int) -> bool:
        last = self._cells(group[-1])
        filled = filled_places(last)
        if not filled or name in filled or not all(has_digit(last[place]) for place in filled):
            return False
        rows = [*self._sheet.raws(group[:-1]).values()]
        found = ((_sum(cells[at] for cells in rows), _number(last[at])) for at in filled)
        return any(total is not None and total == stated for total, stated in found)

    def _cells(self, row: int) -> tuple[str, ...]:
        return self._sheet.raws([row]).get(row, ())


def _sum(cells: Iterable[str]) -> Decimal | None:
    numbers = [_number(cell) for cell in cells if cell.strip(WHITE_SPACE)]
    known = [number for number in numbers if number is not None]
    return sum(known, Decimal()) if known and len(known) == len(numbers) else None


def _number(cell: str) -> Decimal | None:
    found = _NUMBER.fullmatch(cell)
    return Decimal(found[1].replace(",", "")) if found else None
