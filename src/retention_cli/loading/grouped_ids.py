"""Ids with marks between their thousands, as dashboards write them: 1,234 is the 1234 of others."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from retention_cli import records
from retention_cli.frames.columns import as_text, with_same_texts
from retention_cli.records.base import IDENTITY, form_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from retention_cli.loading.loaded_export import LoadedExport

_MARKS = {
    ",": "a comma",
    "'": "an apostrophe",
    "\u2019": "an apostrophe",
    " ": "a blank",
    "\u00a0": "a blank",
    "\u202f": "a blank",
    ".": "a point",
}
_FIRST_BYTES = {mark.encode()[0] for mark in _MARKS}
_OF_SEVERAL_MEANINGS = "."
"""Numbers of accounts have points too: so many ids have to be those of others, at least."""
_MOST = 0.5


class _Grouped(NamedTuple):
    """The ids of a column that have one mark, and what becomes of one of them."""

    mark: str
    ids: pa.Array
    example: str


def with_ids_alike(parts: Sequence[LoadedExport]) -> None:
    """Take the marks out of ids where others have them without, in all files, and say so.

    All ids that have a mark must have it between thousands, and one must then be that of another.
    """
    for column in _identities(parts):
        ours = [part for part in parts if column in part.table.column_names]
        if not any(_may_be_grouped(part, column) for part in ours):
            continue
        found = pc.unique(pa.concat_arrays([_distinct(part, column) for part in ours]))
        for grouped in list(_grouped(found)):
            for part in ours:
                _without_marks(part, column, grouped)


def _identities(parts: Sequence[LoadedExport]) -> list[str]:
    """List the columns by which rows of several files are known to be of one thing."""
    kinds = sorted({part.kind for part in parts})
    fields = [item for kind in kinds for item in records.model(kind).model_fields.items()]
    return list(dict.fromkeys(name for name, info in fields if form_of(info) == IDENTITY))


def _may_be_grouped(part: LoadedExport, column: str) -> bool:
    """Say whether some id looks like a number with marks; without any, no id is compared."""
    cells = part.table[column]
    chunks = with_same_texts(cells).chunks
    if pa.types.is_dictionary(cells.type):
        chunks = [chunk.dictionary for chunk in chunks[:1]]
    form = _form("".join(_MARKS))
    return any(
        _has_marks(texts) and pc.any(pc.match_substring_regex(texts, form)).as_py()
        for texts in chunks
    )


def _has_marks(texts: pa.StringArray) -> bool:
    """Look for the first byte of a mark among all that is held: most columns of ids have none."""
    _, offsets, data = texts.buffers()
    if data is None or not len(texts):
        return False
    start, end = np.frombuffer(offsets, np.int32, len(texts) + 1, texts.offset * 4)[[0, -1]]
    held = bytes(memoryview(data)[start:end])
    return any(first in held for first in _FIRST_BYTES)


def _distinct(part: LoadedExport, column: str) -> pa.Array:
    return pc.drop_null(pc.unique(as_text(part.table[column]))).cast(pa.string())


def _grouped(ids: pa.Array) -> Iterator[_Grouped]:
    for mark in _MARKS:
        has = pc.match_substring(ids, mark)
        marked, others = ids.filter(has), ids.filter(pc.invert(has))
        if not len(marked) or not len(others):
            continue
        if not pc.all(pc.match_substring_regex(marked, _form(mark))).as_py():
            continue
        plain = pc.replace_substring(marked, mark, "")
        same = pc.is_in(plain, value_set=others)
        count = pc.sum(same).as_py()
        long = pc.sum(pc.match_substring_regex(others, r"\A[0-9]{4,}\z")).as_py()
        if count and (mark != _OF_SEVERAL_MEANINGS or count >= _MOST * min(len(marked), long)):
            one = marked.filter(same)[0].as_py()
            yield _Grouped(mark, marked, f"'{one}' as '{one.replace(mark, '')}'")


def _form(marks: str) -> str:
    any_mark = "".join(rf"\x{{{ord(mark):x}}}" for mark in marks)
    return rf"\A[1-9][0-9]{{0,2}}(?:[{any_mark}][0-9]{{3}})+\z"


def _without_marks(part: LoadedExport, column: str, grouped: _Grouped) -> None:
    cells = part.table[column]
    texts = as_text(cells)
    has = pc.fill_null(pc.is_in(texts, value_set=grouped.ids), False)
    count = pc.sum(has).as_py()
    if not count:
        return
    plain = pc.if_else(has, pc.replace_substring(texts, grouped.mark, ""), texts)
    if pa.types.is_dictionary(cells.type):
        plain = pc.dictionary_encode(plain).cast(cells.type)
    place = part.table.column_names.index(column)
    part.table = part.table.set_column(place, column, plain)
    said = (
        f"{count:,} ids in {column} are read without {_MARKS[grouped.mark]} between their"
        f" thousands, as other rows have them: {grouped.example}; ids_as_written = true in"
        " retention.toml keeps it"
    )
    part.text = replace(part.text, assumed=(*part.text.assumed, said))
