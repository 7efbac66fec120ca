"""Names and data distinguished by how they look: names hold no digits where all cells below do."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from retention_cli.patterns import lazy_pattern
from retention_cli.reading.tables.row_cells import cell_at, has_digit
from retention_cli.reading.text import WHITE_SPACE

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_FEWEST_CELLS = 2
_NEARLY_ALL = 0.9
_MOST_FURTHER_ROWS = 2
_NOTHING = frozenset(
    {*("na", "n/a", "nan", "null", "nil", "none", "no", "yes", "true", "false", "unknown")}
    | {*("tbd", "tba", "open", "missing", "error", "void", "invalid", "undefined", "ja", "nein")}
)
_VALUE = lazy_pattern(
    r"[-+(]?\s*(?:[A-Z]{0,3}[$€£¥]\s*|[A-Z]{3}\s*)?[0-9][0-9.,:/ %)'T+Z-]*"
    r"\s*(?:[AaPp]\.?[Mm]\.?|[A-Z]{3}|[€$£])?"
)
_MOMENT = lazy_pattern(r"[0-9][-/:][0-9]")
_MAY_BE_A_NAME = lazy_pattern(r"[0-9]{1,4}")
_UNIT = lazy_pattern(
    r"[A-Z]{3}|[(\[].*[)\]]"
    r"|(?i:s|sec|secs|seconds|min|mins|minutes|h|hrs|hours|days|sekunden|minuten|std|stunden|tage"
    r"|secondes|heures|jours|segundos|minutos|horas|días)",
    re.DOTALL,
)


def further_header_rows(
    header: Sequence[str],
    below: Sequence[Sequence[str]],
    *,
    is_known: Callable[[str], bool] = lambda _: False,
) -> int:
    """Count the rows below a header that hold names too, as the cells below them prove.

    Such a row has words alone, and words in columns whose cells all have digits further down: in
    two columns, or in one where its other cells are blank, two of them are known names, or it is
    the header again. Or it labels answers of a survey: it fills each of several columns that
    the header has no name for, and has nothing in the first column in which each cell below holds digits, that of ids.
    Example:
        >>> further_header_rows(["day", "paid"], [["UTC", "EUR"], ["1 May", "2"], ["2 May", "4"]])
        1
    """
    for count in range(min(_MOST_FURTHER_ROWS, len(below)), 0, -1):
        if not all(_may_be_of_names(cells, header) for cells in below[:count]):
            continue
        body = _like_data(below[count:], header)
        digits = digit_columns(body)
        if all(_is_of_names(cells, header, body, digits, is_known) for cells in below[:count]):
            return count
    return 0


def unproven_header_row(
    header: Sequence[str],
    further: Sequence[Sequence[str]],
    below: Sequence[Sequence[str]],
    *,
    is_known: Callable[[str], bool] = lambda _: False,
) -> int | None:
    """Give the place of the first further row that may as well be one of data: an id and words.

    It is a row of names where a known one stands over digits, or two do anywhere, where the header
    has no name over digits but this row has, where it repeats the header, or units alone.
    Example:
        >>> rows = [["C1", "0301"], ["C2", "0302"]]
        >>> unproven_header_row(["customer", "phone"], [["ACME", "unlisted"]], rows)
        0
        >>> unproven_header_row(["customer", "phone"], [["", "(home)"]], rows) is None
        True
    """
    if not further:
        return None
    body = _like_data(below, header)
    digits = digit_columns(body)
    for place, cells in enumerate(further):
        over = [(at, text) for at in sorted(digits) if (text := cell_at(cells, at))]
        known = sum(map(is_known, cells)) >= 2 or any(is_known(text) for _, text in over)
        unnamed = any(not cell_at(header, at) for at, _ in over)
        again = _folded(cells) == _folded(header)
        labels = _labels_answers(cells, header, body)
        if not (known or unnamed or again or labels or _is_of_units(cells)):
            return place
    return None


def is_data(first: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Tell a first row of data from one of names: it has values where the rows below have them.

    A bare number of four digits or less may be a name, as that of a year is.
    Example:
        >>> is_data(["2025-01-02", "Ann"], [["2025-01-03", "Bob"], ["2025-01-04", "Cy"]])
        True
        >>> is_data(["Customer", "2025"], [["Ann", "7"], ["Bob", "8"]])
        False
    """
    if len(below) < _FEWEST_CELLS:
        return False
    if any(
        (cell := cell_at(first, place)) and not _is_value(cell)
        for place in _columns(below, _is_value)
    ):
        return False
    return any(
        holds(cell) and not _MAY_BE_A_NAME.fullmatch(cell)
        for holds in (_is_number, _is_moment)
        for place in _columns(below, holds)
        if (cell := cell_at(first, place))
    )


