"""Invoices beside the time in which their customer was one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.findings.across_files._together import BLANK_DAY, days_of
from retention_cli.findings.problems import Notice
from retention_cli.text.wording import do, many, named, rows_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retention_cli.findings.across_files._together import Together

OPEN = int(np.iinfo(np.int64).max)
"""The last day of a customer who has not left."""


def can_tell(together: Together) -> bool:
    """Say whether invoices have customers, and these a time."""
    return together.has("customers", "start_date") and together.has(
        "invoices", "customer_id", "invoice_date"
    )


def billed(together: Together) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Give, for each invoice row, its day and the first and last day of its customer.

    Shape: days counted from 1970. A row that says nothing here has no first and an open last
        day: credit notes, rows of nobody, and customers that are not known.
    """
    invoices, customers = together.tables["invoices"], together.tables["customers"]
    theirs, ours = together.ids("customers"), together.ids("invoices")
    first = np.full(len(theirs.texts) + 1, OPEN)
    last = np.full(len(theirs.texts) + 1, BLANK_DAY)
    np.minimum.at(first, theirs.codes, days_of(customers["start_date"]))
    ends = days_of(customers["end_date"]) if "end_date" in customers.column_names else BLANK_DAY
    np.maximum.at(last, theirs.codes, np.where(ends == BLANK_DAY, OPEN, ends))
    first[-1], last[-1] = BLANK_DAY, OPEN
    place = pc.fill_null(pc.index_in(ours.texts, value_set=theirs.texts), -1)
    customer = np.append(place.to_numpy(zero_copy_only=False), -1)[ours.codes]
    counts = pc.greater(invoices["amount"], pa.scalar(0, invoices["amount"].type))
    customer[~counts.to_numpy()] = -1
    return days_of(invoices["invoice_date"]), first[customer], last[customer]


def finding(
    together: Together, rows: np.ndarray, *, code: str, said: str, hint: str
) -> Iterator[Notice]:
    """Tell of the marked invoice rows and their customers, if there are any."""
    count = int(np.count_nonzero(rows))
    if not count:
        return
    ids = together.ids("invoices")
    who = ids.texts.take(pa.array(np.unique(ids.codes[rows]))).to_pylist()
    yield Notice(
        code,
        f"{rows_text(count)} of {many(len(who), 'customer')} ({named(who)}) {do(count, 'are')}"
        f" dated {said}",
        count,
        kind="invoices",
        hint=hint,
        examples=together.examples("invoices", who, rows),
    )
