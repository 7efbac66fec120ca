"""Marks that say "as above", as people write them into lists: `"`, `do.`, `dto.`, `〃`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.mapping.cells.cells import Cells
from retention_cli.mapping.cells.known_words import told
from retention_cli.text.wording import rows_text

if TYPE_CHECKING:
    from collections.abc import Sequence

_DITTOS = pa.array([text for texts in told("dittos").values() for text in texts], pa.string())


class Dittos(NamedTuple):
    """A column with what each mark stands for, and what to say of it."""

    cells: Cells
    said: str


def without_dittos(cells: Cells, header: str, rows: Any, gone: Sequence[int]) -> Dittos | None:
    """Put the text above into each cell that only says to; None where no cell does.

    A cell is blank where one of the rows that are `gone` stands above it, or no row at all.
    Example:
        >>> name = Cells(pa.array(["Ann", "dto.", "do.", "Bob", None]))
        >>> found = without_dittos(name, "Name", pa.array([2, 3, 4, 5, 6]), ())
        >>> found.cells.texts.to_pylist()
        ['Ann', 'Ann', 'Ann', 'Bob', None]
    """
    marks = pc.is_in(cells.texts, value_set=_DITTOS)
    if not pc.any(marks).as_py():
        return None
    words = sorted(pc.unique(cells.texts.filter(marks)).to_pylist())
    texts = cells.text
    above = np.asarray(pc.is_in(texts, value_set=_DITTOS))
    places = np.maximum.accumulate(np.where(above, -1, np.arange(len(above))))
    numbers = np.asarray(rows)
    between = np.searchsorted(gone, numbers) - np.searchsorted(gone, numbers[places])
    filled = texts.take(pa.array(places, mask=(places < 0) | (between > 0)))
    named = " and ".join(f"'{word}'" for word in words[:3])
    return Dittos(
        Cells(filled),
        f"'{header}' has {named} in {rows_text(int(above.sum()))}, and the cell above is read in their"
        " place; fill_down = false under [[export]] in retention.toml keeps them as they are",
    )
