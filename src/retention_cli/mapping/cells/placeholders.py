"""Words that stand for a blank cell in columns of dates, numbers, codes and flags."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.findings.problems import Notice
from retention_cli.mapping.cells.known_words import told
from retention_cli.records.base import DAY, IDENTITY, INSTANT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from retention_cli.mapping.cells.cells import Cells
    from retention_cli.records.base import Form

_WORDS = tuple(told("nothing")["words"])
_NO_DATES = tuple(word for said in told("nothing")["days"].values() for word in said.split(", "))
"""What stands for no date or time at all, or for one to come: as a number of minutes, 0 is one."""
_NO_DIGIT_BUT_ZERO = r"\A(?:[^1-9]+|0001-01-01.*|0?1[./]0?1[./]0001.*)\z"


def without_words(cells: Cells, form: Form | None) -> Cells:
    """Take words for nothing as blank; in names, ids and texts they are what they are.

    Example:
        >>> from retention_cli.mapping.cells.cells import Cells
        >>> from retention_cli.records.base import DAY
        >>> cells = Cells(pa.array(["N/A", "2025-06-01", "-"]))
        >>> without_words(cells, DAY).texts.to_pylist()
        [None, '2025-06-01', None]
        >>> without_words(cells, None).texts.to_pylist()
        ['N/A', '2025-06-01', '-']
    """
    if form in {None, IDENTITY} or not pc.any(marked(cells.texts, form)).as_py():
        return cells
    return cells.each(lambda texts: pc.if_else(marked(texts, form), None, texts))


def without_told(cells: Cells, told: Mapping[str, str]) -> Cells:
    """Take as blank what the settings say is: their words for it are written "".

    Example:
        >>> from retention_cli.mapping.cells.cells import Cells
        >>> cells = Cells(pa.array(["Pending", "2025-06-01"]))
        >>> without_told(cells, {"pending": ""}).texts.to_pylist()
        [None, '2025-06-01']
    """
    words = [word.strip().casefold() for word, ours in told.items() if not ours]
    if not words:
        return cells
    known = pa.array(words, pa.string())
    return cells.each(
        lambda texts: pc.if_else(pc.is_in(pc.utf8_lower(texts), value_set=known), None, texts)
    )


def nothing_notes(cells: Cells, header: str, form: Form) -> Iterator[Notice]:
    """Say how many cells of a column as it was are words for nothing, and which."""
    nothing = marked(cells.texts, form)
    if not pc.any(nothing).as_py():
        return
    count = len(cells.text.filter(marked(cells.text, form)))
    words = sorted(pc.unique(cells.texts.filter(nothing)).to_pylist())
    named = ", ".join(f"'{word}'" for word in words[:3])
    yield Notice(
        "nothing",
        f"{count:,} {'cell' if count == 1 else 'cells'} of '{header}' {'says' if count == 1 else 'say'}"
        f" {named}, and {'counts' if count == 1 else 'count'} as blank",
        count=count,
        column=header,
    )


def marked(texts: Any, form: Form | None) -> Any:
    """Mark the texts that stand for nothing in a column of a form."""
    # Nearly every date and number fails at its first digit, and is not looked up.
    likely = pc.match_substring_regex(texts, _NO_DIGIT_BUT_ZERO)
    if not pc.any(likely).as_py():
        return pc.fill_null(likely, False)
    words = (*_WORDS, *_NO_DATES) if form in {DAY, INSTANT} else _WORDS
    known = pc.is_in(pc.utf8_lower(texts), value_set=pa.array(words, pa.string()))
    return pc.and_(pc.fill_null(likely, False), known)
