"""How right the rules were at the closes of past months, with what was known then."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction
from math import exp, hypot, sqrt
from typing import TYPE_CHECKING

import numpy as np

from retention_cli.results.signals import ANY, Backtest, Score
from retention_cli.signs.groups import NEVER
from retention_cli.signs.history import day_of, number_of
from retention_cli.signs.rule import SILENCE, Found, rules
from retention_cli.values.intervals import Z_95, wilson_share
from retention_cli.values.measures import Undefined
from retention_cli.values.periods import add_months

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    import numpy.typing as npt

    from retention_cli.signs.groups import Mask, Numbers
    from retention_cli.signs.history import History
    from retention_cli.signs.thresholds import Told

EVERYONE = "everyone"
FEWEST = 10
"""With fewer flags silence is nothing to be held against, and chance alone is."""
_NEVER_FLAGGED = Undefined("nobody-flagged", "nobody was flagged at any close")


@dataclass(frozen=True, slots=True)
class _Month:
    """Who was there at a close, who left within the horizon, and when."""

    close: int
    there: Mask
    leaves: Mask
    ends: Numbers


@dataclass(slots=True)
class _Tally:
    """Pairs of customer and close that were flagged, and those who left, for each customer."""

    flagged: Numbers
    hits: Numbers
    pulls: npt.NDArray[np.float64]
    leads: list[Numbers] = field(default_factory=list)
    reasons: list[Undefined] = field(default_factory=list)
    tested: int = 0
    chance: Fraction = Fraction(0)

    @classmethod
    def of(cls, size: int) -> _Tally:
        """Begin with nobody flagged."""
        return cls(np.zeros(size, np.int64), np.zeros(size, np.int64), np.zeros(size))

    def add(self, marks: Mask, month: _Month) -> None:
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


def backtest(history: History, last: date, told: Told) -> Backtest:
    """Hold the flags of every rule against who left within the horizon.

    Formula: at the close of each month, the customers who were there; one leaves who is not there
        at the close of the day so many days later. Lift is the leavers among the flagged, over as
        many as there would be had as many been flagged by lot at each close. Months whose horizon ends after the last date of
        the data are not tested. Intervals count each customer as one, however many closes it is in.
    Undefined: where nobody is seen to leave, and where no month has its horizon inside the data.
    Source: docs/signals.md.
    """
    horizon = int(told["horizon"])
    if reason := _untold(history):
        return Backtest(horizon, reason=reason)
    closes = _closes(history, last, int(told["backtest_months"]), horizon)
    if not closes:
        return Backtest(
            horizon,
            reason=Undefined(
                "no-past-month",
                f"no month has {horizon} days after it in the data, and customers at its close",
                'take a shorter horizon: [signals] horizon = "30 days" in retention.toml',
            ),
        )
    size = len(history.ids)
    names = [*(rule.name for rule in rules()), ANY, EVERYONE]
    tallies = {name: _Tally.of(size) for name in names}
    for close in closes:
        _test(history, number_of(close), told, tallies)
    everyone = tallies[EVERYONE]
    scores = tuple(_score(name, tallies[name], everyone, tallies[SILENCE]) for name in names)
    unknown = int(history.unknown.sum())
    notes = (
        (f"customers who left on a day nobody knows are not tested: {unknown:,}",)
        if unknown
        else ()
    )
    return Backtest(
        horizon=horizon,
        closes=tuple(day_of(number_of(close) - 1) for close in closes),
        pairs=int(everyone.flagged.sum()),
        leavers=int(everyone.hits.sum()),
        scores=scores,
        notes=(*notes, *_said(history), *_few(tallies[SILENCE])),
    )


def _untold(history: History) -> Undefined | None:
    """Say why nobody is seen to leave."""
    membership = history.membership
    if membership is None:
        return Undefined("no-basis", "nothing in the exports says who was a customer when")
    if membership.as_exported:
        return Undefined(
            "no-period",
            "the customers have no dates, so nobody knows who was there at the close of a month",
            "add start dates and end dates to the customers",
        )
    return membership.unseen


def _said(history: History) -> tuple[str, ...]:
    """Say what exports do not tell of the past."""
    said = [
        f"renewals at past closes are reckoned from the start, every {history.term}: contract_term"
        if history.term
        else "renewal dates are as of today, so that contract_ends is tested on notices alone;"
        ' contract_term = "1 year" in retention.toml would tell earlier ones'
    ]
    membership = history.membership
    if membership is not None and membership.basis == "activity":
        said.append(
            f"a customer leaves on the day when its last purchase is {membership.window} ago:"
            " silence comes before that by definition"
        )
    return tuple(said)


def _few(silence: _Tally) -> tuple[str, ...]:
    flags = int(silence.flagged.sum())
    if flags >= FEWEST:
        return ()
    return (
        f"silence flags {flags:,} times, fewer than {FEWEST}: rules are held against chance alone",
    )


def _closes(history: History, last: date, months: int, horizon: int) -> list[date]:
    """List the first days after the closes of months, the earliest first."""
    first = _first_known(history)
    closes: list[date] = []
    at = last.replace(day=1)
    while len(closes) < months and number_of(at) > first:
        if number_of(at) + horizon <= number_of(last) + 1 and history.active(number_of(at)).any():
            closes.append(at)
        at = add_months(at, -1)
    return closes[::-1]


def _first_known(history: History) -> int:
    starts = history.spells["start"]
    membership = history.membership
    first = int(starts.min(initial=1 << 40))
    if membership is not None and membership.history is not None and membership.window is not None:
        first = max(first, number_of(membership.history.known_from(membership.window)) - 1)
    return max(first, -(1 << 19))


def _test(history: History, close: int, told: Told, tallies: Mapping[str, _Tally]) -> None:
    """Flag the customers of one close, and count who left."""
    past = history.at(close)
    there = history.active(close) & ~history.unknown
    ends = history.left(close, close + int(told["horizon"]))
    month = _Month(close, there, there & (ends < NEVER), ends)
    any_ = np.zeros(past.size, np.bool_)
    for rule in rules():
        found = rule.answer(past, told)
        if isinstance(found, Found):
            marks = np.zeros(past.size, np.bool_)
            marks[found.who] = True
            marks &= there
            any_ |= marks
            tallies[rule.name].add(marks, month)
        else:
            tallies[rule.name].reasons.append(found)
    tallies[ANY].add(any_, month)
    tallies[EVERYONE].add(there, month)


def _score(name: str, tally: _Tally, everyone: _Tally, silence: _Tally) -> Score:
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


def _lift_interval(tally: _Tally) -> tuple[float, float] | None:
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


def _beats(tally: _Tally, silence: _Tally) -> bool:
    """Say whether a rule is better than chance, and than silence, by more than chance would make.

    Formula: the interval of its lift lies above 1; Newcombe's interval of the difference of the
        shares that left lies above 0, where silence has flagged enough to tell.
    """
    better = _lift_interval(tally)
    if better is None or better[0] <= 1:
        return False
    return int(silence.flagged.sum()) < FEWEST or _above(tally, silence)


def _above(tally: _Tally, other: _Tally) -> bool:
    ours, theirs = (_share_interval(one.hits, one.flagged) for one in (tally, other))
    if ours is None or theirs is None:
        return False
    p1, p0 = (int(one.hits.sum()) / int(one.flagged.sum()) for one in (tally, other))
    return p1 - p0 > hypot(p1 - ours[0], theirs[1] - p0)
