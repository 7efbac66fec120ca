"""What only all rows of a kind together can tell: repeats, lines that disagree, overlaps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from retention_cli.repeats import (
    FILE,
    Finding,
    equal_rows,
    exported_twice,
    keyed_repeats,
    line_conflicts,
)
from retention_cli.spells import overlapping

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from retention_cli.records.base import Record


@dataclass(frozen=True, slots=True)
class SettledRows:
    """The rows of a kind that stay, those that do not, and how many equal ones were kept.

    Shape: each finding comes with the table that its places are of.
    """

    table: pa.Table
    findings: tuple[tuple[pa.Table, Finding], ...]
    equal: tuple[int, ...]


def settle_rows(
    model: type[Record], tables: Sequence[pa.Table], *, drop_equal: bool
) -> SettledRows:
    """Put the tables of all files of a kind together, and settle their rows.

    Shape: the table has `_file`, the place of the row's file among `tables`; `equal` counts, for
        each file, the equal rows that were kept.
    """
    table = pa.concat_tables(
        [_of_file(table, place) for place, table in enumerate(tables)], promote_options="default"
    )
    equal = np.zeros(len(tables), dtype=np.int64)
    steps: list[Callable[[pa.Table], list[Finding]]] = []
    if model.key:
        steps.append(lambda rows: keyed_repeats(rows, model.key))
    else:
        steps.append(exported_twice)
        if drop_equal:
            steps.append(equal_rows)
    if model.line_of:
        steps.append(lambda rows: line_conflicts(rows, model.line_of))
    if model.is_spell:
        steps.append(overlapping)
    findings: list[tuple[pa.Table, Finding]] = []
    for step in steps:
        found = [finding for finding in step(table) if len(finding.indices)]
        findings += [(table, finding) for finding in found]
        table = _without(table, found)
    if not model.key and not drop_equal:
        for finding in equal_rows(table):
            files = table[FILE].take(pa.array(finding.indices)).to_numpy()
            equal += np.bincount(files, minlength=len(tables))
    return SettledRows(table, tuple(findings), tuple(int(count) for count in equal))


def _of_file(table: pa.Table, place: int) -> pa.Table:
    return table.append_column(FILE, pa.repeat(pa.scalar(place, pa.int32()), len(table)))


def _without(table: pa.Table, found: Sequence[Finding]) -> pa.Table:
    if not found:
        return table
    stays = np.ones(len(table), dtype=bool)
    for finding in found:
        stays[finding.indices] = False
    return table.filter(pa.array(stays))
