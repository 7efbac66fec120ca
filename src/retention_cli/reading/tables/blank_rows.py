"""Rows without a cell that anything is written in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.reading.text import WHITE_SPACE

if TYPE_CHECKING:
    from retention_cli.reading.text import TextBatch

_BLANK = rf"\A[{WHITE_SPACE}]+\z"


def without_blank_rows(batches: list[TextBatch]) -> tuple[list[TextBatch], int]:
    """Leave blank rows out, and batches that have no other; say how many rows those are."""
    kept, blank = [], 0
    for batch in batches:
        first, *others = sorted(batch.columns.columns, key=_texts)
        empty = _blank(first)
        for column in others:
            if not pc.any(empty).as_py():
                break
            empty = pc.and_(empty, _blank(column))
        found = pc.sum(empty).as_py() or 0
        blank += found
        filled = batch.where(pc.invert(empty)) if found else batch
        if len(filled.rows):
            kept.append(filled)
    return kept, blank


def _texts(column: pa.Array) -> int:
    """Count the texts to look at in a column; few are looked at first."""
    return len(column.dictionary) if pa.types.is_dictionary(column.type) else len(column)


def _blank(column: pa.Array) -> pa.BooleanArray:
    if pa.types.is_dictionary(column.type):
        return pc.fill_null(_blank(column.dictionary).take(column.indices), True)
    return pc.fill_null(pc.match_substring_regex(column, _BLANK), True)
