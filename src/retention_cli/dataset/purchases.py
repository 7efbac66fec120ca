"""Which rows of invoices are purchases, and which are credit notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from retention_cli.frames.columns import as_codes, as_text
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
    lines = as_codes(ids.take(pa.array(unsure)))
    totals = np.zeros(len(lines.dictionary), dtype=np.int64)
    codes = lines.indices.to_numpy()
    np.add.at(totals, codes, invoices["amount"].to_numpy()[unsure])
    marks[unsure] = totals[codes] >= 0
    return marks