def digit_columns(rows: Sequence[Sequence[str]]) -> frozenset[int]:
    """Give the places of the columns in which nearly all cells hold a digit."""
    return frozenset(_columns(rows, has_digit))


def is_of_words(cells: Sequence[str]) -> bool:
    """Tell a row whose cells are words, as names are: letters, no digits, no word for nothing."""
    filled = [text for cell in cells if (text := cell.strip(WHITE_SPACE))]
    return bool(filled) and all(map(_is_word, filled))


def _like_data(rows: Sequence[Sequence[str]], header: Sequence[str]) -> list[Sequence[str]]:
    """Leave out torn rows, footers and the header again."""
    names = _folded(header)
    enough = sum(map(bool, names))
    wide = ((cells, _folded(cells)) for cells in rows if len(cells) == len(header))
    return [
        cells for cells, texts in wide if 2 * sum(map(bool, texts)) >= enough and texts != names
    ]


def _may_be_of_names(cells: Sequence[str], header: Sequence[str]) -> bool:
    """Tell a row of names from one that is none whatever the rows below it hold."""
    nameless = sum(not cell_at(header, place) for place in range(len(header)))
    return len(cells) == len(header) and (nameless >= _FEWEST_CELLS or is_of_words(cells))


def _is_of_names(
    cells: Sequence[str],
    header: Sequence[str],
    body: Sequence[Sequence[str]],
    digits: frozenset[int],
    is_known: Callable[[str], bool],
) -> bool:
    if len(body) < _FEWEST_CELLS:
        return False
    if _labels_answers(cells, header, body):
        return True
    if not is_of_words(cells):
        return False
    filled = {place for place in range(len(cells)) if cell_at(cells, place)}
    if len(filled) == 1 and _is_a_key(cells, header, *filled):
        return False
    if any(cell_at(cells, place) == cell_at(row, place) for row in body for place in filled):
        return False
    digits -= {place for place in digits if has_digit(cell_at(header, place))}
    against = len(filled & digits)
    known = sum(map(is_known, cells))
    sure = filled <= digits or known >= 2 or _folded(cells) == _folded(header)
    return against >= 2 or (against == 1 and sure)


def _is_a_key(cells: Sequence[str], header: Sequence[str], place: int) -> bool:
    """Tell the only cell of a row from a name: its column has one already, and it is not a unit."""
    return bool(cell_at(header, place)) and not _UNIT.fullmatch(cell_at(cells, place))


def _labels_answers(
    cells: Sequence[str], header: Sequence[str], body: Sequence[Sequence[str]]
) -> bool:
    """Tell a row that names what the header does not, and has no id where each row has one."""
    nameless = {place for place in range(len(header)) if not cell_at(header, place)}
    ids = (
        place
        for place in range(len(header))
        if place not in nameless and all(has_digit(cell_at(row, place)) for row in body)
    )
    named = all(cell_at(cells, place) for place in nameless)
    first = next(ids, None)
    return (
        len(nameless) >= _FEWEST_CELLS and named and first is not None and not cell_at(cells, first)
    )


def _is_of_units(cells: Sequence[str]) -> bool:
    """Tell a row of units alone; a single one in the first cell may be an id."""
    filled = [text for cell in cells if (text := cell.strip(WHITE_SPACE))]
    return filled != [cell_at(cells, 0)] and all(map(_UNIT.fullmatch, filled))


def _columns(rows: Sequence[Sequence[str]], holds: Callable[[str], bool]) -> list[int]:
    found = []
    for place in range(max(map(len, rows), default=0)):
        cells = [cell for row in rows if (cell := cell_at(row, place))]
        share = _NEARLY_ALL * len(cells)
        if len(cells) >= _FEWEST_CELLS and sum(map(holds, cells)) >= share:
            found.append(place)
    return found


def _folded(cells: Sequence[str]) -> list[str]:
    folded = [cell.strip(WHITE_SPACE).casefold() for cell in cells]
    while folded and not folded[-1]:
        folded.pop()
    return folded


def _is_word(text: str) -> bool:
    letters = any(map(str.isalpha, text))
    return letters and not has_digit(text) and text.casefold() not in _NOTHING


def _is_value(text: str) -> bool:
    return bool(_VALUE.fullmatch(text))


def _is_moment(text: str) -> bool:
    return _is_value(text) and bool(_MOMENT.search(text))


def _is_number(text: str) -> bool:
    return _is_value(text) and not _MOMENT.search(text)
