"""Gamma-Gamma: what a purchase of each customer is worth, whatever their number.

Source: Fader, Hardie, "The Gamma-Gamma Model of Monetary Value" (2013).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import gammaln, psi

from retention_cli.models import VALUE
from retention_cli.models._fitting import Fit, Surface, fitted
from retention_cli.values.measures import Undefined

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention_cli.models._data import Real, Spending

OF = VALUE
FEWEST = 30
WARNED, REFUSED = 0.1, 0.3
_STARTS = ((0.0, 0.7, 0.0), (1.8, 1.3, -1.0), (-1.0, 1.5, 1.0))


def fit(spending: Spending) -> Fit | Undefined:
    """Find p, q and gamma on the customers with a repeat purchase and a positive mean.

    Undefined: with too few of them, and where who buys more often spends another amount.
    """
    there = (spending.purchases > 0) & (spending.mean > 0)
    x, mean = spending.purchases[there].astype(np.float64), spending.mean[there]
    n = len(x)
    if n < FEWEST:
        return Undefined(
            "too-few-repeat-buyers",
            f"{n} customers have repeat purchases with a value, and the model needs {FEWEST}",
            "use a longer period",
        )
    related = correlation(x, mean)
    if abs(related) > REFUSED:
        return Undefined(
            "value-by-frequency",
            f"frequency and value are correlated by {related:.2f}, and the model takes them for"
            f" independent (at most {REFUSED})",
            "take the formula value, or customers who are more alike",
        )
    scale = float(mean.mean())
    scales = {"p": 1.0, "q": 1.0, "gamma": scale}
    found = fitted(surface(x, mean, scale), _STARTS, scales, n)
    if isinstance(found, Fit) and found.values[1] <= 1:
        return Undefined("no-mean", "the values have no mean by the model: q is not above 1")
    if isinstance(found, Fit) and abs(related) > WARNED:
        warning = f"frequency and value are correlated by {related:.2f}, above {WARNED}"
        return replace(found, warnings=(warning,))
    return found


def correlation(x: Real, mean: Real) -> float:
    """Give Pearson's correlation; 0 where one of the two is the same throughout."""
    if len(x) < 2 or not x.std() or not mean.std():
        return 0.0
    return float(np.corrcoef(x, mean)[0, 1])


def surface(x: Real, mean: Real, scale: float = 1.0) -> Surface:
    """Give the log-likelihood with its gradient; means are divided by `scale`."""
    z = mean / scale
    alike, place = np.unique(x, return_inverse=True)
    n_alike, total = np.bincount(place), len(x)
    spent = x * z
    by_x = np.bincount(place, weights=np.log(x) + np.log(z))
    constant = -float(np.log(z).sum()) - total * np.log(scale)

    def at(logs: Real) -> tuple[float, Real]:
        p, q, gamma = np.exp(logs)
        together = np.log(gamma + spent)
        height = n_alike @ (gammaln(p * alike + q) - gammaln(p * alike)) + p * (alike @ by_x)
        height += total * (q * logs[2] - gammaln(q)) - ((p * x + q) * together).sum() + constant
        both = psi(p * alike + q)
        slope = (
            n_alike @ (alike * (both - psi(p * alike))) + alike @ by_x - (x * together).sum(),
            n_alike @ both + total * (logs[2] - psi(q)) - together.sum(),
            total * q / gamma - ((p * x + q) / (gamma + spent)).sum(),
        )
        return float(height), np.asarray(slope) * np.exp(logs)

    return at


def expected(values: Sequence[float], spending: Spending) -> Real:
    """Give the mean value of a purchase to be expected of each customer: of who bought once, that of all."""
    p, q, gamma = values
    x, mean = spending.purchases, np.maximum(spending.mean, 0)
    found: Real = p * (gamma + x * mean) / (p * x + q - 1)
    return found
