"""A customer whose revenue is well below that of the same time before."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retention_cli.signs.amounts import amount_text
from retention_cli.signs.history import day_of, number_of
from retention_cli.signs.rule import Found
from retention_cli.signs.thresholds import count, share
from retention_cli.values.periods import add_months

if TYPE_CHECKING:
    from retention_cli.signs.groups import Mask, Sorted
    from retention_cli.signs.history import Past
    from retention_cli.signs.thresholds import Told

TITLE = "Falling revenue"
STEP = "Go through the last invoices with them: which products have gone"
RANK = 45
NEEDS = ("invoices",)
THRESHOLDS = {
    "falling_revenue": share(30, "revenue is lower by this share than in the months before"),
    "falling_revenue_months": count(3, "so many calendar months, against as many before"),
    "falling_revenue_least": count(
        2, "so many days of purchases before, so that none is between bills"
    ),
}


def find(past: Past, told: Told) -> Found:
    """Find customers whose revenue fell by a share, against as many months before.

    Months are those of the calendar, as bills are: in 90 days there may be two or three of them.
    Customers with amounts in several currencies in either time are left out.
    """
    months, end = int(told["falling_revenue_months"]), day_of(past.close)
    first, begin = (number_of(add_months(end, -months * times)) for times in (2, 1))
    invoices = past.rows["invoices"]
    now, before = invoices.between(begin, past.close), invoices.between(first, begin)
    paid, paid_before = _added(now, past.size), _added(before, past.size)
    often = past.purchases.between(first, begin).count(past.size)
    left = 1 - told["falling_revenue"]
    # Whole numbers: amounts times a fraction of ten thousand stay far below 2^63 for any account.
    fell = paid * left.denominator <= paid_before * left.numerator
    alike = _one_currency(invoices.between(first, past.close), past.size)
    found = np.flatnonzero(
        fell & (paid_before > 0) & (often >= int(told["falling_revenue_least"])) & alike
    )

    def said(at: int) -> str:
        one = found[at]
        sums = (amount_text(int(sum_[one]), past.money_parts) for sum_ in (paid, paid_before))
        return f"revenue of {next(sums)} in the last {months} months, {next(sums)} in the {months} before"

    return Found(found, np.full(len(found), begin), (now, before), said)


def _added(rows: Sorted, size: int) -> np.ndarray:
    total = np.zeros(size, np.int64)
    np.add.at(total, rows.who, rows.cells["amount"])
    return total


def _one_currency(rows: Sorted, size: int) -> Mask:
    low, high = np.full(size, np.iinfo(np.int64).max), np.full(size, -1)
    np.minimum.at(low, rows.who, rows.cells["currency"])
    np.maximum.at(high, rows.who, rows.cells["currency"])
    alike: Mask = low >= high
    return alike
