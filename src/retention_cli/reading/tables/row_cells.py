"""What is asked of the cells of a row, wherever tables are told from what stands around them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli.reading.text import WHITE_SPACE

if TYPE_CHECKING:
    from collections.abc import Sequence


def cell_at(cells: Sequence[str], place: int) -> str:
    """Give the text of a cell without white space around it; nothing beyond the end of the row.

    Example:
        >>> cell_at(["a", " b "], 1), cell_at(["a"], 1)
        ('b', '')
    """
    return cells[place].strip(WHITE_SPACE) if place < len(cells) else ""


def filled_places(cells: Sequence[str]) -> set[int]:
    """Give the places of the cells that hold more than white space.

    Example:
        >>> filled_places(["a", " ", "c"])
        {0, 2}
    """
    return {place for place, cell in enumerate(cells) if cell.strip(WHITE_SPACE)}


def has_digit(text: str) -> bool:
    """Tell whether a text holds a digit.

    Example:
        >>> has_digit("C-1"), has_digit("customer")
        (True, False)
    """
    return any(map(str.isdigit, text))
