"""The first rows of a table, as many as are above its header and tell it from data."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from retention_cli.reading.tables.find_header import SAMPLED_ROWS
from retention_cli.reading.tables.header import MOST_COLUMNS
from retention_cli.reading.tables.row_cells import filled_places

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from retention_cli.reading.tables.find_header import Known

PREAMBLE_ROWS = 10_000
"""How far down a header of known names is looked for."""

_FEWEST_NAMES = 2
_Row = TypeVar("_Row")


def first_rows(
    rows: Iterable[_Row], known: Known, *, cells_of: Callable[[_Row], Sequence[str]]
) -> list[_Row]:
    """Give the first rows; where none is a header by its names, all down to the first that is.

    Further down, a header is wider than all rows above it.
    """

    def cells(row: _Row) -> Sequence[str]:
        return cells_of(row)[: MOST_COLUMNS + 1]  # a wider row is refused where it is the header

    left = iter(rows)
    found = list(islice(left, SAMPLED_ROWS + 1))
    if any(_is_header(cells(row), known) for row in found):
        return found
    widest = max((_width(cells(row)) for row in found), default=0)
    further: list[_Row] = []
    for row in islice(left, PREAMBLE_ROWS):
        further.append(row)
        width = _width(cells(row))
        if width > widest and _is_header(cells(row), known):
            return [*found, *further, *islice(left, SAMPLED_ROWS)]
        widest = max(widest, width)
    return found


def _width(cells: Sequence[str]) -> int:
    return len(filled_places(cells))


def _is_header(cells: Sequence[str], known: Known) -> bool:
    if _width(cells) < _FEWEST_NAMES:
        return False
    names = len({cell for cell in cells if known.is_name(cell)})
    return names >= _FEWEST_NAMES or known.shape_of(cells) is not None
