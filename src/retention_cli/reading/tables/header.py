"""The header of a table: its names, the rows that they are in, and what stood above it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from retention_cli.errors import DataRefusedError
from retention_cli.reading.delimited.lines import shown
from retention_cli.reading.tables.find_header import NOTHING_KNOWN, find_header, header_names
from retention_cli.reading.tables.names_or_data import is_of_words
from retention_cli.reading.tables.plain_cells import plain_text
from retention_cli.reading.text import WHITE_SPACE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention_cli.reading.tables.find_header import Header, Known, Shape

MOST_COLUMNS = 1_000
LONGEST_NAME = 500
"""What goes on for longer is no name; of it so much is kept."""
_SHOWN = 3
_FEWEST_NAMES = 2


@dataclass(frozen=True, slots=True)
class Heading:
    """The header among the first rows of a table.

    Shape: `place` and `count` say which of the rows it is, `rows` holds them as they stood, none
        where the table has no header; `metadata` are the cells of the row above.
    """

    names: tuple[str, ...]
    place: int
    count: int
    rows: tuple[tuple[str, ...], ...]
    metadata: tuple[str, ...]
    notes: tuple[str, ...]
    shape: Shape | None
    refusal: DataRefusedError | None = None


def heading(
    first: Sequence[tuple[int, Sequence[str]]],
    *,
    file: str,
    known: Known = NOTHING_KNOWN,
) -> Heading:
    """Find the header among the first rows that are not blank, each with its number.

    Shape: with a refusal for a row below it that may hold more names without the cells proving it.
    Errors: DataRefusedError where it has no name at all or too many.
    Example:
        >>> heading([(1, ["id", "paid"]), (2, ["7", "5.00"])], file="a.csv").names
        ('id', 'paid')
    """
    cells = [tuple(map(plain_text, row[: MOST_COLUMNS + 1])) for _, row in first]
    numbers = [number for number, _ in first]
    found = _without_gaps(find_header(cells, numbers=numbers, known=known), cells, numbers)
    rows = cells[found.place : found.place + found.count]
    if any(len(row) > MOST_COLUMNS for row in rows):
        columns = max(len(row) for _, row in first)
        raise DataRefusedError(
            f"{file}: has {columns:,} columns, more than {MOST_COLUMNS:,}",
            "is it the right delimiter? set it with --delimiter",
        )
    if rows:
        names = tidy_headers(header_names(rows, shape=found.shape, known=known), file=file)
    else:
        ((width, _),) = Counter(map(len, cells)).most_common(1)
        names = ("",) * width
    return Heading(
        names,
        found.place,
        found.count,
        tuple(rows),
        cells[found.place - 1] if found.place else (),
        tuple(_notes(first, found)),
        found.shape,
        _asked_about_names(first, found, file, known),
    )


def _without_gaps(
    found: Header, cells: Sequence[tuple[str, ...]], numbers: Sequence[int]
) -> Header:
    """Leave out what a blank row parts from the first row of a header, and a row that repeats it."""
    place, count = found.place, found.count
    while count > 1 and numbers[place + count - 1] != numbers[place] + count - 1:
        count -= 1
    if count > 1 and _is_repeated(cells[place], cells[place + 1]):
        count = 1
    return replace(found, count=count)


def _is_repeated(header: Sequence[str], row: Sequence[str]) -> bool:
    """Tell a header line that an export wrote twice: it is a row, and never one of data."""
    return [*map(_letters, row)] == [*map(_letters, header)]


def _letters(name: str) -> str:
    return "".join(filter(str.isalnum, name.casefold()))


def _notes(first: Sequence[tuple[int, Sequence[str]]], found: Header) -> list[str]:
    notes = []
    number = first[found.place][0]
    if found.place:
        title = next(cell for cell in first[0][1] if cell.strip(WHITE_SPACE))
        notes.append(
            f"header found in row {number}, since {found.because};"
            f" the rows above, from {shown(title)} on, are ignored"
        )
    if found.count > 1:
        notes.append(
            f"its header has {found.count} rows, {number} to {number + found.count - 1}: names"
            " are read over all of them"
        )
    return notes


def _asked_about_names(
    first: Sequence[tuple[int, Sequence[str]]],
    found: Header,
    file: str,
    known: Known,
) -> DataRefusedError | None:
    """Give the refusal of a table with a row below its header that holds names, or data."""
    if found.unproven is not None and found.unproven < found.place + found.count:
        number, cells = first[found.unproven]
        names = [text for cell in cells if (text := cell.strip(WHITE_SPACE))]
    else:
        below = first[found.place + 1 : found.place + 2]
        if found.count != 1 or found.shape or not below:
            return None
        number, cells = below[0]
        if _is_repeated(first[found.place][1], cells):
            return None
        names = [cell for cell in cells if known.is_name(cell)]
        if len({*map(str.casefold, names)}) < _FEWEST_NAMES or not is_of_words(cells):
            return None
    named = ", ".join(f"'{name}'" for name in names[:_SHOWN])
    return DataRefusedError(
        f"{file}: row {number} looks like a second header ({named}), and no cell below settles it",
        "in a copy of the file, delete it if it holds names; if it is a row of data, move it down,"
        " below another one",
    )


def tidy_headers(cells: tuple[str, ...], *, file: str) -> tuple[str, ...]:
    r"""Give the names of a header row, without the white space and marks around them, and cut.

    Errors: DataRefusedError where no cell holds a name.
    Example:
        >>> tidy_headers((" customer_id", "\ufeffamount "), file="a.csv")
        ('customer_id', 'amount')
    """
    names = tuple(_cut(cell.strip(WHITE_SPACE)) for cell in cells)
    if not any(names):
        raise DataRefusedError(f"{file}: its header row is blank", "is it the right file?")
    return names


def _cut(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else f"{name[:LONGEST_NAME]}…"
