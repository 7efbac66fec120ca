"""NBD: customers without a contract buy at a rate of their own, and nobody leaves.

It is what BG/NBD comes to where the purchases show nobody who left.
Source: Ehrenberg, "The Pattern of Consumer Purchases", Applied Statistics 8 (1959).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.special import gammaln, psi

from retention_cli.models import PURCHASES
from retention_cli.models._data import WEEK
from retention_cli.models._fitting import Fit, Surface, fitted
from retention_cli.models.bg_nbd import reason_against

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention_cli.models._data import Histories, Real
    from retention_cli.values.measures import Undefined

OF = PURCHASES
_STARTS = ((0.0, 0.0), (2.0, 2.0), (-1.0, -1.0))


def fit(histories: Histories) -> Fit | Undefined:
    """Find r and alpha: alpha in weeks.

    Undefined: as BG/NBD is.
    """
    if (why := reason_against(histories)) is not None:
        return why
    scale = float(histories.age.mean()) / WEEK
    scales = {"r": 1.0, "alpha": scale}
    return fitted(surface(histories, scale), _STARTS, scales, len(histories))


def surface(histories: Histories, scale: float = 1.0) -> Surface:
    """Give the log-likelihood with its gradient; times are weeks, divided by `scale`."""
    repeats, n_repeats = np.unique(histories.repeats, return_counts=True)
    n_age = np.bincount(histories.age)
    x_age = np.bincount(histories.age, weights=histories.repeats)
    times, total = np.arange(len(n_age)) / (WEEK * scale), len(histories)
    shift = -float(x_age.sum()) * np.log(scale)

    def at(logs: Real) -> tuple[float, Real]:
        r, alpha = np.exp(logs)
        by_time = np.log(alpha + times)
        height = n_repeats @ gammaln(r + repeats) - (r * n_age + x_age) @ by_time
        height += total * (r * logs[1] - gammaln(r))
        slope = (
            n_repeats @ psi(r + repeats) + total * (logs[1] - psi(r)) - n_age @ by_time,
            total * r / alpha - (r * n_age + x_age) @ (1 / (alpha + times)),
        )
        return float(height + shift), np.asarray(slope) * np.exp(logs)

    return at


def p_alive(values: Sequence[float], histories: Histories) -> Real:
    """Give 1 for everybody: by the model nobody leaves."""
    del values
    return np.ones(len(histories))


def expected(values: Sequence[float], histories: Histories, weeks: float) -> Real:
    """Give the purchases that are to be expected of each customer in so many weeks."""
    r, alpha = values
    found: Real = (r + histories.repeats) / (alpha + histories.age / WEEK) * weeks
    return found
