"""The days on which invoices were due and paid, which exports keep as they were written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.frames.columns import as_codes, as_text
from retention_cli.mapping.cells.dates import DateOrder, decide_order, rewrite_dates
from retention_cli.signs.groups import NEVER, Numbers
from retention_cli.values.measures import Undefined

if TYPE_CHECKING:
    from retention_cli.settings import Settings

_UNDATED = Undefined(
    "ambiguous-dates",
    "the due and paid dates may have their day or their month first",
    'write date_order = "dmy" or "mdy" in retention.toml',
)


def due_and_paid(
    invoices: pa.Table | None, settings: Settings
) -> tuple[dict[str, Numbers], Undefined | None]:
    """Read the days of payment, which exports keep as they were written."""
    names = [
        name
        for name in ("due_date", "paid_date")
        if invoices is not None and name in invoices.column_names
    ]
    if invoices is None or len(names) < len(("due", "paid")):
        return {}, None
    columns = [as_text(invoices[name]).cast(pa.string()) for name in names]
    told = DateOrder(settings.date_order) if settings.date_order else None
    together = pc.unique(pa.chunked_array([pc.unique(column) for column in columns]))
    decision = decide_order(together, told=told)
    if decision.ambiguous:
        return {}, _UNDATED
    return {
        name.removesuffix("_date"): _read(column, decision.order)
        for name, column in zip(names, columns, strict=True)
    }, None


def _read(column: Any, order: DateOrder | None) -> Numbers:
    codes = as_codes(column)
    days = rewrite_dates(codes.dictionary, order)
    plain = pc.match_substring_regex(days, r"\A[0-9]{4}-[0-9]{2}-[0-9]{2}\z")
    read = pc.if_else(plain, days, pa.scalar(None, pa.string())).cast(pa.date32())
    numbers = np.asarray(pc.fill_null(read.cast(pa.int32()).cast(pa.int64()), NEVER))
    at = np.asarray(pc.fill_null(codes.indices, len(numbers)), dtype=np.int64)
    return np.append(numbers, NEVER).astype(np.int64)[at]
