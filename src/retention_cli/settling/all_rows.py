"""What only all rows of a kind together can tell: repeats, lines that disagree, overlaps."""

from __future__ import annotations

import itertools
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.frames.columns import FILE, NTH, ROW, with_same_texts, without_rows
from retention_cli.settling.documents import TYPE, conflicts_of_lines, other_documents
from retention_cli.settling.invoice_versions import newest_lines
from retention_cli.settling.repeats import (
    equal_rows,
    exported_twice,
    keyed_repeats,
    sharing_ids,
    things_of,
)
from retention_cli.settling.spells import corrected, overlapping
from retention_cli.settling.unlisted import unlisted
from retention_cli.settling.versions import Files, newest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention_cli.findings.problems import Problem
    from retention_cli.records.base import Record
    from retention_cli.settling.repeats import Marked


class SettledRows(NamedTuple):
    """The rows of a kind that stay, those that do not, and how many equal ones were kept.

    Shape: `marked` has the file and the number of rows, and what is the matter with each of them.
        `equal` and `unlisted` have a number for each file: equal rows that were kept, and ids that
        stay as it has them since no later file lists them.
    """

    table: pa.Table
    marked: tuple[tuple[pa.Table, Problem], ...]
    equal: tuple[int, ...]
    unlisted: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Rows:
    """Rows on their way: those left, which of them repeat one of their file, and those taken out."""

    table: pa.Table
    again: np.ndarray
    marked: tuple[tuple[pa.Table, Problem], ...] = ()

    def without(self, marked: Sequence[Marked]) -> _Rows:
        """Take out the rows that something is the matter with."""
        found = [one for one in marked if len(one[0])]
        if not found:
            return self
        gone = np.flatnonzero(_places(found, len(self.table)))
        where = self.table.select([FILE, ROW])
        told = [(where.take(pa.array(places)), problem) for places, problem in found]
        left = without_rows(self.table, gone)
        return _Rows(left, np.delete(self.again, gone), (*self.marked, *told))


def settle_rows(
    model: type[Record],
    tables: Sequence[pa.Table],
    *,
    drop_equal: bool = False,
    join_overlaps: bool = False,
    ranks: Sequence[int] | None = None,
) -> SettledRows:
    """Settle the rows of each file of a kind, then those of all files together.

    Shape: the table has `_file`, the place of the row's file among `tables`. `ranks` says which
        file is later: a higher number is, equal ones are those that nothing tells apart. With
        `join_overlaps` spells of one customer may overlap.
    """
    files = Files.of(tables, ranks or [0] * len(tables))
    numbered = _alike([_of_file(table, place) for place, table in enumerate(tables)])
    every = _kept_documents(model, numbered)
    alone = [
        _settled_alone(model, table, drop_equal=drop_equal, join_overlaps=join_overlaps)
        for table in _by_file(every.table, len(tables))
    ]
    table = pa.concat_tables([rows.table for rows in alone])
    found = (*every.marked, *(one for rows in alone for one in rows.marked))
    rows = _Rows(_coded_alike(table), np.concatenate([r.again for r in alone]), found)
    missed = unlisted(rows.table, model, files)
    if len(tables) > 1:
        rows = _settled_together(model, rows, files, join_overlaps=join_overlaps)
    kept = np.bincount(rows.table[FILE].to_numpy()[rows.again], minlength=len(tables))
    return SettledRows(rows.table, rows.marked, tuple(kept.tolist()), missed)


def _kept_documents(model: type[Record], tables: Sequence[pa.Table]) -> _Rows:
    """Put the rows of all files together, without documents of types that only all of them tell."""
    table = _coded_alike(pa.concat_tables(tables, promote_options="default"))
    rows = _Rows(table, np.zeros(len(table), dtype=bool))
    return rows.without(other_documents(table)) if TYPE in model.model_fields else rows


