"""What is known of a sheet before its cells are read: how far it reaches, and how plainly."""

from __future__ import annotations

from dataclasses import dataclass, field

MOST_ROWS = 1_048_576
MOST_COLUMNS = 1_000
MOST_CELLS = 1 << 24
"""Cells between the first and the last, filled or not: a fast reader takes memory for each."""


@dataclass(slots=True)
class SheetScan:
    """What was found in one sheet.

    `plain` says that a fast reader finds the same in it as a careful one; `uncalculated` are the
    cells, by row and place, whose formulas have no value; `negative` that it has numbers below
    zero, which as times of day would be mistaken; `far` a filled cell beyond the last column that
    is read; `shared` how many cells name a shared text; `hidden` and `struck` the rows that are hidden,
    and those with any text struck through; `currencies` what formats show in each place.
    """

    plain: bool = True
    uncalculated: set[tuple[int, int]] = field(default_factory=set)
    negative: bool = False
    filtered: bool = False
    hidden: set[int] = field(default_factory=set)
    struck: set[int] = field(default_factory=set)
    currencies: dict[int, set[str]] = field(default_factory=dict)
    far: str | None = None
    merged: int = 0
    first_merged: list[str] = field(default_factory=list)
    rows: int = 0
    last_row: int = 0
    last_column: int = 0
    shared: int = 0

    @property
    def fits(self) -> bool:
        """Whether memory for every cell up to the last one is little enough."""
        return (
            self.last_row <= MOST_ROWS
            and self.last_column <= MOST_COLUMNS
            and self.last_row * self.last_column <= MOST_CELLS
        )


def column_number(letters: str) -> int:
    """Give the number of a column.

    Example:
        >>> column_number("A"), column_number("AA"), column_number("XFD")
        (1, 27, 16384)
    """
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def column_letters(number: int) -> str:
    """Give the letters of a column.

    Example:
        >>> column_letters(1), column_letters(27), column_letters(16384)
        ('A', 'AA', 'XFD')
    """
    letters = ""
    while number:
        number, place = divmod(number - 1, 26)
        letters = chr(ord("A") + place) + letters
    return letters
