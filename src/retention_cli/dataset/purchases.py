"""Which rows of invoices are purchases, and which are credit notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.frames.columns import as_text
from retention_cli.frames.hashes import among

if TYPE_CHECKING:
    import numpy.typing as npt


def of_purchases(invoices: pa.Table) -> npt.NDArray[np.bool_]:
    """Mark the rows of invoices whose total is not negative; a row without an id is its own.

    Only an invoice with a negative line can be a credit note: the ids of others are never compared.
    """
    marks: npt.NDArray[np.bool_] = invoices["amount"].to_numpy() >= 0
    if "invoice_id" not in invoices.column_names or marks.all():
        return marks
    ids = as_text(invoices["invoice_id"])
    unsure = np.flatnonzero(among(ids, ids.filter(pa.array(~marks)).drop_null().unique()))
    lines = pa.table({"id": ids, "amount": invoices["amount"]}).take(pa.array(unsure))
    totals = lines.group_by("id").aggregate([("amount", "sum")])
    credited = totals.filter(pc.less(totals["amount_sum"], 0))["id"].combine_chunks()
    marks[unsure] = ~np.asarray(pc.is_in(lines["id"], value_set=credited))
    return marks
