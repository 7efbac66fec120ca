"""A block of a report: a title, rows under headings, and lines below them."""

from __future__ import annotations

from dataclasses import dataclass

BLOCK = "█"
UNKNOWN = "-"


@dataclass(frozen=True, slots=True)
class Block:
    """Rows under headings, the first `words` of which are on the left; a bar is always.

    Shape: `bars` are the columns that are drawn and not written, `cut` those that a screen without
        room cuts and does not fold.
    """

    title: str
    headings: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    lines: tuple[str, ...] = ()
    words: int = 1
    bars: frozenset[int] = frozenset()
    cut: frozenset[int] = frozenset()

    def is_left(self, column: int) -> bool:
        """Whether the cells of a column begin alike."""
        return column < self.words or column in self.bars


def bar(share: float, width: int) -> str:
    """Draw a share of a width; what is not nothing has a block at least.

    Example:
        >>> bar(0.5, 4), bar(0.01, 4), bar(0, 4)
        ('██', '█', '')
    """
    return BLOCK * max(round(share * width), int(share > 0))
