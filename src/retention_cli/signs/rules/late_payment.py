"""A customer who pays late, or has not paid what is due."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retention_cli.signs.groups import NEVER
from retention_cli.signs.rule import Found
from retention_cli.signs.thresholds import days

if TYPE_CHECKING:
    from retention_cli.signs.history import Past
    from retention_cli.signs.thresholds import Told
    from retention_cli.values.measures import Undefined

TITLE = "Late payment"
STEP = "Ask whether something is wrong with the invoice, before reminding"
RANK = 25
NEEDS = ("invoices.due_date", "invoices.paid_date")
THRESHOLDS = {
    "late_days": days(14, "paid, or still unpaid, by more than this after the day it was due")
}


def find(past: Past, told: Told) -> Found | Undefined:
    """Find customers with an overdue invoice, or with one of the recent days that was paid late."""
    if past.ambiguous:
        return past.ambiguous
    invoices = past.rows["invoices"]
    due, paid, late = invoices.cells["due"], invoices.cells["paid"], int(told["late_days"])
    until = np.minimum(paid, past.close - 1)
    behind = until - due
    recent = (paid == NEVER) | (paid >= past.close - int(told["recent"]))
    billed = (invoices.cells["amount"] > 0) & (due < NEVER)
    found_rows = invoices.where(billed & recent & (behind > late))
    waits = behind[billed & recent & (behind > late)]
    worst = np.zeros(past.size, np.int64)
    np.maximum.at(worst, found_rows.who, waits)
    open_ = np.bincount(found_rows.who[found_rows.cells["paid"] == NEVER], minlength=past.size)
    number = found_rows.count(past.size)
    first = np.full(past.size, NEVER)
    np.minimum.at(first, found_rows.who, found_rows.cells["due"] + late + 1)
    found = np.flatnonzero(number)

    def said(at: int) -> str:
        one = found[at]
        rows = "1 invoice row" if number[one] == 1 else f"{number[one]:,} invoice rows"
        unpaid = f", {open_[one]:,} of them unpaid" if open_[one] else ""
        return f"{rows} up to {worst[one]:,} days late{unpaid}"

    return Found(found, first[found], (found_rows,), said)
