"""Rows that say the same thing twice. Nothing is ever left out without being said."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.findings.problems import Outcome, Problem
from retention_cli.frames.columns import FILE, ROW, as_text, with_same_texts
from retention_cli.frames.hashes import mixed, repeated, text_keys

if TYPE_CHECKING:
    from collections.abc import Sequence

_BLANK = np.iinfo(np.int64).min
"""What stands for a blank cell: no day, no code, and no amount that fits its digits."""

_FEW = 4
"""One row of so many is worth a copy of its own."""

Marked = tuple[np.ndarray, Problem]
"""Places of rows in a table, in its order, and what is the matter with each of them."""


def keyed_repeats(table: pa.Table, key: Sequence[str]) -> list[Marked]:
    """Find rows with one key: equal ones are left out after the first, others all rejected.

    Rows in which the first column of the key is blank are each their own thing.
    """
    present = [name for name in key if name in table.column_names]
    if not present or present[0] != key[0]:
        return []
    things = things_of(table, present)
    again = (np.bincount(things)[things] > 1) & np.asarray(pc.is_valid(table[present[0]]))
    if not again.any():
        return []
    places = np.flatnonzero(again)
    rows = table.drop_columns([ROW, FILE]).take(pa.array(places))
    first = _first_of_each(things_of(rows, rows.column_names))
    one = things[places]
    versions = np.bincount(one, weights=first)[one]
    named = " and ".join(present)
    return [
        (
            places[(versions == 1) & ~first],
            Problem(
                0,
                "repeated-row",
                f"is equal to an earlier row of the same {named}",
                column=present[0],
                outcome=Outcome.SKIPPED,
            ),
        ),
        (
            places[versions > 1],
            Problem(
                0,
                "conflicting-rows",
                f"has the {named} of another row, but different data",
                column=present[0],
            ),
        ),
    ]


def line_conflicts(
    table: pa.Table, line_of: Sequence[str], sharing: Sharing | None = None
) -> list[Marked]:
    """Find rows that share an id but disagree in what lines of one thing share: all rejected.

    Shape: where `sharing` says which rows share their ids, only those are looked at.
    """
    one, *shared = line_of
    if one not in table.column_names:
        return []
    same = [name for name in shared if name in table.column_names]
    doubtful = rows_that_differ(table.select([one, *same]), one, sharing)
    if not len(doubtful):
        return []
    rows = table.select([one, *same]).take(pa.array(doubtful))
    ids = things_of(rows, [one])
    versions = _first_of_each(things_of(rows, rows.column_names))
    count = np.bincount(ids, weights=versions)[ids]
    message = f"has the {one} of another row, but not its {' or its '.join(same)}"
    return [(doubtful[count > 1], Problem(0, "lines-disagree", message, column=one))]


def equal_rows(table: pa.Table, among: np.ndarray | None = None) -> list[Marked]:
    """Find rows that are equal in every cell to an earlier row of their file.

    Candidates are found by numbers first; only the text of those that collide is compared.

    Shape: `among` has the places of the only rows that may be equal to another, ascending.
    """
    cells = table.drop_columns([ROW])
    if among is not None and len(among) * _FEW < len(table):
        later = among[_equal_to_earlier(cells.take(pa.array(among)))]
    else:
        later = _equal_to_earlier(cells)
    message = "is equal to an earlier row of the file"
    found = (later, Problem(0, "equal-row", message, outcome=Outcome.SKIPPED))
    return [found] if len(later) else []


def _equal_to_earlier(cells: pa.Table) -> np.ndarray:
    places, begins = _colliding(cells)
    unlike = _differ_from_last(cells, places)
    mingled = _runs_with(unlike & ~begins, begins)
    later = places[~begins & ~mingled]
    unsure = np.sort(places[mingled])
    if len(unsure):
        rows = cells.take(pa.array(unsure))
        again = ~_first_of_each(things_of(rows, rows.column_names))
        later = np.append(later, unsure[again])
    return np.sort(later)


def exported_twice(table: pa.Table) -> list[Marked]:
    """Find rows that an earlier file has too: each stays as often as the file with most has it."""
    cells = [name for name in table.column_names if name not in {ROW, FILE}]
    files = table[FILE].to_numpy()
    if not len(files) or files[0] == files[-1]:
        return []
    places, _ = _colliding(table.select(cells))
    places.sort()
    if not len(places):
        return []
    rows = table.select([*cells, FILE]).take(pa.array(places))
    same = things_of(rows, cells)
    in_file = _nth_of_each(things_of(rows, rows.column_names))
    highest_before = highest_so_far(same, in_file, before=-1)
    message = "is in another file too"
    again = places[in_file <= highest_before]
    return [(again, Problem(0, "exported-twice", message, outcome=Outcome.SKIPPED))]


class Sharing(NamedTuple):
    """Rows that share an id, side by side, and a mark where those of another id begin.

    A few that share none may be among them.
    """

    places: np.ndarray
    begins: np.ndarray

    def within(self, mask: np.ndarray) -> Sharing:
        """Look at the marked rows of the table only."""
        left = mask[self.places]
        run = np.cumsum(self.begins)[left]
        return Sharing(self.places[left], np.insert(run[1:] != run[:-1], 0, True)[: len(run)])


def sharing_ids(table: pa.Table, one: str) -> Sharing:
    """Find the rows that share what a column has; blank cells share nothing.

    Example:
        >>> sharing_ids(pa.table({"id": ["a", None, "b", "a"]}), "id").places.tolist()
        [0, 3]
    """
    keys = text_keys(as_text(table[one]))
    if not table[one].null_count:
        return Sharing(*repeated(keys))
    known = np.flatnonzero(np.asarray(pc.is_valid(table[one])))
    places, begins = repeated(keys[known])
    return Sharing(known[places], begins)


def rows_that_differ(table: pa.Table, one: str, sharing: Sharing | None = None) -> np.ndarray:
    """Give the places of rows that share an id and differ in the other columns, in file order.

    A few that share none may be among them.
    """
    places, begins = sharing or sharing_ids(table, one)
    differ = _differ_from_last(table.drop_columns([one]), places) & ~begins
    return np.sort(places[_runs_with(differ, begins)])


def _differ_from_last(table: pa.Table, places: np.ndarray) -> np.ndarray:
    """Mark the places whose row differs from that of the place before in any cell."""
    differ = np.zeros(len(places), dtype=bool)
    for column in table.columns:
        if pa.types.is_string(column.type):
            numbers = codes_of(column.take(pa.array(places)))
        else:
            numbers = _numbers(column)[places]
        differ[1:] |= numbers[1:] != numbers[:-1]
    return differ


def _runs_with(marks: np.ndarray, begins: np.ndarray) -> np.ndarray:
    """Spread marks over the runs that they are in."""
    run = np.cumsum(begins) - 1
    marked = np.zeros(int(run[-1]) + 1 if len(run) else 0, dtype=bool)
    marked[run[marks]] = True
    spread: np.ndarray = marked[run]
    return spread


def _colliding(table: pa.Table) -> tuple[np.ndarray, np.ndarray]:
    """Give the places of rows that may be equal side by side, and where others begin.

    Numbers and codes are compared first; text that has none only where those collide.
    """
    text = [field.name for field in table.schema if pa.types.is_string(field.type)]
    numbers = (_numbers(column) for column in table.drop_columns(text).columns)
    places, begins = repeated(mixed(numbers, len(table)))
    if not text or not len(places):
        return places, begins
    several = table.select(text).take(pa.array(places))
    by_run = np.cumsum(begins, dtype=np.int64)
    keys = mixed([by_run, *(text_keys(column) for column in several.columns)], len(places))
    again, begins = repeated(keys)
    return places[again], begins


def codes_of(column: pa.ChunkedArray) -> np.ndarray:
    """Give equal cells of a column equal whole numbers, text too; blank cells have one of their own.

    Example:
        >>> one, two, three = codes_of(pa.chunked_array([["ann", "bob", "ann"]])).tolist()
        >>> one == three, one == two
        (True, False)
    """
    return _numbers(column.dictionary_encode() if pa.types.is_string(column.type) else column)


def things_of(table: pa.Table, key: Sequence[str]) -> np.ndarray:
    """Give each combination of cells of some columns a number: rows with equal cells have one.

    Example:
        >>> table = pa.table({"id": ["a", "b", "a"], "n": [1, 1, 1]})
        >>> things_of(table, ["id", "n"]).tolist()
        [0, 1, 0]
    """
    things = np.zeros(len(table), dtype=np.int64)
    for name in key:
        each = np.unique(codes_of(table[name]), return_inverse=True)[1]
        things = np.unique(things * (len(table) + 1) + each, return_inverse=True)[1]
    return things


def highest_so_far(groups: np.ndarray, numbers: np.ndarray, *, before: int) -> np.ndarray:
    """Give, for each row, the highest number of the earlier rows of its group.

    Shape: `before` stands for the first row of a group, which has none.
    Example:
        >>> highest_so_far(np.array([0, 1, 0, 0]), np.array([5, 7, 3, 9]), before=-1).tolist()
        [-1, -1, 5, 5]
    """
    if not len(groups):
        return numbers
    order = np.argsort(groups, kind="stable")
    known, ranks = np.unique(numbers, return_inverse=True)
    group = np.unique(groups[order], return_inverse=True)[1]
    highest = np.maximum.accumulate(group * len(known) + ranks[order]) - group * len(known)
    first = np.insert(group[1:] != group[:-1], 0, True)
    found = np.empty_like(numbers)
    found[order] = np.where(first, before, known[np.roll(highest, 1)])
    return found


def _numbers(column: pa.ChunkedArray) -> np.ndarray:
    """Give whole numbers for days, numbers and codes; blank cells have one of their own."""
    numbers, start = np.empty(len(column), dtype=np.int64), 0
    # Chunk by chunk, so that no second copy of the column is made on the way.
    for chunk in with_same_texts(column).chunks:
        cells = chunk.indices if pa.types.is_dictionary(chunk.type) else chunk
        if pa.types.is_date(cells.type):
            cells = cells.cast(pa.int32())
        here = numbers[start : start + len(chunk)]
        here[:] = pc.fill_null(cells.cast(pa.int64()), _BLANK)
        start += len(chunk)
    return numbers


def _first_of_each(things: np.ndarray) -> np.ndarray:
    first = np.zeros(len(things), dtype=bool)
    first[np.unique(things, return_index=True)[1]] = True
    return first


def _nth_of_each(things: np.ndarray) -> np.ndarray:
    """Give how many rows of the same thing stand before each row."""
    order = np.argsort(things, kind="stable")
    begins = np.searchsorted(things[order], things[order])
    before = np.empty(len(things), dtype=np.int64)
    before[order] = np.arange(len(things)) - begins
    return before
