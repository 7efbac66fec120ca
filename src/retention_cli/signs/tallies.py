"""Flags of customers at closes, those who left, and how right the flags were."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction
from math import exp, hypot, sqrt
from typing import TYPE_CHECKING

import numpy as np

from retention_cli.results.signals import Score
from retention_cli.signs.rule import SILENCE
from retention_cli.values.intervals import Z_95, wilson_share
from retention_cli.values.measures import Undefined

if TYPE_CHECKING:
    import numpy.typing as npt

    from retention_cli.signs.groups import Mask, Numbers

EVERYONE = "everyone"
FEWEST = 10
"""With fewer flags silence is nothing to be held against, and chance alone is."""
_NEVER_FLAGGED = Undefined("nobody-flagged", "nobody was flagged at any close")


@dataclass(frozen=True, slots=True)
class Month:
    """Who was there at a close, who left within the horizon, and when."""

    close: int
    there: Mask
    leaves: Mask
    ends: Numbers


@dataclass(slots=True)
class Tally:
    """Pairs of customer and close that were flagged, and those who left, for each customer."""

    flagged: Numbers
    hits: Numbers
    pulls: npt.NDArray[np.float64]
    leads: list[Numbers] = field(default_factory=list)
    reasons: list[Undefined] = field(default_factory=list)
    tested: int = 0
    chance: Fraction = Fraction(0)

    @classmethod
    def of(cls, size: int) -> Tally:
        """Begin with nobody flagged."""
        return cls(np.zeros(size, np.int64), np.zeros(size, np.int64), np.zeros(size))

    def add(self, marks: Mask, month: Month) -> None:
        """Count one close.

        Formula: chance adds the flags, times the share of everyone who left; `pulls` is how much each
            customer moves that sum, by its own flag and by its part in the share.
        """
        self.tested += 1
        self.flagged += marks
        self.hits += marks & month.leaves
        self.leads.append(month.ends[marks & month.leaves] - month.close)
        flags, there = int(marks.sum()), int(month.there.sum())
        share = Fraction(int(month.leaves.sum()), there)
        self.chance += flags * share
        own = month.leaves - float(share) * month.there
        self.pulls += marks * float(share) + flags / there * own


def score_of(name: str, tally: Tally, everyone: Tally, silence: Tally) -> Score:
    """Say how right flags were, beside everyone and silence."""
    flagged, hits, leavers = (int(x.sum()) for x in (tally.flagged, tally.hits, everyone.hits))
    blank = Score(name, flagged, hits, leavers - hits, *([None] * 7))
    if not tally.tested:
        return replace(blank, leavers_missed=leavers, reason=tally.reasons[0])
    recall = Fraction(hits, leavers) if leavers else None
    around = _share_interval(tally.hits, everyone.hits)
    blank = replace(blank, recall=recall, recall_interval=around if leavers else None)
    if not flagged:
        return replace(blank, reason=_NEVER_FLAGGED)
    precision = Fraction(hits, flagged)
    leads = np.sort(np.concatenate(tally.leads))
    return replace(
        blank,
        lead_days_median=_median(leads),
        precision=precision,
        precision_interval=_share_interval(tally.hits, tally.flagged),
        lift=hits / tally.chance if tally.chance else None,
        lift_interval=_lift_interval(tally),
        beats=None if name in {SILENCE, EVERYONE} else _beats(tally, silence),
    )


def _median(values: Numbers) -> Fraction | None:
    if not len(values):
        return None
    low, high = (len(values) - 1) // 2, len(values) // 2
    return Fraction(int(values[low]) + int(values[high]), 2)


def _share_interval(hits: Numbers, tried: Numbers) -> tuple[float, float] | None:
    """Give the Wilson interval of a share, with as many pairs as independent customers make.

    Pairs of one customer hang together: the variance of the share is summed up by customer, and
    says how many pairs that knew nothing of each other would have it.
    """
    total, n = int(hits.sum()), int(tried.sum())
    if not n:
        return None
    p = total / n
    variance = float(((hits - p * tried) ** 2).sum()) / n**2
    customers = int((tried > 0).sum())
    worth = min(n, p * (1 - p) / variance) if variance > 0 else customers
    return wilson_share(p, max(worth, 1.0))


def _lift_interval(tally: Tally) -> tuple[float, float] | None:
    """Give the interval of a lift, on the scale of logarithms, by customer."""
    hits, chance = int(tally.hits.sum()), float(tally.chance)
    if not chance:
        return None
    if not hits:
        highest = _share_interval(tally.hits, tally.flagged)
        return (0.0, highest[1] * int(tally.flagged.sum()) / chance) if highest else None
    parts = tally.hits / hits - tally.pulls / chance
    margin = exp(Z_95 * sqrt(float((parts**2).sum())))
    return hits / chance / margin, hits / chance * margin


def _beats(tally: Tally, silence: Tally) -> bool:
    """Say whether a rule is better than chance, and than silence, by more than chance would make.

    Formula: the interval of its lift lies above 1; Newcombe's interval of the difference of the
        shares that left lies above 0, where silence has flagged enough to tell.
    """
    better = _lift_interval(tally)
    if better is None or better[0] <= 1:
        return False
    return int(silence.flagged.sum()) < FEWEST or _above(tally, silence)


def _above(tally: Tally, other: Tally) -> bool:
    ours, theirs = (_share_interval(one.hits, one.flagged) for one in (tally, other))
    if ours is None or theirs is None:
        return False
    p1, p0 = (int(one.hits.sum()) / int(one.flagged.sum()) for one in (tally, other))
    return p1 - p0 > hypot(p1 - ours[0], theirs[1] - p0)
