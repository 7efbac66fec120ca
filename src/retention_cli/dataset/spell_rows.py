"""The rows of exports that spells of membership come from."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, TypeAlias

import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.dataset.purchases import of_purchases
from retention_cli.frames.columns import FILE, ROW, as_text
from retention_cli.frames.opened import Rows

if TYPE_CHECKING:
    from collections.abc import Callable

Origin: TypeAlias = "Callable[[pa.Table], Rows]"
"""Gives the rows that some spells come from."""

_ID = "customer_id"
_SPELLS = ("start_date", "end_date", "status")
_PURCHASES = ("invoice_date", "invoice_id", "amount", "cost", "currency")


def from_customers(customers: pa.Table) -> Origin:
    """Find rows of a customer export, as they were before spells that touch were joined."""
    return partial(_of_customers, customers)


def from_purchases(invoices: pa.Table) -> Origin:
    """Find the invoices that spells of activity begin with."""
    return partial(_of_purchases, invoices)


def _of_customers(customers: pa.Table, spells: pa.Table) -> Rows:
    rows = _with(customers, _SPELLS)
    if "start_date" in rows.column_names:
        rows = rows.join(_named(spells, "began", "ended"), _ID, join_type="inner")
        start, ended = rows["start_date"], rows["ended"]
        inside = pc.or_kleene(pc.is_null(ended), pc.less_equal(start, ended))
        rows = rows.filter(pc.and_(pc.greater_equal(start, rows["began"]), inside))
    return Rows.of("customers", rows, member=_ID, cells=_SPELLS)


def _of_purchases(invoices: pa.Table, spells: pa.Table) -> Rows:
    rows = _with(invoices.filter(pa.array(of_purchases(invoices))), _PURCHASES)
    days = _named(spells, "invoice_date", "ended")
    rows = rows.join(days, [_ID, "invoice_date"], join_type="inner")
    return Rows.of("invoices", rows, member=_ID, cells=_PURCHASES)


def _with(table: pa.Table, cells: tuple[str, ...]) -> pa.Table:
    there = [name for name in (FILE, ROW, *cells) if name in table.column_names]
    return pa.table({_ID: _text(table[_ID])} | {name: as_text(table[name]) for name in there})


def _named(spells: pa.Table, start: str, end: str) -> pa.Table:
    days = {start: spells["start_date"], end: spells["end_date"]}
    return pa.table({_ID: _text(spells[_ID])} | {name: days[name] for name in days})


def _text(ids: Any) -> Any:
    return as_text(ids).cast(pa.string())
