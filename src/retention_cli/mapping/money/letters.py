"""Amounts that end with Dr or Cr, S or H: the letters apart from the numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from retention_cli.mapping.cells.cells import Cells

_LETTERS = r"dr|cr|db|d|c|s|h|debit|credit|soll|haben"
_ENDS = rf"(?i)[0-9)][ \x{{a0}}\x{{202f}}]*(?:{_LETTERS})\.?\z"
_LETTER = rf"(?i)[ \x{{a0}}\x{{202f}}]*\b?(?P<letter>{_LETTERS})\.?\z"


def without_letters(cells: Cells) -> Cells:
    """Take debits' and credits' letters off the ends of amounts.

    Example:
        >>> from retention_cli.mapping.cells.cells import Cells
        >>> without_letters(Cells(pa.array(["1,200.00 Dr", "300.00CR", "5"]))).texts.to_pylist()
        ['1,200.00', '300.00', '5']
    """
    if not pc.any(pc.match_substring_regex(cells.texts, _ENDS)).as_py():
        return cells
    return cells.each(_bare)


def _bare(texts: Any) -> Any:
    marked = pc.match_substring_regex(texts, _ENDS)
    return pc.if_else(marked, pc.replace_substring_regex(texts, _LETTER, ""), texts)


def letters_of(cells: Cells) -> Any | None:
    """Give the letter that each amount ends with, null where it has none; None if none has."""
    marked = pc.match_substring_regex(cells.texts, _ENDS)
    if not pc.any(marked).as_py():
        return None
    found = pc.struct_field(pc.extract_regex(cells.texts, rf"{_LETTER}"), "letter")
    letters = type(cells)(pc.if_else(marked, found, pa.scalar(None, pa.string())), cells.codes)
    return letters.text
