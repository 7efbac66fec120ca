"""Shifted beta-geometric: at the end of each term customers under contract renew or leave.

Source: Fader, Hardie, "How to Project Customer Retention", Journal of Interactive Marketing 21 (2007).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.special import betaln, psi

from retention_cli.models import CONTRACTS
from retention_cli.models._fitting import CLIMBS, Fit, Surface, fitted
from retention_cli.values.measures import Undefined

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention_cli.models._data import Contracts, Real

OF = CONTRACTS
FEWEST_LEAVERS = 10
FEWEST_TERMS = 2
_STARTS = ((0.0, 0.0), (0.0, 2.0), (-1.0, 1.0))


def fit(contracts: Contracts) -> Fit | Undefined:
    """Find gamma and delta.

    Undefined: with too few who left, and where nobody is known for two terms.
    """
    leavers, longest = int(contracts.ended.sum()), int(contracts.lived.max(initial=0))
    if leavers < FEWEST_LEAVERS:
        return Undefined(
            "too-few-leavers",
            f"{leavers} of {len(contracts)} customers have left, and the model needs {FEWEST_LEAVERS}",
            "use a longer period, or the formula value alone",
        )
    if longest < FEWEST_TERMS:
        return Undefined(
            "ages-too-short",
            f"nobody is known for {FEWEST_TERMS} terms, and the model is of how leaving changes with age",
            "use a longer period, or set a shorter contract_term in retention.toml",
        )
    scales = {"gamma": 1.0, "delta": 1.0}
    found = fitted(surface(contracts), _STARTS, scales, len(contracts))
    if isinstance(found, Undefined) and found.code == CLIMBS:
        more = "customers leave at much the same rate at any age"
        return Undefined(found.code, f"{found.message}: {more}")
    return found


def surface(contracts: Contracts) -> Surface:
    """Give the log-likelihood with its gradient."""
    terms = np.arange(int(contracts.lived.max(initial=0)) + 1, dtype=np.float64)
    left, here = (
        np.bincount(contracts.lived[who], minlength=len(terms))
        for who in (contracts.ended, ~contracts.ended)
    )
    n_left, n_all = left.sum(), len(contracts)

    def at(logs: Real) -> tuple[float, Real]:
        gamma, delta = np.exp(logs)
        height = left @ betaln(gamma + 1, delta + terms) + here @ betaln(gamma, delta + terms)
        height -= n_all * betaln(gamma, delta)
        after, ends = psi(gamma + delta + terms + 1), psi(gamma + delta + terms)
        start = psi(gamma + delta)
        slope = (
            n_left * psi(gamma + 1)
            - left @ after
            + here.sum() * psi(gamma)
            - here @ ends
            - n_all * (psi(gamma) - start),
            left @ (psi(delta + terms) - after)
            + here @ (psi(delta + terms) - ends)
            - n_all * (psi(delta) - start),
        )
        return float(height), np.asarray(slope) * np.exp(logs)

    return at


def survival(values: Sequence[float], terms: Real) -> Real:
    """Give the share of a cohort that renews so many times."""
    gamma, delta = values
    found: Real = np.exp(betaln(gamma, delta + terms) - betaln(gamma, delta))
    return found


def expected(
    values: Sequence[float], contracts: Contracts, terms: float, rate: float = 0.0
) -> Real:
    """Give the terms that each customer is still to pay for, of so many; those who left, none.

    Formula: the sum of S(lived + k) / S(lived) / (1 + rate)^k for k = 1, 2 … up to `terms`, the last in
        part; `rate` is that of a term.
    """
    lived = contracts.lived.astype(np.float64)
    here = survival(values, lived)
    found = np.zeros(len(lived))
    whole = int(terms)
    for k in range(1, whole + 2):
        share = 1.0 if k <= whole else terms - whole
        if share > 0:
            found += share * survival(values, lived + k) / here / (1 + rate) ** k
    stays: Real = found * ~contracts.ended
    return stays
