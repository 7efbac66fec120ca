"""How sure a fit is of what it says of each customer: by the delta method.

It is the mean of customers with such a past that is in the interval in 19 of 20 cases, and not what one of them does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retention_cli.models._fitting import Z

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from retention_cli.models._data import Real
    from retention_cli.models._fitting import Fit

_STEP = 1e-4


def log_error(say: Callable[[Sequence[float]], Real], fit: Fit) -> Real:
    """Give the standard error of the logarithm of what is said of each customer.

    Formula: sqrt(g' C g), g the slopes by the logarithms of the parameters, C the covariance of those.
    """
    return _error(lambda values: np.log(say(values)), fit)


def around(middle: Real, error: Real) -> tuple[Real, Real]:
    """Give the 95 % interval of what has a sign of its own: that of its logarithm."""
    low, high = np.sort([middle * np.exp(-Z * error), middle * np.exp(Z * error)], axis=0)
    return low, high


def share_around(say: Callable[[Sequence[float]], Real], fit: Fit) -> tuple[Real, Real]:
    """Give the 95 % interval of a share of each customer: that of its log-odds; nan at 0 and 1."""

    def odds(values: Sequence[float]) -> Real:
        share = say(values)
        logs: Real = np.log(share) - np.log1p(-share)
        return logs

    with np.errstate(divide="ignore", invalid="ignore"):
        error, middle = _error(odds, fit), odds(fit.values)
        low, high = (1 / (1 + np.exp(-(middle + way * Z * error))) for way in (-1, 1))
    return low, high


def _error(say: Callable[[Sequence[float]], Real], fit: Fit) -> Real:
    values = np.asarray(fit.values)
    # What is 0 or 1 for certain has a logarithm without end, and no interval.
    with np.errstate(divide="ignore", invalid="ignore"):
        slopes = [
            (say(values * np.exp(step)) - say(values * np.exp(-step))) / (2 * _STEP)
            for step in np.eye(len(values)) * _STEP
        ]
        found: Real = np.sqrt(np.einsum("kn,kl,ln->n", slopes, fit.covariance, slopes))
    return found
