"""Rows that say the same thing twice. Nothing is ever left out without being said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.problems import Outcome
from retention_cli.reading.text import ROW

if TYPE_CHECKING:
    from collections.abc import Sequence

FILE = "_file"
"""The column that tells which of the files of a kind a row is from."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Rows of a table, in its order, with the same fate for the same reason."""

    indices: np.ndarray
    code: str
    outcome: Outcome
    message: str
    column: str | None = None


def keyed_repeats(table: pa.Table, key: Sequence[str]) -> list[Finding]:
    """Find rows with one key: equal ones are left out after the first, others all rejected.

    Rows in which the first column of the key is blank are each their own thing.
    """
    present = [name for name in key if name in table.column_names]
    if not present or present[0] != key[0]:
        return []
    keys = _frame(table.select(present))
    again = (keys.duplicated(keep=False) & keys[present[0]].notna()).to_numpy(dtype=bool)
    if not again.any():
        return []
    places = np.flatnonzero(again)
    rows = _frame(table.drop_columns([ROW, FILE]).take(pa.array(places)))
    one = rows.groupby(present, dropna=False, sort=False).ngroup().to_numpy()
    first = ~rows.duplicated(keep="first").to_numpy()
    versions = np.bincount(one, weights=first)[one]
    named = " and ".join(present)
    return [
        Finding(
            places[(versions == 1) & ~first],
            "repeated-row",
            Outcome.SKIPPED,
            f"is equal to an earlier row of the same {named}",
            present[0],
        ),
        Finding(
            places[versions > 1],
            "conflicting-rows",
            Outcome.REJECTED,
            f"has the {named} of another row, but other data",
            present[0],
        ),
    ]


def line_conflicts(table: pa.Table, line_of: Sequence[str]) -> list[Finding]:
    """Find rows that share an id but disagree in what lines of one thing share: all rejected."""
    one, *shared = line_of
    if one not in table.column_names:
        return []
    same = [name for name in shared if name in table.column_names]
    codes = _codes(table[one])
    lines = np.bincount(codes[codes >= 0], minlength=1)
    several = np.flatnonzero((codes >= 0) & (lines[codes] > 1))
    if not len(several):
        return []
    rows = _frame(table.select([one, *same]).take(pa.array(several)))
    versions = ~rows.duplicated(keep="first").to_numpy()
    count = np.bincount(codes[several], weights=versions)[codes[several]]
    return [
        Finding(
            several[count > 1],
            "lines-disagree",
            Outcome.REJECTED,
            f"has the {one} of another row, but not its {' or its '.join(same)}",
            one,
        )
    ]


def equal_rows(table: pa.Table) -> list[Finding]:
    """Find rows that are equal in every cell to an earlier row of their file.

    Candidates are found by numbers first; only the text of those that collide is compared.
    """
    places = _colliding(table)
    if not len(places):
        return []
    rows = _frame(table.drop_columns([ROW]).take(pa.array(places)))
    later = places[rows.duplicated(keep="first").to_numpy()]
    message = "is equal to an earlier row of the file"
    return [Finding(later, "equal-row", Outcome.SKIPPED, message)]


def exported_twice(table: pa.Table) -> list[Finding]:
    """Find rows that an earlier file has too: each stays as often as the file with most has it."""
    cells = [name for name in table.column_names if name not in {ROW, FILE}]
    files = table[FILE].to_numpy()
    if not len(files) or files[0] == files[-1]:
        return []
    places = _colliding(table)
    if not len(places):
        return []
    rows = _frame(table.select([*cells, FILE]).take(pa.array(places)))
    same = rows.groupby(cells, dropna=False, sort=False).ngroup().to_numpy()
    in_file = rows.groupby([*cells, FILE], dropna=False, sort=False).cumcount().to_numpy()
    seen = pd.Series(in_file).groupby(same, sort=False).cummax().to_numpy()
    highest_before = pd.Series(seen).groupby(same, sort=False).shift(1).fillna(-1).to_numpy()
    return [
        Finding(
            places[in_file <= highest_before],
            "exported-twice",
            Outcome.SKIPPED,
            "stands in an earlier file too",
        )
    ]


def _colliding(table: pa.Table) -> np.ndarray:
    """Give the places of rows that share customer, days and numbers with another one."""
    mixed = np.zeros(len(table), dtype=np.uint64)
    for name, column in zip(table.column_names, table.columns, strict=True):
        if name in {ROW, FILE}:
            continue
        if name == "customer_id":
            numbers = _codes(column)
        elif pa.types.is_date(column.type) or pa.types.is_integer(column.type):
            numbers = _numbers(column)
        else:
            continue
        mixed = (mixed ^ numbers.astype(np.uint64)) * np.uint64(0x9E3779B97F4A7C15)
        mixed ^= mixed >> np.uint64(29)
    order = np.argsort(mixed, kind="stable")
    ordered = mixed[order]
    alike = np.zeros(len(table), dtype=bool)
    if len(ordered) > 1:
        same = ordered[1:] == ordered[:-1]
        alike[1:] |= same
        alike[:-1] |= same
    return np.sort(order[alike])


def _codes(column: pa.ChunkedArray) -> np.ndarray:
    coded = pc.dictionary_encode(column).combine_chunks()
    codes: np.ndarray = pc.fill_null(coded.indices, -1).to_numpy(zero_copy_only=False)
    return codes


def _numbers(column: pa.ChunkedArray) -> np.ndarray:
    whole = column.cast(pa.int32()) if pa.types.is_date(column.type) else column
    numbers: np.ndarray = pc.fill_null(whole, -1).to_numpy()
    return numbers


def _frame(table: pa.Table) -> pd.DataFrame:
    frame: pd.DataFrame = table.to_pandas(types_mapper=pd.ArrowDtype)
    return frame
