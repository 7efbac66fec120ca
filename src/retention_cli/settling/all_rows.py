"""What only all rows of a kind together can tell: repeats, lines that disagree, overlaps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from retention_cli.frames.columns import FILE
from retention_cli.settling.documents import TYPE, conflicts_of_lines, other_documents
from retention_cli.settling.repeats import (
    equal_rows,
    exported_twice,
    keyed_repeats,
)
from retention_cli.settling.spells import overlapping

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from retention_cli.records.base import Record
    from retention_cli.settling.repeats import Marked


@dataclass(frozen=True, slots=True)
class SettledRows:
    """The rows of a kind that stay, those that do not, and how many equal ones were kept.

    Shape: the places of `marked` are of the table that stands before them.
    """

    table: pa.Table
    marked: tuple[tuple[pa.Table, Marked], ...]
    equal: tuple[int, ...]


def settle_rows(
    model: type[Record], tables: Sequence[pa.Table], *, drop_equal: bool
) -> SettledRows:
    """Put the tables of all files of a kind together, and settle their rows.

    Shape: the table has `_file`, the place of the row's file among `tables`; `equal` counts, for
        each file, the equal rows that were kept.
    """
    numbered = [_of_file(table, place) for place, table in enumerate(tables)]
    table = pa.concat_tables(_alike(numbered), promote_options="default").unify_dictionaries()
    equal = [] if model.key else equal_rows(table)
    again = _places(equal, len(table))
    steps: list[Callable[[pa.Table], list[Marked]]] = []
    if TYPE in model.model_fields:
        steps.append(other_documents)
    if model.key:
        steps.append(lambda rows: keyed_repeats(rows, model.key))
    else:
        # Equal rows go first: those that only a later file repeats would stay once in each.
        steps += [equal_rows, exported_twice] if drop_equal else [exported_twice]
    if model.line_of:
        steps.append(lambda rows: conflicts_of_lines(rows, model.line_of))
    if model.is_spell:
        steps.append(overlapping)
    marked: list[tuple[pa.Table, Marked]] = []
    for step in steps:
        found = [one for one in step(table) if len(one[0])]
        marked += [(table, one) for one in found]
        if found:
            stays = ~_places(found, len(table))
            table, again = table.filter(pa.array(stays)), again[stays]
    kept = np.bincount(table[FILE].to_numpy()[again], minlength=len(tables))
    return SettledRows(table, tuple(marked), tuple(kept.tolist()))


def _alike(tables: Sequence[pa.Table]) -> list[pa.Table]:
    """Hold a column as codes in every table where it is in one."""
    fields = [field for table in tables for field in table.schema]
    coded = {field.name for field in fields if pa.types.is_dictionary(field.type)}
    return [
        pa.table(
            {
                name: column.dictionary_encode() if name in coded else column
                for name, column in zip(table.column_names, table.columns, strict=True)
            }
        )
        for table in tables
    ]


def _of_file(table: pa.Table, place: int) -> pa.Table:
    if FILE in table.column_names:  # the header of a file may have this name too
        table = table.drop_columns([FILE])
    return table.append_column(FILE, pa.repeat(pa.scalar(place, pa.int32()), len(table)))


def _places(found: Sequence[Marked], rows: int) -> np.ndarray:
    """Tell whether each row is among those that were found."""
    marked = np.zeros(rows, dtype=bool)
    for places, _ in found:
        marked[places] = True
    return marked
