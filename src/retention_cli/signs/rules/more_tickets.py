"""A customer who opens many more tickets than usual."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retention_cli.signs.rule import Found
from retention_cli.signs.thresholds import count, times

if TYPE_CHECKING:
    from retention_cli.signs.history import Past
    from retention_cli.signs.thresholds import Told

TITLE = "More tickets"
STEP = "Go through the open points together, and name one person for them"
RANK = 40
NEEDS = ("tickets.created_on",)
THRESHOLDS = {
    "more_tickets": times("2", "so many times as many tickets as usual"),
    "more_tickets_least": count(3, "fewer tickets never count"),
}


def find(past: Past, told: Told) -> Found:
    """Find customers with more tickets than usual for so many days.

    Formula: usual = tickets of the `usual` days before, · recent / the days since the customer, and
        the ticket export, was first heard of, where that is at least as long as `recent`.
    """
    recent, usual = int(told["recent"]), int(told["usual"])
    begin = past.close - recent
    tickets = past.rows["tickets"]
    now, before = tickets.between(begin, past.close), tickets.between(begin - usual, begin)
    opened = int(tickets.day.min(initial=past.close))
    span = np.clip(begin - np.maximum(past.known_since, opened), 0, usual)
    expected = before.count(past.size) * recent / np.maximum(span, 1)
    number = now.count(past.size)
    many = (number >= int(told["more_tickets_least"])) & (
        number >= float(told["more_tickets"]) * expected
    )
    found = np.flatnonzero(many & (span >= recent))

    def said(at: int) -> str:
        one = found[at]
        return f"{number[one]:,} tickets in the last {recent} days; usual are {expected[one]:.1f}"

    return Found(found, now.first(past.size)[found], (now,), said)
