"""Which rows came, went or changed between two runs, told by fingerprints alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from retention_cli.frames.fingerprints import fingerprints, paired, together
from retention_cli.results.diff import CAME, CHANGED, WENT, RowChange
from retention_cli.scoring.freezing import CELL

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from retention_cli.frames.fingerprints import Places, Prints
    from retention_cli.results.frozen import Frozen

_NONE = -1
_WHAT = (CHANGED, WENT, CAME)
_HIGHEST_ROW = 1 << 40


@dataclass(frozen=True, slots=True)
class Side:
    """The rows of one kind of a run."""

    run: Frozen
    kind: str

    @property
    def table(self) -> pa.Table | None:
        """Its rows; None where the run had none of that kind."""
        return self.run.rows.get(self.kind)

    def cells(self, names: Sequence[str], rows: Places) -> list[Prints]:
        """Give the fingerprints of some rows, column by column."""
        table = self.table
        if table is None:
            return [np.zeros(0, np.uint64) for _ in names]
        return [np.asarray(table[f"{CELL}{name}"])[rows] for name in names]

    def mixed(self, names: Sequence[str], rows: Places) -> Prints:
        """Give one fingerprint a row, of some of its columns."""
        return together(self.cells(names, rows), len(rows))

    @property
    def columns(self) -> list[str]:
        """The columns whose cells have fingerprints."""
        names = self.table.column_names if self.table is not None else []
        return [name.removeprefix(CELL) for name in names if name.startswith(CELL)]

    def all(self) -> Places:
        """Give the numbers of all rows."""
        return np.arange(len(self.table) if self.table is not None else 0)

    def places(self, rows: Places) -> Places:
        """Give where rows stand, as one number: their file and their row number; -1 for no row."""
        if self.table is None or not len(self.table):
            return np.full(len(rows), _NONE)
        places: Places = packed(self.table)[rows]
        places[rows == _NONE] = _NONE
        return places

    def spots(self, rows: Places) -> Prints:
        """Give a fingerprint of the name of each row's file and its row number."""
        if self.table is None:
            return np.zeros(0, np.uint64)
        # Names that are not UTF-8 have halves of characters in them.
        names = [ascii(f"{one.file}\n{one.sheet or ''}") for one in self.run.files]
        files = fingerprints(pa.array(names, pa.string()))[np.asarray(self.table["file"])[rows]]
        return together([files, np.asarray(self.table["row"])[rows].astype(np.uint64)], len(rows))


def packed(places: pa.Table) -> Places:
    """Give file and row as one number."""
    found: Places = np.asarray(places["file"]).astype(np.int64) * _HIGHEST_ROW
    found += np.asarray(places["row"])
    return found


@dataclass(frozen=True, slots=True)
class Changes:
    """The rows of a kind that are not on both sides alike.

    Shape: `what` is a place in changed, went, came; `then` and `now` are places in the tables, -1
        for no row; `differ` says which of `columns` do.
    """

    then_side: Side
    now_side: Side
    what: Places
    then: Places
    now: Places
    columns: tuple[str, ...]
    differ: npt.NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.what)

    def only(self, wanted: npt.NDArray[np.bool_]) -> Changes:
        """Keep some of them."""
        return Changes(
            self.then_side,
            self.now_side,
            self.what[wanted],
            self.then[wanted],
            self.now[wanted],
            self.columns,
            self.differ[wanted],
        )

    def counts(self) -> dict[str, int]:
        """Count them by what became of them."""
        found = np.bincount(self.what, minlength=len(_WHAT))
        return {name: int(found[_WHAT.index(name)]) for name in (CAME, WENT, CHANGED)}

    def said(self, most: int | None = None) -> Iterator[RowChange]:
        """Give each row by its place: first those that changed, then those that went and came."""
        for place in np.lexsort((np.maximum(self.now, self.then), self.what))[:most]:
            what = _WHAT[self.what[place]]
            side, at = (
                (self.then_side, self.then[place])
                if what == WENT
                else (self.now_side, self.now[place])
            )
            row: dict[str, Any] = side.table.slice(int(at), 1).to_pylist()[0]  # type: ignore[union-attr]  # it has the row
            file = side.run.files[row["file"]]
            names = [
                name for name, one in zip(self.columns, self.differ[place], strict=True) if one
            ]
            columns = tuple(names) if what == CHANGED else ()
            yield RowChange(
                what, side.kind, file.file, file.sheet, row["row"], row["key"] or "", columns
            )


def row_changes(then: Frozen, now: Frozen, kind: str) -> Changes:
    """Compare the rows of a kind, wherever they stand now: by all cells, by key, by place.

    Columns that only one side has are not compared.
    """
    ours, theirs = Side(then, kind), Side(now, kind)
    columns = [name for name in ours.columns if name in theirs.columns]
    left, right = ours.all(), theirs.all()
    left, right, _ = _without_pairs(
        left, right, ours.mixed(columns, left), theirs.mixed(columns, right)
    )
    pairs: list[tuple[Places, Places]] = []
    key = [name for name in now.keys.get(kind, ()) if name in columns]
    for names in filter(None, (key, key[:1])):
        prints = ours.mixed(names, left), theirs.mixed(names, right)
        left, right, found = _without_pairs(left, right, *prints)
        pairs.append(found)
    spots = paired(ours.spots(left), theirs.spots(right))
    alike = _half_alike(ours.cells(columns, left[spots[0]]), theirs.cells(columns, right[spots[1]]))
    one, other = spots[0][alike], spots[1][alike]
    pairs.append((left[one], right[other]))
    left, right = np.delete(left, one), np.delete(right, other)
    before = np.concatenate([pair[0] for pair in pairs])
    after = np.concatenate([pair[1] for pair in pairs])
    cells = zip(ours.cells(columns, before), theirs.cells(columns, after), strict=True)
    each = [one != other for one, other in cells]
    differ = np.array(each, np.bool_).reshape(len(columns), len(before)).T
    alone = np.ones((len(left) + len(right), len(columns)), np.bool_)
    return Changes(
        ours,
        theirs,
        np.repeat([0, 1, 2], [len(before), len(left), len(right)]),
        np.concatenate([before, left, np.full(len(right), _NONE)]),
        np.concatenate([after, np.full(len(left), _NONE), right]),
        tuple(columns),
        np.concatenate([differ, alone]),
    )


def _without_pairs(
    left: Places, right: Places, ours: Prints, theirs: Prints
) -> tuple[Places, Places, tuple[Places, Places]]:
    """Take out the rows that are alike in what was asked for."""
    one, other = paired(ours, theirs)
    return np.delete(left, one), np.delete(right, other), (left[one], right[other])


def _half_alike(ours: Sequence[Prints], theirs: Sequence[Prints]) -> npt.NDArray[np.bool_]:
    """Tell whether half of the cells are equal: else it is another row that stands there now."""
    equal = np.array([one == other for one, other in zip(ours, theirs, strict=True)], np.bool_)
    if not len(ours):
        return np.zeros(0, np.bool_)
    found: npt.NDArray[np.bool_] = 2 * equal.sum(axis=0) >= len(ours)
    return found
