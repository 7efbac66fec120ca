"""Silence against a customer's own rhythm: what two rules share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retention_cli.signs.groups import quantiles
from retention_cli.signs.rule import Found

if TYPE_CHECKING:
    from fractions import Fraction

    from retention_cli.signs.groups import Mask, Numbers, Sorted
    from retention_cli.signs.history import Past


def silent_beyond(  # whose silence, against what, and in which words
    past: Past,
    heard: Sorted,
    percentile: Fraction,
    gaps: int,
    *,
    words: tuple[str, str],
    least: int = 0,
) -> Found:
    """Find customers who were not heard of for longer than a percentile of their own gaps.

    Formula: days from the last row to the last day before the close; against the percentile of the
        days between rows, linear between ranks, of at least so many `gaps`; and more than `least`.
    """
    who, days = heard.gaps()
    usual = np.maximum(np.nan_to_num(quantiles(who, days, float(percentile), past.size)), least)
    known = np.bincount(who, minlength=past.size)
    last = heard.last(past.size)
    silent = np.zeros(past.size, np.int64)
    some = last >= 0
    silent[some] = past.close - 1 - heard.day[last[some]]
    found = np.flatnonzero(some & (known >= gaps) & (silent > usual))
    since = heard.day[last[found]] + np.floor(usual[found]).astype(np.int64) + 1

    def said(at: int) -> str:
        one = found[at]
        return (
            f"{words[0]} for {silent[one]:,} days; {float(percentile * 100):g} % of the gaps between its"
            f" {known[one] + 1:,} {words[1]} were at most {usual[one]:,.0f} days"
        )

    return Found(found, since, (heard.where(_marked(last[found], len(heard.who))),), said)


def _marked(places: Numbers, size: int) -> Mask:
    marks = np.zeros(size, np.bool_)
    marks[places] = True
    return marks
