"""The rows of invoices and costs that figures rest on, found when they are asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import narwhals.stable.v2 as nw
import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.frames.by_group import once_for_all
from retention_cli.frames.columns import FILE, ROW
from retention_cli.frames.frames import Frame, collect, has
from retention_cli.frames.opened import ADDS, Rows, Source

if TYPE_CHECKING:
    from retention_cli.values.periods import Period

INVOICES = Source(
    "invoices", ("invoice_id", "customer_id", "invoice_date", "amount", "cost", "currency")
)
COSTS = Source("costs", ("customer_id", "cost_date", "amount", "category", "person", "currency"))
DOCUMENT = "_document"
"""The invoice id where there is one, else the place of the row in its file."""


def invoice_rows(
    invoices: Frame,
    chosen: nw.Expr,
    *,
    member: str = "customer_id",
    adds: nw.Expr | None = None,
) -> Rows:
    """Take invoice rows; `adds` is what each adds to a total."""
    return _taken(INVOICES, invoices, chosen, member, adds)


@once_for_all
def spent_in(costs: Frame, period: Period) -> Frame:
    """Keep the costs of a period; costs without dates belong to every one."""
    if not has(costs, "cost_date"):
        return costs
    day = nw.col("cost_date")
    return costs.filter((day >= period.start) & (day < period.end))


def cost_rows(costs: Frame, *, adds: nw.Expr | None = None) -> Rows:
    """Take rows of the costs of customers."""
    owned = ~nw.col("customer_id").is_null()
    return _taken(COSTS, costs, owned, "customer_id", adds)


def _taken(source: Source, rows: Frame, chosen: nw.Expr, member: str, adds: nw.Expr | None) -> Rows:
    there = [name for name in (FILE, ROW, *source.cells) if has(rows, name)]
    added = [] if adds is None else [adds.cast(nw.Int64).alias(ADDS)]
    table = collect(rows.filter(chosen).select(*there, *added))
    if member == DOCUMENT:
        table = table.append_column(DOCUMENT, _documents(table))
    sums = None if adds is None else table[ADDS]
    return Rows.of(source.kind, table, member=member, cells=source.cells, adds=sums)


def _documents(rows: pa.Table) -> Any:
    """Name each row by its invoice id, or else by where it stands."""
    if ROW not in rows.column_names:
        return rows["invoice_id"]
    place = pc.binary_join_element_wise("row", pc.cast(rows[ROW], pa.string()), " ")
    if FILE in rows.column_names:
        file = pc.cast(pc.add(rows[FILE], 1), pa.string())
        place = pc.binary_join_element_wise("file", file, place, " ")
    if "invoice_id" not in rows.column_names:
        return place
    return pc.coalesce(rows["invoice_id"], place)


def driven_rows(kind: str, rows: pa.Table) -> Rows:
    """Take rows that are counted by a driver, with what each of them costs."""
    return Rows.of(
        kind, rows, member="customer_id", cells=("driver", "word", "quantity"), adds=rows["worth"]
    )
