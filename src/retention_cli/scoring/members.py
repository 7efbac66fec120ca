"""The members of the parts of a figure, with the rows behind them; they add up, or the run stops."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from heapq import merge
from itertools import groupby
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.dataset.customer_names import names_of
from retention_cli.frames.columns import FILE, ROW
from retention_cli.frames.opened import ADDS, MEMBER, Opened
from retention_cli.records.hours import HOUR_PARTS
from retention_cli.results.explanation import Member, OpenedFigure, OpenedPart, Place
from retention_cli.values.measures import Unit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from retention_cli.dataset.dataset import Dataset
    from retention_cli.findings.file_report import Export
    from retention_cli.frames.opened import Rows
    from retention_cli.results.scorecard import Line
    from retention_cli.values.measures import Number, Part

_BATCH = 10_000
_NAME = "_name"
_MONEY = {"amount", "cost"}
_NET = "amounts of invoices are shown without the tax that the files have in them"


@dataclass(frozen=True, slots=True)
class Openers:
    """What opening parts takes: the names of customers, and the files that rows are from.

    Shape: `gross` says that the files have a tax in their amounts, which was taken out.
    """

    ids: Any
    names: Any
    files: Mapping[str, Sequence[Export]]
    money_parts: int
    gross: bool
    only: str | None = None

    @classmethod
    def of(cls, dataset: Dataset, exports: Sequence[Export], *, only: str | None = None) -> Openers:
        """Take them from a dataset; `only` is the id of the one customer to be shown."""
        ids, names = names_of(dataset)
        kinds = {one.kind for one in exports}
        files = {kind: [one for one in exports if one.kind == kind] for kind in kinds}
        return cls(ids, names, files, dataset.money_parts, bool(dataset.tax), only)

    def figure(self, line: Line) -> OpenedFigure:
        """Open all parts of a figure.

        Errors: AssertionError where members do not add up to a part.
        """
        parts = line.measure.parts
        opened = tuple(self._part(name, part) for name, part in parts.items())
        closed = None
        if not parts and line.measure.reason is None:
            closed = "; ".join(("no rows are behind it", *line.measure.notes))
        if self.gross and any(part.part.unit is Unit.MONEY for part in opened):
            notes = (*line.measure.notes, _NET)
            line = replace(line, measure=replace(line.measure, notes=notes))
        return OpenedFigure(line, opened, closed)

    def _part(self, name: str, part: Part) -> OpenedPart:
        if part.opens is None:
            raise AssertionError(f"{name} cannot be opened")
        opened: Opened = part.opens()
        by_row = bool(opened.rows) and all(rows.adds for rows in opened.rows)
        tables = [rows.table for rows in opened.rows] if by_row else [opened.members]
        _add_up(name, part, opened.members, *([tables] if by_row else []))
        if self.only is not None:
            opened = _of_one(opened, self.only)
            tables = [rows.table for rows in opened.rows] if by_row else [opened.members]
        count = sum(map(len, tables))
        find = self._rows if by_row else self._members
        return OpenedPart(name, part, count, by_row, partial(find, opened, part.per))

    def name(self, id_: str) -> str | None:
        """Give the name of a customer."""
        found = None if self.ids is None else pc.index(self.ids, id_).as_py()
        return None if found is None or found < 0 else self.names[found].as_py()

    def places(self, rows: Rows) -> Iterator[Place]:
        """Give rows, file by file."""
        return (self._place(rows, row) for row in _in_batches(rows.table, [FILE, ROW]))

    def _rows(self, opened: Opened, per: int) -> Iterator[Member]:
        """Give each row as a member, file by file."""
        for rows in opened.rows:
            for row in _in_batches(self._named(rows), [FILE, ROW]):
                adds, place = _amount(row[ADDS], per), self._place(rows, row)
                yield Member(row[MEMBER], row[_NAME], adds, place)

    def _members(self, opened: Opened, per: int) -> Iterator[Member]:
        """Give each id with its rows: both are in order, so that none is looked for."""
        named = self._with_names(opened.members, opened.members[MEMBER])
        found = merge(*(self._places(rows) for rows in opened.rows), key=lambda one: one[0])
        places = groupby(found, key=lambda one: one[0])
        key, found_here = next(places, (None, iter(())))
        for row in _in_batches(named, [MEMBER]):
            id_, name, there = row[MEMBER], row[_NAME], []
            while key is not None and key < id_:
                key, found_here = next(places, (None, iter(())))
            if key == id_:
                there = [(place, owner) for _, place, owner in found_here]
            owner = name or next((owner for _, owner in there if owner), None)
            ours = tuple(place for place, _ in there)
            yield Member(id_, owner, _amount(row[ADDS], per), ours[0] if ours else None, ours[1:])

    def _places(self, rows: Rows) -> Iterator[tuple[str, Place, str | None]]:
        for row in _in_batches(self._named(rows), [MEMBER, FILE, ROW]):
            yield row[MEMBER], self._place(rows, row), row[_NAME]

    def _place(self, rows: Rows, row: Mapping[str, Any]) -> Place:
        cells = {name: self._cell(name, row[name]) for name in rows.cells}
        files, number = self.files.get(rows.kind, ()), row.get(FILE)
        export = files[number] if number is not None and number < len(files) else None
        file, sheet = (export.file, export.sheet) if export else (None, None)
        return Place(file, sheet, row.get(ROW), cells)

    def _cell(self, name: str, value: Any) -> Any:
        if value is None or name not in _MONEY:
            return value if value is None or name != "hours" else Fraction(value, HOUR_PARTS)
        return _amount(value, self.money_parts)

    def _named(self, rows: Rows) -> pa.Table:
        return self._with_names(rows.table, _owners(rows))

    def _with_names(self, table: pa.Table, owners: Any) -> pa.Table:
        names = pa.nulls(len(table), pa.string())
        if self.ids is not None:
            names = self.names.take(pc.index_in(owners.cast(pa.string()), value_set=self.ids))
        return table.append_column(_NAME, names)


def _owners(rows: Rows) -> Any:
    """Give whose each row is."""
    owner = "customer_id" if "customer_id" in rows.table.column_names else MEMBER
    return rows.table[owner]


def _of_one(opened: Opened, id_: str) -> Opened:
    """Keep the members that are a customer, or whose rows are of it."""
    rows = tuple(
        replace(one, table=one.table.filter(pc.equal(_owners(one).cast(pa.string()), id_)))
        for one in opened.rows
    )
    named = [one.table[MEMBER].combine_chunks() for one in rows]
    ours = pc.is_in(
        opened.members[MEMBER], pa.array([id_, *(x for n in named for x in n.to_pylist())])
    )
    return Opened(opened.members.filter(ours), rows)


def _amount(value: int, per: int) -> Number:
    return value if per == 1 else Fraction(value, per)


def _add_up(name: str, part: Part, members: pa.Table, rows: Sequence[pa.Table] = ()) -> None:
    """See to it that members, and rows where they are the members, add up to their part."""
    for tables in ([members], rows):
        total = sum(pc.sum(table[ADDS]).as_py() or 0 for table in tables)
        if tables and total != part.total:
            raise AssertionError(f"the members of {name} add up to {total}, not {part.total}")


def _in_batches(table: pa.Table, order: Sequence[str]) -> Iterator[dict[str, Any]]:
    """Give rows one by one, in order; only a few at a time are made."""
    keys = [(name, "ascending") for name in order if name in table.column_names]
    if keys:
        table = table.take(pc.sort_indices(table, sort_keys=keys))
    for start in range(0, len(table), _BATCH):
        yield from table.slice(start, _BATCH).to_pylist()
