"""Words of other systems to ours, each distinct word once."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unicodedata import normalize

import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.records.base import NO, YES, headers_of, words_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pydantic.fields import FieldInfo

_YES, _NO = (*YES, "1", "1.0"), (*NO, "0", "0.0")


def known_words(info: FieldInfo, header: str, told: Mapping[str, str]) -> dict[str, str]:
    """Give the words that a column's cells may use for ours, folded; `told` come first.

    Under the header `Churned` a yes means ended, under `Status` it means nothing.
    """
    words = words_of(info)
    known: dict[str, str] = {}
    if words is not None:
        for ours, theirs in words.ours.items():
            known.update({_folded(word): ours for word in (ours, *theirs)})
        told_by_yes = headers_of(info).yes
        yes = told_by_yes(header) if told_by_yes else None
        if yes is not None:
            known.update(dict.fromkeys(_YES, yes))
            known.update(dict.fromkeys(_NO, words.opposite[yes]))
    spelled = {_folded(ours): ours for ours in (words.ours if words else ())}
    known.update(
        {_folded(word): spelled.get(_folded(ours), ours) for word, ours in told.items() if ours}
    )
    return known


def rewrite_words(
    column: pa.StringArray | pa.ChunkedArray,
    known: Mapping[str, str],
    meaning: Callable[[str], str | None] | None = None,
) -> pa.StringArray | pa.ChunkedArray:
    """Put our words for known ones, whatever their case, and for others of which `meaning` is known.

    Example:
        >>> rewrite_words(pa.array(["Voided", "paid", None]), {"voided": "void"}).to_pylist()
        ['void', 'paid', None]
    """
    distinct = pc.unique(column).to_pylist()
    found = {
        word: known.get(_folded(word)) or (meaning(word) if meaning else None) or word
        for word in distinct
        if word is not None
    }
    changed = {word: ours for word, ours in found.items() if ours != word}
    if not changed:
        return column
    place = pc.index_in(column, value_set=pa.array(list(changed), pa.string()))
    ours = pa.array(list(changed.values()), pa.string()).take(place)
    return pc.if_else(pc.is_valid(place), ours, column)


def _folded(word: str) -> str:
    """Fold a word to what is compared: its case, and whether its accents stand alone."""
    return normalize("NFC", word.strip().casefold())
