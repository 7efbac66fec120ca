"""Rows of one key in several files: what the later file says of it counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.findings.problems import Outcome, Problem
from retention_cli.frames.columns import FILE, ROW
from retention_cli.settling.repeats import codes_of, things_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention_cli.settling.repeats import Marked

UPDATED, CONFLICTING = "updated-later", "conflicting-rows"
UNORDERED = ", and it is not known which file is later"
ORDER_HINT = (
    "keep the row that is right, or say which file is later: order = 2 in its [[export]] of"
    " retention.toml"
)
_NONE = -1


class Files(NamedTuple):
    """The files of a kind, by their place: which is later, and what columns each has.

    Shape: a higher rank is later; files of one rank are those that nothing tells apart.
    """

    ranks: np.ndarray
    columns: tuple[frozenset[str], ...]

    @classmethod
    def of(cls, tables: Sequence[pa.Table], ranks: Sequence[int]) -> Files:
        """Describe the tables of some files."""
        columns = tuple(frozenset(table.column_names) for table in tables)
        return cls(np.array(ranks, dtype=np.int64), columns)

    def have(self, column: str) -> np.ndarray:
        """Mark the files that have a column."""
        return np.array([column in columns for columns in self.columns], dtype=bool)


@dataclass(frozen=True, slots=True)
class _Versions:
    """Rows of things that several files have: where each stands, of what thing, how late.

    Shape: `things` counts from 0; all three have one number a row.
    """

    places: np.ndarray
    things: np.ndarray
    ranks: np.ndarray

    @property
    def count(self) -> int:
        """How many things there are."""
        return int(self.things.max()) + 1

    def highest(self, numbers: np.ndarray, among: np.ndarray) -> np.ndarray:
        """Give the highest number of each thing among some rows, -1 where it has none."""
        found = np.full(self.count, _NONE)
        np.maximum.at(found, self.things[among], numbers[among])
        return found

    def first(self, among: np.ndarray) -> np.ndarray:
        """Give the first of some rows for each thing, -1 where it has none."""
        found = np.full(self.count, _NONE)
        backwards = np.flatnonzero(among)[::-1]
        found[self.things[backwards]] = backwards
        return found


class _Cells(NamedTuple):
    """One column of versions: the row each thing takes it from, and the rows that say otherwise.

    Shape: `told` marks the rows whose file has the column, `torn` the things of which files
        that nothing tells apart say different things.
    """

    source: np.ndarray
    told: np.ndarray
    differs: np.ndarray
    torn: np.ndarray


def newest(
    table: pa.Table, key: Sequence[str], files: Files, *, beside: Sequence[str] = ()
) -> tuple[pa.Table, list[Marked]]:
    """Bring rows of one key up to date: the later file's row counts.

    Columns `beside` those of the key tell rows of one key and one file apart.

    Shape: the table, in which a row that stays also has what only another file has a column for;
        and the rows that do not stay. Where it is not known which file is later, all are rejected.
    """
    present = [name for name in key if name in table.column_names]
    if not present or present[0] != key[0]:
        return table, []
    every = things_of(table, [*present, *beside])
    several = (np.bincount(every)[every] > 1) & np.asarray(pc.is_valid(table[present[0]]))
    places = np.flatnonzero(several)
    if not len(places):
        return table, []
    things = np.unique(every[places], return_inverse=True)[1]
    file = table[FILE].to_numpy()[places]
    rows = _Versions(places, things, files.ranks[file])
    columns = {
        name: _cells(rows, table[name], files.have(name)[file])
        for name in table.column_names
        if name not in {ROW, FILE, *beside}
    }
    torn = np.logical_or.reduce([cells.torn for cells in columns.values()])
    differs = np.logical_or.reduce([cells.differs for cells in columns.values()])
    kept = _kept(rows, differs)
    filled = _filled(table, columns, rows, kept[~torn])
    return filled, _findings(rows, kept, differs, torn, " and ".join(present))


def problem_of(code: str, message: str, column: str, outcome: Outcome) -> Problem:
    """Make what is the matter with a row beside those of other files."""
    hint = ORDER_HINT if message.endswith(UNORDERED) else None
    return Problem(0, code, message, column=column, outcome=outcome, hint=hint)


def _cells(rows: _Versions, column: pa.ChunkedArray, told: np.ndarray) -> _Cells:
    """Take a column from the latest files that have it; those of one rank have to agree."""
    numbers = codes_of(column.take(pa.array(rows.places)))
    codes = np.unique(numbers, return_inverse=True)[1]
    top = told & (rows.ranks == rows.highest(rows.ranks, told)[rows.things])
    value, mirrored = rows.highest(codes, top), len(codes) - codes
    lowest = len(codes) - rows.highest(mirrored, top)
    torn = (value != lowest) & (value != _NONE)
    return _Cells(rows.first(top), told, told & (codes != value[rows.things]), torn)


def _kept(rows: _Versions, differs: np.ndarray) -> np.ndarray:
    """Give the row of each thing that stays: the first where all agree, else the latest."""
    changed = np.zeros(rows.count, dtype=bool)
    changed[rows.things[differs]] = True
    latest = rows.highest(rows.ranks, np.ones(len(rows.places), dtype=bool))
    return rows.first(~changed[rows.things] | (rows.ranks == latest[rows.things]))


def _filled(
    table: pa.Table, columns: dict[str, _Cells], rows: _Versions, kept: np.ndarray
) -> pa.Table:
    """Give rows that stay the cells of columns that their own file does not have."""
    for name, cells in columns.items():
        lacking = kept[~cells.told[kept]]
        sources = cells.source[rows.things[lacking]]
        lacking, sources = lacking[sources != _NONE], sources[sources != _NONE]
        if not len(lacking):
            continue
        taken = np.arange(len(table))
        taken[rows.places[lacking]] = rows.places[sources]
        place = table.column_names.index(name)
        table = table.set_column(place, name, table[name].take(pa.array(taken)))
    return table


def _findings(
    rows: _Versions, kept: np.ndarray, differs: np.ndarray, torn: np.ndarray, named: str
) -> list[Marked]:
    """Say what becomes of the rows that do not stay."""
    rejected = torn[rows.things]
    left = ~rejected
    left[kept] = False
    first = named.partition(" ")[0]
    skipped, another = Outcome.SKIPPED, f"has the {named} of a row in another file, but other data"
    fates = (
        (
            left & ~differs,
            "repeated-row",
            skipped,
            f"is equal to a row of the same {named} in another file",
        ),
        (
            left & differs,
            UPDATED,
            skipped,
            f"has the {named} of a row in a later file, which counts instead",
        ),
        (rejected, CONFLICTING, Outcome.REJECTED, another + UNORDERED),
    )
    return [
        (rows.places[mask], problem_of(code, message, first, outcome))
        for mask, code, outcome, message in fates
    ]
