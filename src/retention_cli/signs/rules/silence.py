"""A customer who has bought nothing for longer than it usually does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli.signs.rhythm import silent_beyond
from retention_cli.signs.thresholds import count, share

if TYPE_CHECKING:
    from retention_cli.signs.history import Past
    from retention_cli.signs.rule import Found
    from retention_cli.signs.thresholds import Told

TITLE = "Silence"
STEP = "Ask what has changed since the last order"
RANK = 50
NEEDS = ("invoices",)
THRESHOLDS = {
    "silence_percentile": share(95, "silent for longer than this share of the customer's own gaps"),
    "silence_gaps": count(4, "so many gaps between its purchases have to be known"),
}


def find(past: Past, told: Told) -> Found:
    """Find customers whose last purchase is longer ago than a percentile of their own gaps."""
    share_, least = told["silence_percentile"], int(told["silence_gaps"])
    return silent_beyond(past, past.purchases, share_, least, words=("bought nothing", "purchases"))
