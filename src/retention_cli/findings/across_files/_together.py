"""What rules are given, and what they give."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.findings.problems import Example
from retention_cli.frames.columns import FILE, ROW, as_codes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from retention_cli.findings.file_report import Export
    from retention_cli.findings.problems import Notice

SHOWN = 5
"""How many examples a finding has at most."""


class Ids(NamedTuple):
    """The customer ids of a kind: a code for each row, -1 where it has none, and the texts."""

    codes: np.ndarray
    texts: pa.Array

    def rows_of(self, chosen: np.ndarray) -> np.ndarray:
        """Mark the rows whose id is among those marked."""
        rows: np.ndarray = np.append(chosen, False)[self.codes]
        return rows


@dataclass(frozen=True, slots=True)
class Together:
    """All accepted rows of a run, the files they are from, and what was said of the other rows.

    Shape: `tables` has `_row` and `_file` in each, `_file` the place among the files of the
        kind; `as_of` is the day after which a date is in the future, None where nobody said.
    """

    tables: Mapping[str, pa.Table]
    exports: Sequence[Export] = ()
    notices: Sequence[Notice] = ()
    as_of: date | None = None
    _ids: dict[str, Ids] = field(default_factory=dict)
    _coding: Lock = field(default_factory=Lock, compare=False, repr=False)

    def of_kind(self, kind: str) -> list[Export]:
        """Give the files of a kind, in the order that `_file` counts in."""
        return [export for export in self.exports if export.kind == kind]

    def has(self, kind: str, *columns: str) -> bool:
        """Say whether a kind was loaded, with these columns."""
        return kind in self.tables and set(columns) <= set(self.tables[kind].column_names)

    def kinds_with(self, column: str) -> list[str]:
        """List the kinds, customers first, that have a column."""
        kinds = sorted(self.tables, key=lambda kind: (kind != "customers", kind))
        return [kind for kind in kinds if self.has(kind, column)]

    def ids(self, kind: str) -> Ids:
        """Give the customer ids of a kind as codes; worked out once."""
        with self._coding:
            if kind not in self._ids:
                self._ids[kind] = Ids(*coded(self.tables[kind]["customer_id"]))
            return self._ids[kind]

    @property
    def latest_day(self) -> date:
        """The day after which nothing counts as having happened."""
        return self.as_of or date.max

    def example(self, kind: str, value: str, index: int) -> Example:
        """Give a value with the file and the row that a row of a table is from."""
        table, files = self.tables[kind], self.of_kind(kind)
        row = table[ROW][index].as_py()
        if not files:
            return Example(value, row=row)
        of = files[table[FILE][index].as_py()]
        return Example(value, of.file, row, of.sheet)

    def examples(self, kind: str, values: Sequence[str], rows: np.ndarray) -> tuple[Example, ...]:
        """Give the first few of some ids, each with the first of these rows that it is in."""
        ids, found = self.ids(kind), []
        for value in sorted(values)[:SHOWN]:
            code = pc.index(ids.texts, value).as_py()
            index = int(np.argmax(rows & (ids.codes == code)))
            found.append(self.example(kind, value, index))
        return tuple(found)

    def examples_of_days(
        self, kind: str, days: np.ndarray, rows: np.ndarray
    ) -> tuple[Example, ...]:
        """Give the first few of some days, as rows have them."""
        return tuple(
            self.example(kind, str(np.datetime64(int(days[index]), "D")), int(index))
            for index in np.flatnonzero(rows)[:SHOWN]
        )


def coded(column: pa.ChunkedArray) -> tuple[np.ndarray, pa.Array]:
    """Give a column of text as a code for each row, -1 for none, and the texts they stand for."""
    whole = as_codes(column)
    codes = pc.fill_null(whole.indices, -1).to_numpy(zero_copy_only=False).astype(np.int64)
    return codes, whole.dictionary


def marked(texts: pa.Array, known: pa.Array) -> np.ndarray:
    """Mark the texts that are among the known ones."""
    found: np.ndarray = pc.is_in(texts, value_set=known).to_numpy(zero_copy_only=False)
    return found


def days_of(column: pa.ChunkedArray) -> np.ndarray:
    """Give a column of days or instants as days counted from 1970; a blank is the least number."""
    days = (
        column
        if pa.types.is_date(column.type)
        else column.cast(pa.timestamp("s")).cast(pa.date32())
    )
    numbers = pc.fill_null(days.cast(pa.int32()).cast(pa.int64()), BLANK_DAY)
    found: np.ndarray = numbers.to_numpy()
    return found


BLANK_DAY = int(np.iinfo(np.int64).min)


def money_sum(table: pa.Table, rows: np.ndarray) -> int | None:
    """Add up the amounts of some rows; None where there are several currencies, or no amounts."""
    if "amount" not in table.column_names:
        return None
    if "currency" in table.column_names and len(pc.unique(table["currency"])) > 1:
        return None
    amounts = table["amount"].filter(pa.array(rows)).cast(pa.decimal128(19, 0))
    total = pc.sum(amounts).as_py()
    return int(total) if total is not None else 0
