"""A customer with a ticket that is open for longer than usual."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retention_cli.signs.groups import NEVER, quantiles
from retention_cli.signs.rule import Found
from retention_cli.signs.thresholds import count, share

if TYPE_CHECKING:
    from retention_cli.signs.history import Past
    from retention_cli.signs.thresholds import Told

TITLE = "Unresolved ticket"
STEP = "Have the ticket solved, and say by when"
RANK = 20
NEEDS = ("tickets.created_on", "tickets.resolved_on")
THRESHOLDS = {
    "unresolved_percentile": share(
        95, "open for longer than this share of its resolved tickets took"
    ),
    "unresolved_least": count(
        4, "so many resolved tickets of its own; with fewer, those of all count"
    ),
}


def find(past: Past, told: Told) -> Found:
    """Find customers whose oldest open ticket is older, in days, than their resolved ones took."""
    tickets = past.rows["tickets"]
    percentile, least = float(told["unresolved_percentile"]), int(told["unresolved_least"])
    took = tickets.cells["resolved"] - tickets.day
    done = tickets.where((tickets.cells["resolved"] < NEVER) & (took >= 0))
    days = done.cells["resolved"] - done.day
    own = quantiles(done.who, days, percentile, past.size)
    everyone = quantiles(np.zeros(len(days), np.int64), days, percentile, 1)[0]
    few = done.count(past.size) < least
    usual = np.where(few, everyone, own)
    waiting = tickets.where(tickets.cells["resolved"] == NEVER)
    age = past.close - 1 - waiting.day
    old = waiting.where(age > np.where(np.isnan(usual), np.inf, usual)[waiting.who])
    first = old.first(past.size)
    found = np.flatnonzero(first < NEVER)

    def said(at: int) -> str:
        one = found[at]
        whose = "the tickets of all customers" if few[one] else "its resolved tickets"
        return (
            f"a ticket is open for {past.close - 1 - first[one]:,} days;"
            f" {percentile * 100:g} % of {whose} took at most {usual[one]:,.0f}"
        )

    since = first[found] + np.floor(usual[found]).astype(np.int64) + 1
    return Found(found, since, (old,), said)
