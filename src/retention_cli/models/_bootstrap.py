"""How sure parameters are, by fitting a model again to customers drawn with replacement."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from retention_cli.models._fitting import Fit

if TYPE_CHECKING:
    from collections.abc import Callable

    from retention_cli.models._data import Contracts, Histories, Spending
    from retention_cli.values.measures import Undefined

_FEWEST = 20


def bootstrapped(
    find: Callable[..., Fit | Undefined],
    data: Histories | Contracts | Spending,
    fit: Fit,
    draws: int,
) -> Fit:
    """Give a fit the errors and 95 % intervals of so many draws; the same draws each time.

    Draws that no model fits are left out, and said; of fewer than twenty nothing is told.
    """
    chance = np.random.default_rng(0)
    size = len(data)
    fits = (find(data.taken(chance.integers(size, size=size))) for _ in range(draws))
    found = np.asarray([one.values for one in fits if isinstance(one, Fit)])
    left_out = draws - len(found)
    warned = (f"{left_out} of {draws} draws of the bootstrap gave no fit",) if left_out else ()
    if len(found) < _FEWEST:
        return replace(fit, warnings=(*fit.warnings, *warned, "too few draws for a bootstrap"))
    low, high = np.quantile(found, (0.025, 0.975), axis=0).tolist()
    errors = found.std(axis=0, ddof=1).tolist()
    parameters = tuple(
        replace(one, error=errors[at], low=low[at], high=high[at])
        for at, one in enumerate(fit.parameters)
    )
    together = np.atleast_2d(np.cov(np.log(found), rowvar=False)).tolist()
    return replace(
        fit,
        parameters=parameters,
        warnings=(*fit.warnings, *warned),
        covariance=tuple(map(tuple, together)),
    )
