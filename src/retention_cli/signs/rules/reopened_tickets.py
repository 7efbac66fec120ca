"""A customer whose tickets had to be opened again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retention_cli.signs.rule import Found
from retention_cli.signs.thresholds import count
from retention_cli.values.measures import Undefined

if TYPE_CHECKING:
    from retention_cli.signs.history import Past
    from retention_cli.signs.thresholds import Told

TITLE = "Reopened tickets"
STEP = "Ask whether it is solved now"
RANK = 30
NEEDS = ("tickets.reopened",)
THRESHOLDS = {"reopened_least": count(1, "so many reopened tickets in the recent days")}


def find(past: Past, told: Told) -> Found | Undefined:
    """Find customers with tickets that were reopened, or if no day says when, resolved after it."""
    if not past.columns["tickets"] & {"reopened_at", "resolved_on"}:
        return Undefined("no-column", "the tickets do not tell when they were reopened or resolved")
    tickets = past.rows["tickets"]
    again = tickets.where(
        (tickets.cells["again"] < past.close)
        & (tickets.cells["again"] >= past.close - int(told["recent"]))
    )
    number = again.count(past.size)
    found = np.flatnonzero(number >= int(told["reopened_least"]))

    def said(at: int) -> str:
        tickets_ = "ticket was" if number[found[at]] == 1 else "tickets were"
        return f"{number[found[at]]:,} {tickets_} reopened in the last {int(told['recent'])} days"

    return Found(found, again.first(past.size)[found], (again,), said)
