"""A customer whose last answer on recommending us is 6 or below."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retention_cli.signs.rule import Found
from retention_cli.signs.thresholds import count

if TYPE_CHECKING:
    from retention_cli.signs.history import Past
    from retention_cli.signs.thresholds import Told

TITLE = "Detractor"
STEP = "Thank for the answer, and ask what would have to change"
RANK = 34
NEEDS = ("surveys.responded_at",)
THRESHOLDS = {"detractor": count(6, "the last NPS answer is at most this")}


def find(past: Past, told: Told) -> Found:
    """Find customers whose last NPS answer makes them detractors, if it is not too old."""
    answers = past.rows["surveys"]
    asked = answers.where(answers.cells["nps"])
    last = asked.last(past.size)
    final = asked.at_places(last[last >= 0])
    fresh = final.day >= past.close - int(told["answer_days"])
    low = final.where(fresh & (final.cells["score"] <= int(told["detractor"])))

    def said(at: int) -> str:
        return f"NPS answer of {low.cells['score'][at]}"

    return Found(np.asarray(low.who), low.day, (low,), said)
