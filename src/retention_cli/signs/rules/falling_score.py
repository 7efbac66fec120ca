"""A customer whose last answer is well below its own earlier ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retention_cli.signs.rule import Found
from retention_cli.signs.thresholds import count, days, share

if TYPE_CHECKING:
    from retention_cli.signs.history import Past
    from retention_cli.signs.thresholds import Told

TITLE = "Falling score"
STEP = "Call about the last answer, before the next survey"
RANK = 32
NEEDS = ("surveys.responded_at",)
THRESHOLDS = {
    "falling_score": share(20, "the last answer is lower by this share of its scale"),
    "falling_score_least": count(2, "so many earlier answers to the same survey"),
    "answer_days": days(180, "an older answer tells nothing any more"),
}


def find(past: Past, told: Told) -> Found:
    """Find customers whose last answer is below the mean of their earlier ones to the same survey."""
    answers = past.rows["surveys"]
    twice = np.where(answers.cells["nps"], past.size, 0)
    series = answers.who + twice
    order = np.argsort(series, kind="stable")
    ours = answers.at_places(order)
    of = series[order]
    size = 2 * past.size
    number = np.bincount(of, minlength=size)
    total = np.bincount(of, weights=ours.cells["share"], minlength=size)
    last = np.full(size, -1)
    last[of] = np.arange(len(of))
    some = np.flatnonzero(number > int(told["falling_score_least"]))
    latest = ours.cells["share"][last[some]]
    mean = (total[some] - latest) / (number[some] - 1)
    fresh = ours.day[last[some]] >= past.close - int(told["answer_days"])
    # A hair below the threshold is on it: shares of a scale are floats.
    hit = some[fresh & (mean - latest >= float(told["falling_score"]) - 1e-9)]
    found = np.unique(hit % past.size) if past.size else hit
    worst = {int(one % past.size): int(one) for one in hit[::-1]}
    rows = ours.where(np.isin(of, hit))

    def said(at: int) -> str:
        one = worst[int(found[at])]
        place = last[one]
        score, kind = ours.cells["score"][place], "NPS" if one >= past.size else "CSAT"
        earlier = (total[one] - ours.cells["share"][place]) / (number[one] - 1)
        return (
            f"{kind} answer of {score}, {ours.cells['share'][place] * 100:.0f} % of its scale; its"
            f" {number[one] - 1:,} earlier ones were at {earlier * 100:.0f} % on average"
        )

    since = np.array([ours.day[last[worst[int(one)]]] for one in found], np.int64)
    return Found(found, since, (rows,), said)
