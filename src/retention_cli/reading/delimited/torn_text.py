"""One row of text in the other ways it may have been meant: its quotes, its delimiters, blanks."""

from __future__ import annotations

import csv
import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_QUOTES = 64
"""Rows with more quotes are not read in other ways."""

_STAND_IN = "\ue000"
_SHOWN_CHARACTERS = 24
_BETWEEN_QUOTES = 3.0
_NAMES = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar", " ": "blank"}


class Written(Protocol):
    """How a text sets its columns apart, and what it quotes them with."""

    @property
    def mark(self) -> str:
        """The delimiter."""

    @property
    def quote(self) -> str:
        """The quote."""


class Reading(NamedTuple):
    """The cells of a row as it may have been meant, and what has to be fixed for it.

    Shape: `plain` are the cells without the quote that is taken for text; `odds` how much likelier
        it is than others before its cells are looked at, as a logarithm.
    """

    cells: tuple[str, ...]
    plain: tuple[str, ...]
    how: str
    odds: float = 0.0


class Piece(NamedTuple):
    """What stands between two blanks; a quoted one is a cell of its own."""

    text: str
    is_quoted: bool


def strict_cells(text: str, written: Written) -> list[str] | None:
    """Give the cells of one row as the standard has it; None where its quotes are wrong."""
    try:
        return next(
            csv.reader([text], delimiter=written.mark, quotechar=written.quote, strict=True), []
        )
    except csv.Error:
        return None


def lenient_cells(text: str, mark: str, quote: str) -> list[str]:
    r"""Give the cells of one row where quotes are not doubled inside of quoted cells.

    A quote opens a cell at its start, and closes it only before a delimiter or at the end.
    Example:
        >>> lenient_cells('1,"10" boots, tall","x"', ",", '"')
        ['1', '10" boots, tall', 'x']
    """
    return [piece.text for piece in pieces(text, mark, quote, doubled=False)]


def pieces(text: str, mark: str, quote: str, *, doubled: bool = True) -> list[Piece]:
    """Give the cells of one row, and which are quoted, whatever its quotes are.

    Where quotes are doubled inside a quoted cell, it is read so; else as `lenient_cells` does.
    """
    found: list[Piece] = []
    for match in _cell(mark, quote, doubled=doubled).finditer(text):
        strict, lenient, plain, after = match.groups()
        if strict is not None:
            found.append(Piece(strict[1:-1].replace(quote * 2, quote), True))
        else:
            found.append(Piece(plain, False) if lenient is None else Piece(lenient[1:-1], True))
        if not after:
            break
    return found


@lru_cache(maxsize=16)
def _cell(mark: str, quote: str, *, doubled: bool) -> re.Pattern[str]:
    m, q = re.escape(mark), re.escape(quote)
    strict = rf"{q}(?:[^{q}]++|{q}{q})*+{q}(?={m}|\Z)" if doubled else r"(?!)"
    lenient = rf"{q}(?:[^{q}]++|{q}(?!{m}|\Z))*+{q}(?={m}|\Z)"
    return re.compile(rf"(?:({strict})|({lenient})|([^{m}]*+))({m}|\Z)", re.DOTALL)


def with_quotes_as_text(text: str, written: Written) -> Iterator[Reading]:
    """Read a row with each of its quotes in turn as text; none where it has very many."""
    text = text.rstrip("\n")
    places = [match.start() for match in re.finditer(re.escape(written.quote), text)]
    if len(places) > MOST_QUOTES or _STAND_IN in text:
        return
    for place in places:
        found = strict_cells(text[:place] + _STAND_IN + text[place + 1 :], written)
        if found is not None:
            cells = tuple(cell.replace(_STAND_IN, written.quote) for cell in found)
            plain = tuple(cell.replace(_STAND_IN, "") for cell in found)
            yield Reading(cells, plain, f"with {_quote_at(text, place, written)} taken as text")


def with_delimiters_beside_quotes(text: str, written: Written) -> Iterator[Reading]:
    """Read a row with a delimiter more, before or behind each of its quotes."""
    if text.count(written.quote) > MOST_QUOTES:
        return
    beside = (match.span() for match in re.finditer(re.escape(written.quote), text))
    for place in sorted({place for span in beside for place in span} - {0, len(text)}):
        found = strict_cells(text[:place] + written.mark + text[place:], written)
        left = strict_cells(text[:place], written)
        if found and left and len(left) < len(found) and left[-1] and found[len(left)]:
            how = between(left[-1], found[len(left)], written)
            odds = _BETWEEN_QUOTES if text[place - 1] == text[place] == written.quote else 0.0
            yield Reading(tuple(found), tuple(found), how, odds)


def without_doubling(text: str, written: Written) -> Reading:
    """Read a row as if quotes inside its quoted cells were not doubled."""
    found = tuple(lenient_cells(text, written.mark, written.quote))
    inside = next((cell for cell in found if written.quote in cell), "")
    return Reading(found, found, f"with the quotes inside {short(inside)} taken as text")


def between(left: str, right: str, written: Written) -> str:
    """Say that a delimiter is missing."""
    return f"with a {named(written)} between {short(left)} and {short(right)}"


def named(written: Written) -> str:
    """Call the delimiter by its name."""
    return _NAMES.get(written.mark, f"'{written.mark}'")


def short(text: str) -> str:
    """Quote the first characters of a cell in a message."""
    return f"'{text[:_SHOWN_CHARACTERS]}{'…' if len(text) > _SHOWN_CHARACTERS else ''}'"


def _quote_at(text: str, place: int, written: Written) -> str:
    after = text[place + 1 :].lstrip(written.quote).split(written.mark)[0].rstrip(written.quote)
    return f"the quote before {short(after)}" if after else "the quote at its end"
