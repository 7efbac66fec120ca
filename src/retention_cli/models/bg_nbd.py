"""BG/NBD: customers without a contract buy at a rate of their own until, after a purchase, they leave.

Source: Fader, Hardie, Lee, "Counting Your Customers the Easy Way", Marketing Science 24 (2005).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.special import betaln, gammaln, hyp2f1, psi

from retention_cli.models import PURCHASES
from retention_cli.models._data import WEEK, Histories, Real
from retention_cli.models._fitting import CLIMBS, Fit, NoPeak, Surface, fitted
from retention_cli.values.measures import Undefined

if TYPE_CHECKING:
    from collections.abc import Sequence

OF = PURCHASES
FEWEST_REPEATERS = 30
SHORTEST_WEEKS = 8
_STARTS = ((0.0, 0.0, 0.0, 0.0), (-1.4, -1.4, -0.2, 0.9), (1.0, 1.0, -2.0, 1.0))
_NUDGE = 1e-5
NOBODY_LEAVES = "nobody-leaves"
"""The code of purchases that show nobody who left."""
_NOBODY = 0.001
_ROUGHLY = 5_000
"""So many histories, evenly from all in order, are enough to tell the starts apart."""


def fit(histories: Histories) -> Fit | Undefined:
    """Find r, alpha, a and b: alpha in weeks.

    Undefined: with too few customers who bought again, and where half of all are known for less
        than eight weeks.
    """
    if (why := reason_against(histories)) is not None:
        return why
    alike, counts = histories.grouped()
    scale = float((alike.age * counts).sum() / counts.sum()) / WEEK
    scales = {"r": 1.0, "alpha": scale, "a": 1.0, "b": 1.0}
    rough = slice(None, None, -(-len(alike) // _ROUGHLY))
    some = Histories(alike.repeats[rough], alike.last[rough], alike.age[rough])
    found = fitted(
        surface(alike, counts, scale),
        _STARTS,
        scales,
        len(histories),
        rough=surface(some, counts[rough], scale),
    )
    if isinstance(found, NoPeak):
        _, _, a, b = np.exp(found.logs)
        if a / (a + b) < _NOBODY:
            return Undefined(
                NOBODY_LEAVES, "nobody is seen to leave: who is silent may just buy seldom"
            )
    if isinstance(found, Undefined) and found.code == CLIMBS:
        more = "these purchases do not show customers who leave apart from those who buy seldom"
        return Undefined(found.code, f"{found.message}; {more}", _LONGER)
    return found


_LONGER = "use a longer period, or the formula value alone"


def reason_against(histories: Histories) -> Undefined | None:
    """Say why there are too few purchases for a model."""
    repeaters = int((histories.repeats > 0).sum())
    if repeaters < FEWEST_REPEATERS:
        return Undefined(
            "too-few-repeat-buyers",
            f"{repeaters} of {len(histories)} customers bought on a second day, and the model needs"
            f" {FEWEST_REPEATERS}",
            _LONGER,
        )
    weeks = float(np.median(histories.age)) / WEEK
    if weeks < SHORTEST_WEEKS:
        return Undefined(
            "ages-too-short",
            f"half of the customers first bought less than {weeks:.1f} weeks before the end, and the"
            f" model needs {SHORTEST_WEEKS}",
            _LONGER,
        )
    return None


def surface(histories: Histories, counts: Real, scale: float = 1.0) -> Surface:
    """Give the log-likelihood with its gradient; times are weeks, divided by `scale`.

    What is the same for all of an age or a number of repeats is reckoned once; only who bought again is
    looked at one by one. Long rows are summed without BLAS, whose threads wait for each other on a busy machine.
    """
    repeats, place = np.unique(histories.repeats, return_inverse=True)
    n_repeats, total = np.bincount(place, weights=counts), counts.sum()
    times = np.arange(int(histories.age.max(initial=0)) + 1) / (WEEK * scale)
    n_age = np.bincount(histories.age, weights=counts)
    x_age = np.bincount(histories.age, weights=counts * histories.repeats)
    again = np.flatnonzero(histories.repeats)
    x, place, count = histories.repeats[again].astype(np.float64), place[again], counts[again]
    last, age = histories.last[again], histories.age[again]
    # The likelihood is one of times: in another unit it is this many times as dense.
    shift = -float(x_age.sum()) * np.log(scale)

    def at(logs: Real) -> tuple[float, Real]:
        r, alpha, a, b = np.exp(logs)
        by_time, inverse = np.log(alpha + times), 1 / (alpha + times)
        fewer = b + np.maximum(repeats - 1, 0)
        silence = by_time[age] - by_time[last]
        odds = (logs[2] - np.log(fewer))[place] + (r + x) * silence
        small = np.exp(-np.abs(odds))
        left = count * np.where(odds > 0, 1, small) / (1 + small)
        either = count * (np.maximum(odds, 0) + np.log1p(small))
        common = gammaln(r + repeats) + gammaln(b + repeats) - gammaln(a + b + repeats)
        height = n_repeats @ common - (r * n_age + x_age) @ by_time + either.sum()
        height += total * (r * logs[1] + gammaln(a + b) - gammaln(r) - gammaln(b))
        of_all = psi(a + b) - psi(a + b + repeats)
        slope = (
            n_repeats @ psi(r + repeats)
            + total * (logs[1] - psi(r))
            - n_age @ by_time
            + (left * silence).sum(),
            total * r / alpha
            - (r * n_age + x_age) @ inverse
            + (left * (r + x) * (inverse[age] - inverse[last])).sum(),
            n_repeats @ of_all + left.sum() / a,
            n_repeats @ (of_all + psi(b + repeats) - psi(b)) - (left / fewer[place]).sum(),
        )
        return float(height + shift), np.asarray(slope) * np.exp(logs)

    return at


def p_alive(values: Sequence[float], histories: Histories) -> Real:
    """Give how likely it is that each customer has not left. Who bought once has not: leaving follows a repeat."""
    r, alpha, a, b = values
    x = histories.repeats
    last, age = histories.last / WEEK, histories.age / WEEK
    odds = (r + x) * np.log((alpha + age) / (alpha + last))
    odds += np.log(a) - np.log(b + np.maximum(x - 1, 0))
    alive: Real = np.where(x > 0, 1 / (1 + np.exp(np.minimum(odds, 700.0))), 1.0)
    return alive


def expected(values: Sequence[float], histories: Histories, weeks: float) -> Real:
    """Give the purchases that are to be expected of each customer in so many weeks after the end.

    Formula: by Euler's transformation of 2F1, in which nothing large is taken off anything large.
    """
    pairs = histories.repeats * (int(histories.age.max(initial=0)) + 1) + histories.age
    _, first, place = np.unique(pairs, return_index=True, return_inverse=True)
    one = histories.taken(first)
    bought: Real = _while_alive(values, one.repeats.astype(np.float64), one.age / WEEK, weeks)[
        place
    ]
    return bought * p_alive(values, histories)


def _while_alive(values: Sequence[float], x: Real, age: Real, weeks: float) -> Real:
    r, alpha, a, b = values
    # At a = 1, and at a + b = 1 of who bought once, both sides go to 0: the value lies between its neighbours.
    if min(abs(a - 1), abs(a + b - 1)) < _NUDGE:
        sides = [
            _while_alive((r, alpha, a + way, b), x, age, weeks) for way in (-_NUDGE * 2, _NUDGE * 2)
        ]
        between: Real = (sides[0] + sides[1]) / 2
        return between
    z = weeks / (alpha + age + weeks)
    third = a + b + x - 1
    bracket = 1 - (1 - z) ** (a - 1) * hyp2f1(a + b - 1 - r, a - 1, third, z)
    found: Real = third / (a - 1) * bracket
    return found


def likely(values: Sequence[float], count: int, weeks: float) -> float:
    """Give how likely a customer buys so often in so many weeks after the first purchase."""
    r, alpha, a, b = values
    z = weeks / (alpha + weeks)
    drawn = np.exp(gammaln(r + count) - gammaln(r) - gammaln(count + 1))
    stayed = np.exp(betaln(a, b + count) - betaln(a, b)) * drawn * (1 - z) ** r * z**count
    if not count:
        return float(stayed)
    j = np.arange(count)
    fewer = np.exp(gammaln(r + j) - gammaln(r) - gammaln(j + 1)) * z**j
    left = np.exp(betaln(a + 1, b + count - 1) - betaln(a, b)) * (1 - (1 - z) ** r * fewer.sum())
    return float(stayed + left)
