"""A customer whose tickets are answered more slowly than before."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retention_cli.signs.groups import quantiles
from retention_cli.signs.rule import Found
from retention_cli.signs.thresholds import count, times

if TYPE_CHECKING:
    from retention_cli.signs.history import Past
    from retention_cli.signs.thresholds import Told

TITLE = "Slower answers"
STEP = "See why its tickets wait, and tell the customer what changes"
RANK = 35
NEEDS = ("tickets.created_on", "tickets.first_response_seconds")
THRESHOLDS = {
    "slower_answers": times("1.5", "the median first response is so many times that of before"),
    "slower_answers_least": count(3, "so many answered tickets, now and before"),
}


def find(past: Past, told: Told) -> Found:
    """Find customers whose median first response is slower than that of the `usual` days before."""
    recent, usual, least = (int(told[name]) for name in ("recent", "usual", "slower_answers_least"))
    begin = past.close - recent
    tickets = past.rows["tickets"]
    known = (tickets.cells["answered"] < past.close) & (tickets.cells["response"] >= 0)
    # A wait is a number of 32 bits: one of 68 years or more is no wait.
    answered = tickets.where(known & (tickets.cells["response"] < 1 << 31))
    now, before = answered.between(begin, past.close), answered.between(begin - usual, begin)
    waits, earlier = (
        quantiles(rows.who, rows.cells["response"], 0.5, past.size) for rows in (now, before)
    )
    enough = np.minimum(now.count(past.size), before.count(past.size)) >= least
    slower = np.nan_to_num(waits) > float(told["slower_answers"]) * np.nan_to_num(earlier)
    found = np.flatnonzero(enough & slower)
    late = now.where(now.cells["response"] > np.nan_to_num(earlier)[now.who])

    def said(at: int) -> str:
        one = found[at]
        return (
            f"first response in {_length(waits[one])} in the last {recent} days (median);"
            f" {_length(earlier[one])} before"
        )

    return Found(found, late.first(past.size)[found], (late,), said)


def _length(seconds: float) -> str:
    minutes = round(seconds / 60)
    hours, rest = divmod(minutes, 60)
    return f"{hours:,} h {rest} min" if hours else f"{rest} min"
