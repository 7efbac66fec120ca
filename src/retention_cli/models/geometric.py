"""Geometric: customers under contract leave at one rate, whatever their age.

It is what the shifted beta-geometric comes to where customers do not differ.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retention_cli.models import CONTRACTS
from retention_cli.models._fitting import Fit, Surface, fitted
from retention_cli.values.measures import Undefined

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention_cli.models._data import Contracts, Real

OF = CONTRACTS
FEWEST_LEAVERS = 10


def fit(contracts: Contracts) -> Fit | Undefined:
    """Find the odds of leaving at the end of a term: those who left by those who renewed.

    Undefined: with too few who left.
    """
    leavers = int(contracts.ended.sum())
    if leavers < FEWEST_LEAVERS:
        return Undefined(
            "too-few-leavers",
            f"{leavers} of {len(contracts)} customers have left, and the model needs {FEWEST_LEAVERS}",
            "use a longer period, or the formula value alone",
        )
    return fitted(surface(contracts), ((0.0,), (-3.0,)), {"odds": 1.0}, len(contracts))


def surface(contracts: Contracts) -> Surface:
    """Give the log-likelihood with its gradient."""
    left, renewed = float(contracts.ended.sum()), float(contracts.lived.sum())

    def at(logs: Real) -> tuple[float, Real]:
        odds = np.exp(logs[0])
        height = left * logs[0] - (left + renewed) * np.log1p(odds)
        return float(height), np.asarray([left - (left + renewed) * odds / (1 + odds)])

    return at


def expected(
    values: Sequence[float], contracts: Contracts, terms: float, rate: float = 0.0
) -> Real:
    """Give the terms that each customer is still to pay for, of so many; `rate` is that of a term."""
    stays = 1 / (1 + values[0])
    shares = np.minimum(np.maximum(terms - np.arange(np.ceil(terms)), 0), 1)
    each = shares * (stays / (1 + rate)) ** np.arange(1, len(shares) + 1)
    found: Real = each.sum() * ~contracts.ended
    return found