def _by_file(table: pa.Table, files: int) -> list[pa.Table]:
    """Part a table, in which the rows of each file stand together, in the order of files."""
    ends = np.searchsorted(table[FILE].to_numpy(), np.arange(files + 1))
    return [table.slice(start, end - start) for start, end in itertools.pairwise(ends.tolist())]


def _settled_alone(
    model: type[Record], table: pa.Table, *, drop_equal: bool, join_overlaps: bool
) -> _Rows:
    """Settle the rows of one file: what is rejected in it is not a later version of anything."""
    if not model.key:
        return _without_lines_that_disagree(model, table, drop_equal=drop_equal)
    rows = _Rows(table, np.zeros(len(table), dtype=bool))
    repeats = keyed_repeats(table, model.key)
    if model.is_spell and join_overlaps:
        equal = repeats[:1]
        return rows.without(equal)
    rows = rows.without(repeats)
    return rows.without(overlapping(rows.table)) if model.is_spell else rows


def _without_lines_that_disagree(
    model: type[Record], table: pa.Table, *, drop_equal: bool
) -> _Rows:
    """Count equal rows, or leave them out, and take out lines of one thing that disagree.

    Rows with an id are equal only where they share it, so the others need not be compared.
    """
    one = model.line_of[0] if model.line_of else ""
    if one not in table.column_names:
        equal = equal_rows(table.drop_columns([FILE]))
        rows = _Rows(table, _places(equal, len(table)))
        return rows.without(equal) if drop_equal else rows
    sharing = sharing_ids(table, one)
    with ThreadPoolExecutor(1) as pool:
        torn = (
            None if drop_equal else pool.submit(conflicts_of_lines, table, model.line_of, sharing)
        )
        among = _with_blanks(sharing.places, table[one])
        equal = equal_rows(table.drop_columns([FILE]), among)
    rows = _Rows(table, _places(equal, len(table)))
    if torn is not None:
        return rows.without(torn.result())
    left = rows.without(equal)
    sharing = sharing_ids(left.table, one)
    return left.without(conflicts_of_lines(left.table, model.line_of, sharing))


def _with_blanks(places: np.ndarray, ids: pa.ChunkedArray) -> np.ndarray:
    if not ids.null_count:
        return np.sort(places)
    return np.sort(np.append(places, np.flatnonzero(np.asarray(pc.is_null(ids)))))


def _settled_together(
    model: type[Record], rows: _Rows, files: Files, *, join_overlaps: bool
) -> _Rows:
    """Let files bring each other up to date, and take out what several of them have."""
    if model.key:
        joins = model.is_spell and join_overlaps
        table = _numbered_in_its_file(rows.table, model.key) if joins else rows.table
        table, found = newest(table, model.key, files, beside=[NTH] if joins else [])
        table = table.drop_columns([NTH]) if joins else table
        rows = replace(rows, table=table).without(found)
        if not model.is_spell or joins:
            return rows
        return rows.without(corrected(rows.table, files))
    if model.line_of:
        rows = rows.without(newest_lines(rows.table, model.line_of, files))
    return rows.without(exported_twice(rows.table))


def _numbered_in_its_file(table: pa.Table, key: Sequence[str]) -> pa.Table:
    """Count rows of one key in each file, so that the first of a later file replaces the first."""
    things = things_of(table, [FILE, *(name for name in key if name in table.column_names)])
    order = np.argsort(things, kind="stable")
    begins = np.flatnonzero(np.diff(things[order], prepend=-1))
    numbers = np.empty(len(table), dtype=np.int64)
    numbers[order] = np.arange(len(table)) - np.repeat(begins, np.diff(begins, append=len(table)))
    return table.append_column(NTH, pa.array(numbers))


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


def _coded_alike(table: pa.Table) -> pa.Table:
    """Let codes stand for the same texts in all rows."""
    columns = [with_same_texts(column) for column in table.columns]
    return pa.table(columns, names=table.column_names)


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
