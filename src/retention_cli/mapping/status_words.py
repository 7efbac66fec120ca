"""What the words of a status were taken for, where they alone tell who has left."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.mapping.cells.words import known_words, rewrite_words
from retention_cli.records.base import words_of
from retention_cli.text.toml_text import quoted

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from retention_cli.mapping.evidence import Source
    from retention_cli.mapping.layout import Layout

_STATUS, _END = "status", "end_date"
_MOST_WORDS = 12


def status_words(
    sources: Sequence[Source], layout: Layout, told: Collection[str]
) -> tuple[str, ...]:
    """Say what each word of a status became, but for words of ours and those that were told.

    Where ends tell who left, only words that nobody knows are said, of rows without an end.
    """
    if not layout.model.is_spell:
        return ()
    if _END in layout.sources:
        return tuple(_unknown(sources, layout, told))
    found: list[str] = []
    for source in sources:
        if source.column == _STATUS:
            found += _taken(source, layout, told)
    if not found:
        return ()
    more = f" and {len(found) - _MOST_WORDS} more" if len(found) > _MOST_WORDS else ""
    first, *rest = found[:_MOST_WORDS]
    return (f"status: {', '.join([first.replace(' for ', ' is taken for ', 1), *rest])}{more}",)


def _unknown(sources: Sequence[Source], layout: Layout, told: Collection[str]) -> Iterator[str]:
    """Say which words of rows without an end are not known: their rows count as customers."""
    cells = {source.column: source for source in sources}
    if not {_STATUS, _END} <= {*cells}:
        return
    status, info = cells[_STATUS], layout.model.model_fields[_STATUS]
    own, folded = words_of(info), {word.casefold() for word in told}
    words = pc.drop_null(pc.unique(status.cells.texts))
    ours = rewrite_words(words, known_words(info, status.header, {}), own.meaning if own else None)
    unknown = [
        word
        for word, one in zip(words.to_pylist(), ours.to_pylist(), strict=True)
        if one not in (own.ours if own else ()) and word.casefold() not in folded
    ]
    if not unknown:
        return
    open_ = pc.is_null(cells[_END].cells.text)
    rows = pc.is_in(status.cells.text, value_set=pa.array(unknown, pa.string()))
    counted = pc.value_counts(status.cells.text.filter(pc.and_(open_, rows))).to_pylist()
    if 0 < len(counted) <= _MOST_WORDS:
        named = ", ".join(sorted(f"'{one['values']}' ({one['counts']:,})" for one in counted))
        yield (
            f"status: {named} without an end count as customers;"
            f' {quoted(counted[0]["values"])} = "ended" under [export.values.status] says that they'
            " left"
        )


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
