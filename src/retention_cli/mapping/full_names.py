"""Names of people in two columns or more: one column of whole names is made of them."""

from __future__ import annotations

from dataclasses import replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.frames.columns import as_text
from retention_cli.mapping.cells.known_words import told
from retention_cli.mapping.cells.recipes import joined
from retention_cli.mapping.joined_parts import PLUS
from retention_cli.mapping.presets.recognition import fitting
from retention_cli.mapping.words.cells import Samples
from retention_cli.mapping.words.meaning import words_of
from retention_cli.reading.text import TextBatch

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention_cli.reading.text import TextSheet

_SIDES = ("given", "family")
_DIGIT = "[0-9]"


def with_full_names(sheet: TextSheet) -> TextSheet:
    """Add a column of whole names to a sheet that has their parts, and is of no known system.

    Its header names the parts, so that it can be named as any other: 'First name + Last name'.
    """
    parts = _parts(sheet.headers)
    if not parts or not _are_names(sheet, parts) or fitting(sheet.headers):
        return sheet
    header = PLUS.join(sheet.headers[at] for at in parts)
    batches = [_with_joined(batch, parts) for batch in sheet.batches]
    return replace(sheet, headers=(*sheet.headers, header), made=sheet.made + 1, batches=batches)


@lru_cache(maxsize=64)
def _parts(headers: tuple[str, ...]) -> tuple[int, ...]:
    """Give the places of the parts of one name: a given one, a family one, and what is between."""
    of_whom: dict[str, dict[str, list[int]]] = {}
    for at, header in enumerate(headers):
        if (part := _part(header)) is not None:
            of_whom.setdefault(part[0], {}).setdefault(part[1], []).append(at)
    for roles in of_whom.values():
        sides = [roles.get(side, roles.get(f"either_{side}")) for side in _SIDES]
        if all(sides) and any(side in roles for side in _SIDES):
            between = roles.get("between", [])
            return tuple(sorted([*(at for side in sides for at in side or ()), *between]))
    return ()


def _part(header: str) -> tuple[str, str] | None:
    """Give what a header has before the name of a part, and which part that is."""
    text = " ".join(words_of(header))
    for name, role in _names():
        if text == name or text.endswith(f" {name}"):
            return text.removesuffix(name), role
    return None


@cache
def _names() -> list[tuple[str, str]]:
    every = [
        (name.strip(), r) for r, names in told("name_parts").items() for name in names.split("|")
    ]
    return sorted(every, key=lambda one: -len(one[0]))


def _are_names(sheet: TextSheet, parts: Sequence[int]) -> bool:
    """Say whether cells have no digits, as days have, and none is the whole name already."""
    samples = Samples(sheet.held)
    filled = [samples.filled(at) for at in parts]
    if not len(filled[0]) or any(
        pc.any(pc.match_substring_regex(one, _DIGIT)).as_py() for one in filled
    ):
        return False
    rows = zip(*(samples.first(at).to_pylist() for at in parts), strict=True)
    return not any(
        one != other and one in other.split()
        for row in rows
        for one in filter(None, row)
        for other in filter(None, row)
    )


def _with_joined(batch: TextBatch, parts: Sequence[int]) -> TextBatch:
    columns = batch.columns.columns
    made = joined([pc.utf8_trim_whitespace(as_text(columns[at])) for at in parts])
    names = [*batch.columns.schema.names, str(len(columns))]
    typed = batch.typed
    if typed is not None:
        typed = pa.RecordBatch.from_arrays([*typed.columns, pa.nulls(len(made))], names=names)
    return TextBatch(pa.RecordBatch.from_arrays([*columns, made], names=names), batch.rows, typed)
