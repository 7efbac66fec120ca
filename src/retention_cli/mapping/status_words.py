"""What the words of a status were taken for, where they alone tell who has left."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow.compute as pc

from retention_cli.mapping.cells.words import known_words, rewrite_words
from retention_cli.records.base import words_of

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from retention_cli.mapping.evidence import Source
    from retention_cli.mapping.layout import Layout

_STATUS, _END = "status", "end_date"
_MOST_WORDS = 12


def status_words(
    sources: Sequence[Source], layout: Layout, told: Collection[str]
) -> tuple[str, ...]:
    """Say what each word of a status became, but for words of ours and those that were told."""
    if not layout.model.is_spell or _END in layout.sources:
        return ()
    found: list[str] = []
    for source in sources:
        if source.column == _STATUS:
            found += _taken(source, layout, told)
    if not found:
        return ()
    more = f" and {len(found) - _MOST_WORDS} more" if len(found) > _MOST_WORDS else ""
    first, *rest = found[:_MOST_WORDS]
    return (f"status: {', '.join([first.replace(' for ', ' is taken for ', 1), *rest])}{more}",)


def _taken(source: Source, layout: Layout, told: Collection[str]) -> list[str]:
    info = layout.model.model_fields[_STATUS]
    known, own = known_words(info, source.header, {}), words_of(info)
    counted = pc.value_counts(pc.drop_null(source.cells.text))
    words = counted.field("values")
    ours = rewrite_words(words, known, own.meaning if own else None)
    rows = zip(
        words.to_pylist(), ours.to_pylist(), counted.field("counts").to_pylist(), strict=True
    )
    return sorted(
        f"'{word}' ({count:,}) for {one}"
        for word, one, count in rows
        if one != word and word not in told
    )
