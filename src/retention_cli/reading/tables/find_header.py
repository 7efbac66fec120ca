"""Where a table starts and ends among other rows: titles above it, header rows, footers below.

Rows are tuples of cells here, of a CSV file or a sheet alike; no cell is interpreted.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from retention_cli.patterns import lazy_pattern
from retention_cli.reading.tables.names_or_data import (
    further_header_rows,
    is_data,
    unproven_header_row,
)
from retention_cli.reading.tables.row_cells import cell_at, filled_places, has_digit
from retention_cli.reading.text import WHITE_SPACE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

SEARCHED_ROWS = 20
"""How far down a header is looked for by its looks; one of known names may stand further down."""
SAMPLED_ROWS = 60
"""How many rows are looked at to tell a header from what is below it."""

_ENOUGH_ROWS = 6
_NUMBER_OR_DATE = lazy_pattern(r"[-+$€£(]?[0-9][0-9.,:/ %)-]*")


class Shape(NamedTuple):
    """What is known of a report from its header: how many rows that has, and what is not data.

    `named` are the places of the names that it is known by; the other columns are named by all
    rows up to `naming_rows`. The text of rows that stand alone in a first column without a name
    is what `group` calls; `totals` and `footer` begin rows that are not data.
    """

    header_rows: int = 1
    naming_rows: int = 1
    named: frozenset[int] = frozenset()
    group: str | None = None
    totals: tuple[str, ...] = ()
    footer: tuple[str, ...] = ()


class Known(NamedTuple):
    """What those who read a file know of headers: names, and whole rows of names of reports."""

    is_name: Callable[[str], bool]
    shape_of: Callable[[Sequence[str]], Shape | None] = lambda _: None


NOTHING_KNOWN = Known(lambda _: False)


@dataclass(frozen=True, slots=True)
class Header:
    """The place of a header among the first rows, what made it one, and how many rows it has.

    It has none where the first row is one of data. `unproven` is the first of its rows that may be
    one of data as well.
    """

    place: int
    because: str
    count: int = 1
    shape: Shape | None = None
    unproven: int | None = None


def find_header(
    rows: Sequence[Sequence[str]],
    *,
    numbers: Sequence[int] | None = None,
    known: Known = NOTHING_KNOWN,
) -> Header:
    """Find the header among the first rows, which are not blank; `numbers` tell where some are.

    It is the row whose names tell a known report. Else it is the first row, unless all rows above
    another one are narrower than it, or comments, and that one holds two names that columns are
    known by, or is of words alone, with a row as wide below, and is below lone cells or is
    twice as wide and holds one known name. Further rows of names belong to it where the cells
    below prove them.
    Example:
        >>> find_header([["Sales 2025"], ["day", "paid by"], ["2025-01-02", "Ann"]])
        Header(place=1, because='lone cells are above it', count=1, shape=None, unproven=None)
    """
    for place, cells in _searched(rows):
        shape = known.shape_of(cells) if len(filled_places(cells)) > 1 else None
        if shape is not None:
            because = "a report is known by its names"
            return Header(place, because, _rows_there(shape, rows, place), shape)
    found = _by_its_looks(rows, known.is_name)
    if found.place == 0 and not _known(rows[0], known.is_name) and is_data(rows[0], rows[1:]):
        return Header(0, "its first row is one of data", 0)
    below = _together(rows, numbers, found.place + 1)
    header = rows[found.place]
    further = further_header_rows(header, below, is_known=known.is_name)
    unproven = unproven_header_row(header, below[:further], below[further:], is_known=known.is_name)
    start = found.place + 1
    found = replace(
        found, count=1 + further, unproven=None if unproven is None else start + unproven
    )
    return _with_what_tells_names_apart(rows, found)


def _searched(rows: Sequence[Sequence[str]]) -> Iterator[tuple[int, Sequence[str]]]:
    """Give the first rows, and of those below them each that is wider than all above it."""
    widest = 0
    for place, cells in enumerate(rows):
        width = len(filled_places(cells))
        if place < SEARCHED_ROWS or width > widest:
            yield place, cells
        widest = max(widest, width)


def _together(
    rows: Sequence[Sequence[str]], numbers: Sequence[int] | None, start: int
) -> Sequence[Sequence[str]]:
    """Give the rows from a place up to a blank one, over blank ones where that is too few."""
    end = start + 1
    while end < min(len(rows), start + SAMPLED_ROWS) and (
        numbers is None or end - start < _ENOUGH_ROWS or numbers[end] == numbers[end - 1] + 1
    ):
        end += 1
    return rows[start:end]


def _rows_there(shape: Shape, rows: Sequence[Sequence[str]], place: int) -> int:
    """Count the header rows of a report: users delete those that are in their way."""
    further = rows[place + 1 : place + shape.header_rows]
    named = sorted(shape.named)
    count = 1
    for cells in further:
        if any(any(c.isdigit() for c in cells[at]) for at in named if at < len(cells)):
            break
        count += 1
    return count


def _by_its_looks(rows: Sequence[Sequence[str]], is_name: Callable[[str], bool]) -> Header:
    if _known(rows[0], is_name) > 1:
        return Header(0, "it is the first row")
    return _by_known_names(rows, is_name) or _by_its_width(rows, is_name)


def _by_known_names(rows: Sequence[Sequence[str]], is_name: Callable[[str], bool]) -> Header | None:
    widest = 1
    for place, cells in enumerate(rows):
        width = len(filled_places(cells))
        if width > widest and place and _known(cells, is_name) > 1:
            return Header(place, "columns are known by its names")
        widest = widest if _is_comment(cells) else max(widest, width)
    return None


def _by_its_width(rows: Sequence[Sequence[str]], is_name: Callable[[str], bool]) -> Header:
    widest = len(filled_places(rows[0]))
    for place, cells in enumerate(rows[1:SEARCHED_ROWS], start=1):
        width, below = len(filled_places(cells)), rows[place + 1 :]
        if width > max(widest, 1) and _is_of_names(cells) and below and len(below[0]) == len(cells):
            if widest <= 1:
                return Header(place, "lone cells are above it")
            if _known(cells, is_name) and width >= 2 * widest:
                return Header(place, "a column is known by its names, and it is twice as wide")
        widest = max(widest, width)
    return Header(0, "it is the first row")


def _with_what_tells_names_apart(rows: Sequence[Sequence[str]], found: Header) -> Header:
    """Take the row above for a part of the header where names repeat that it tells apart."""
    names = [cell.strip(WHITE_SPACE).casefold() for cell in rows[found.place]]
    filled = [name for name in names if name]
    if not found.place or len(set(filled)) == len(filled):
        return found
    above = rows[found.place - 1]
    if len(above) != len(names) or len(filled_places(above)) < 2 or any(map(has_digit, above)):
        return found
    joined = join_rows([above, rows[found.place]])
    apart = [name for name in joined if name]
    if len({name.casefold() for name in apart}) < len(apart):
        return found
    return replace(found, place=found.place - 1, count=found.count + 1)


def header_names(
    rows: Sequence[Sequence[str]],
    *,
    shape: Shape | None = None,
    known: Known = NOTHING_KNOWN,
) -> tuple[str, ...]:
    """Name the columns of a header of some rows: each by all its names, or by one that is known.

    Where two of a column are, that of the row that has more known names is taken.

    Example:
        >>> header_names([["Invoice", "", "Total"], ["No.", "Date", "EUR"]])
        ('Invoice No.', 'Invoice Date', 'Total EUR')
    """
    if len(rows) == 1:
        return tuple(rows[0])
    naming = rows[: shape.naming_rows] if shape else rows
    joined = join_rows(naming)
    first, last = rows[0], naming[-1]
    last_names_more = _known(last, known.is_name) > _known(first, known.is_name)
    if shape:
        return tuple(
            cell_at(first, i) if i in shape.named else name for i, name in enumerate(joined)
        )
    return tuple(
        next(
            filter(
                known.is_name,
                (name, *_alone(naming, i, first, last)[:: -1 if last_names_more else 1]),
            ),
            name,
        )
        for i, name in enumerate(joined)
    )


def _alone(
    naming: Sequence[Sequence[str]], place: int, first: Sequence[str], last: Sequence[str]
) -> list[str]:
    """Give the names of a column that say by themselves what it is.

    One that goes on over the next column, and one that stands over several, do not.
    """
    names = []
    goes_on = not cell_at(first, place + 1) and any(
        cell_at(cells, place + 1) for cells in naming[1:]
    )
    if not goes_on:
        names.append(cell_at(first, place))
    if sum(cell_at(last, place) == cell_at(last, other) for other in range(len(last))) == 1:
        names.append(cell_at(last, place))
    return names


def join_rows(rows: Sequence[Sequence[str]]) -> list[str]:
    """Join rows of names column by column; a name of the first goes on over blank cells.

    Example:
        >>> join_rows([["Paid", ""], ["at", "by"]]), join_rows([["Date", "Note"], ["date", ""]])
        (['Paid at', 'Paid by'], ['Date', 'Note'])
    """
    joined: list[str] = []
    over = ""
    for place in range(max(map(len, rows))):
        first, *others = (cell_at(cells, place) for cells in rows)
        over = first or over
        parts: list[str] = []
        for part in (over if any(others) else first, *others):
            if part and part.casefold() not in {one.casefold() for one in parts}:
                parts.append(part)
        joined.append(" ".join(parts))
    return joined


def _is_comment(cells: Sequence[str]) -> bool:
    """Tell a comment, which may hold delimiters; the name of a column may be `#` alone."""
    return cell_at(cells, 0).startswith("#") and bool(cell_at(cells, 0).strip("# "))


def _known(cells: Sequence[str], is_name: Callable[[str], bool]) -> int:
    return len({cell for cell in cells if is_name(cell)})


def _is_of_names(cells: Sequence[str]) -> bool:
    names = [cell.strip(WHITE_SPACE) for cell in cells]
    return (
        all(names)
        and len(set(names)) == len(names)
        and not any(_NUMBER_OR_DATE.fullmatch(name) or name.endswith(":") for name in names)
    )
