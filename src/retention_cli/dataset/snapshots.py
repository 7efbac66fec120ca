"""Two lists of customers, one of each end of a period: who was there is who is listed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.dataset.membership import Membership
from retention_cli.frames.columns import FILE, ROW, as_text
from retention_cli.frames.frames import from_arrow
from retention_cli.frames.opened import Rows
from retention_cli.records.customer_flags import ENDED
from retention_cli.values.measures import Manner

if TYPE_CHECKING:
    from retention_cli.values.periods import Period

BASIS = "snapshots"
_ID, _LIST = "customer_id", "list"
_CELLS = (_LIST, "start_date", "end_date", "status")
_ALWAYS = date(1, 1, 1)


@dataclass(frozen=True, slots=True)
class Snapshots:
    """The lists at the start and at the end, and the period that they are of.

    Shape: without a period nobody knows which one it is, and figures are taken as exported. `alone`
        says that no other export of customers is there.
    """

    first: pa.Table
    last: pa.Table
    names: tuple[str, str]
    period: Period | None = None
    alone: bool = True
    notes: tuple[str, ...] = ()

    def rows(self) -> pa.Table:
        """Give the rows of both lists, each with the name of its list."""
        lists = {"start": self.first, "end": self.last}
        marked = [
            table.append_column(_LIST, pa.repeat(pa.scalar(name), len(table)))
            for name, table in lists.items()
        ]
        return pa.concat_tables(marked, promote_options="permissive")

    def customers(self) -> pa.Table:
        """Give one row of each customer: of the list at the end where it is there."""
        rows = pa.concat_tables([self.last, self.first], promote_options="permissive")
        ids = _ids(rows)
        return rows.take(pc.index_in(ids.unique(), value_set=ids))

    def among(self, ids: Any, *, others_than: Any = None) -> Snapshots:
        """Keep some customers, and those that are not among others."""
        kept = []
        for table in (self.first, self.last):
            mask = pc.is_in(_ids(table), value_set=ids)
            if others_than is not None:
                mask = pc.or_(mask, pc.invert(pc.is_in(_ids(table), value_set=others_than)))
            kept.append(table.filter(mask))
        return replace(self, first=kept[0], last=kept[1])

    def membership(self, asked: Period, backend: str) -> Membership:
        """Say who was there at both ends, and nothing of the time between."""
        period = self.period or asked
        ends = (period.start, period.end) if self.period else (None, None)
        first, last = (
            table.filter(_is_there(table, day))
            for table, day in zip((self.first, self.last), ends, strict=True)
        )
        there = _ids(first).unique()
        came = last.filter(pc.invert(pc.is_in(_ids(last), value_set=there)))
        gone = pc.invert(pc.is_in(there, value_set=_ids(last)))
        earlier, dated = _earlier(came, period)
        spells = pa.concat_tables(
            [
                _spells(
                    there, _ALWAYS, pc.if_else(gone, period.start, pa.scalar(None, pa.date32()))
                ),
                _spells(_ids(came).unique(), period.start, None),
                _spells(earlier, _ALWAYS, _ALWAYS),
            ]
        )
        return Membership(
            from_arrow(spells, backend),
            BASIS,
            notes=(*self.notes, *self._said(first, last)),
            as_exported=self.period is None,
            only=self.period,
            dated=dated,
            origin=partial(_of_lists, self.rows()),
        )

    def _said(self, first: pa.Table, last: pa.Table) -> list[str]:
        start, end = self.names
        said: list[str] = [
            Manner(f"{start} lists the customers at the start, {end} those at the end")
        ]
        for name, listed, there in ((start, self.first, first), (end, self.last, last)):
            if gone := len(listed) - len(there):
                rows, count = ("row", "counts") if gone == 1 else ("rows", "count")
                said.append(
                    f"{gone:,} {rows} of {name} had left by an end date or a status, and"
                    f" {count} as not listed"
                )
        return said


def _ids(table: pa.Table) -> Any:
    return as_text(table[_ID]).cast(pa.string())


def _is_there(table: pa.Table, day: date | None) -> Any:
    """Mark the rows of customers who had not left: by their end date, else by their status."""
    there = pa.repeat(pa.scalar(True), len(table))
    if "status" in table.column_names:
        there = pc.invert(pc.fill_null(pc.equal(as_text(table["status"]), ENDED), False))
    if "end_date" not in table.column_names:
        return there
    ends = table["end_date"]
    stays = pa.scalar(False) if day is None else pc.greater_equal(ends, pa.scalar(day))
    return pc.if_else(pc.is_valid(ends), stays, there)


def _earlier(came: pa.Table, period: Period) -> tuple[Any, bool]:
    """Give those who came and had been there before, and say whether all starts are known."""
    if "start_date" not in came.column_names or came["start_date"].null_count:
        return _ids(came).unique().slice(0, 0), not len(came)
    before = came.filter(pc.less(came["start_date"], pa.scalar(period.start)))
    return _ids(before).unique(), True


def _spells(ids: Any, start: date, end: Any) -> pa.Table:
    ids = ids.combine_chunks() if isinstance(ids, pa.ChunkedArray) else ids
    ends = end if isinstance(end, pa.Array | pa.ChunkedArray) else pa.scalar(end, pa.date32())
    if isinstance(ends, pa.Scalar):
        ends = pa.repeat(ends, len(ids))
    starts = pa.repeat(pa.scalar(start, pa.date32()), len(ids))
    return pa.table({_ID: ids, "start_date": starts, "end_date": ends})


def _of_lists(rows: pa.Table, spells: pa.Table) -> Rows:
    ours = rows.filter(pc.is_in(_ids(rows), value_set=_ids(spells)))
    names = [name for name in (_ID, FILE, ROW, *_CELLS) if name in ours.column_names]
    text = pa.table({name: as_text(ours[name]) for name in names})
    return Rows.of("customers", text, member=_ID, cells=_CELLS)
