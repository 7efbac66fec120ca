"""The name of each customer: from the spell that starts last, else from the last invoice with one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from retention_cli.dataset.dataset import Dataset

_SOURCES = (("customers", "start_date"), ("invoices", "invoice_date"))


def names_of(dataset: Dataset) -> tuple[Any, Any]:
    """Give ids of customers, each once, and the name of each; None where no export has names."""
    found = [one for kind, day in _SOURCES if (one := _named(dataset.tables.get(kind), day))]
    if not found:
        return None, None
    ids = pa.chunked_array([one["id"].combine_chunks() for one in found])
    texts = pa.chunked_array([one["name"].combine_chunks() for one in found])
    once = pc.unique(ids)
    first = pc.index_in(once, value_set=ids.combine_chunks())
    return once, texts.combine_chunks().take(first)


def _named(table: pa.Table | None, day: str) -> pa.Table | None:
    """Give the rows of an export that name a customer, the latest first."""
    if table is None or not {"customer_id", "customer_name"} <= {*table.column_names}:
        return None
    columns = {"id": table["customer_id"], "name": table["customer_name"]}
    rows = pa.table({one: cells.cast(pa.string()) for one, cells in columns.items()})
    if day in table.column_names:
        rows = rows.append_column("day", table[day])
        rows = rows.take(pc.sort_indices(rows, sort_keys=[("day", "descending")]))
    return rows.filter(pc.and_(pc.is_valid(rows["id"]), pc.is_valid(rows["name"])))
