"""A customer who buys on fewer days than its own rhythm would have."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retention_cli.signs.rule import Found
from retention_cli.signs.thresholds import count, share

if TYPE_CHECKING:
    from retention_cli.signs.history import Past
    from retention_cli.signs.thresholds import Told

TITLE = "Fewer purchases"
STEP = "Ask what they buy elsewhere, or no longer need"
RANK = 55
NEEDS = ("invoices",)
THRESHOLDS = {
    "fewer_purchases": share(50, "below this share of the purchases that its rhythm would have"),
    "fewer_purchases_least": count(3, "its rhythm has to have so many purchases in that time"),
}


def find(past: Past, told: Told) -> Found:
    """Find customers with fewer days of purchases than usual for so many days.

    Formula: usual = days of purchases in the `usual` days before, · recent / the days since the first
        of them, where that is at least as long as `recent`.
    """
    recent, usual = int(told["recent"]), int(told["usual"])
    begin = past.close - recent
    bought = past.purchases
    now = bought.between(begin, past.close)
    before = bought.between(begin - usual, begin)
    span = np.clip(begin - bought.first(past.size), 0, usual)
    expected = before.count(past.size) * recent / np.maximum(span, 1)
    count_now = now.count(past.size)
    fewer = count_now < float(told["fewer_purchases"]) * expected
    enough = (span >= recent) & (expected >= int(told["fewer_purchases_least"]))
    found = np.flatnonzero(fewer & enough)
    last = bought.last(past.size)

    def said(at: int) -> str:
        one = found[at]
        days = "day" if count_now[one] == 1 else "days"
        return f"bought on {count_now[one]:,} {days} of the last {recent}; usual are {expected[one]:.1f}"

    marks = np.zeros(len(bought.who), np.bool_)
    marks[last[found]] = True
    return Found(found, np.full(len(found), begin), (now, bought.where(marks)), said)
