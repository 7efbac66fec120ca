"""The highest place of a likelihood, how sure it is, and when there is none to be had."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import exp
from typing import TypeAlias

import numpy as np
from scipy.optimize import minimize

from retention_cli.models._data import Real
from retention_cli.values.measures import Undefined

Surface: TypeAlias = Callable[[Real], tuple[float, Real]]
"""A log-likelihood and its gradient, at the logarithms of the parameters."""

CLIMBS = "likelihood-climbs"
"""The code of a fit that would get better without end."""
Z = 1.959964
BOUND = 9.0
"""How far the logarithm of a parameter may go, times and amounts being scaled to about 1."""
STEEP = 1e-6
"""The largest gradient at an optimum, as a share of the log-likelihood."""
_NEAR_BOUND = 0.05
_NEAR = 1e-4
_FAR = 30.0
_FLAT = 2.0
"""The standard error of a logarithm above which a parameter may be anything."""
_STEP = 1e-4
_POLISHES = 16
_LEVEL = 1e-12


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter, its standard error, and the 95 % interval: that of its logarithm."""

    name: str
    value: float
    error: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Fit:
    """A model that was fitted: to `n` customers, with a gradient that is `steep` at the optimum.

    Shape: `covariance` is that of the logarithms of the parameters, row by row.
    """

    parameters: tuple[Parameter, ...]
    log_likelihood: float
    n: int
    steep: float = 0.0
    warnings: tuple[str, ...] = ()
    covariance: tuple[tuple[float, ...], ...] = ()

    @property
    def values(self) -> tuple[float, ...]:
        """The values of the parameters, in order."""
        return tuple(one.value for one in self.parameters)


@dataclass(frozen=True, slots=True)
class NoPeak(Undefined):
    """Why a likelihood has no best place, and the logarithms of the highest one that was found."""

    logs: tuple[float, ...] = ()


def fitted(
    surface: Surface,
    starts: Sequence[Sequence[float]],
    scales: Mapping[str, float],
    n: int,
    *,
    rough: Surface | None = None,
) -> Fit | Undefined:
    """Climb from several starts, and take the highest place, where it is one.

    Shape: `scales` has the name of each parameter, and what one of it is in the units of the data.
        A `rough` surface is climbed first, and the whole one from its highest place.
    Undefined: where the likelihood still climbs at the bound, and where it is not a peak.
    """
    peaks = _peaks(rough or surface, starts, _climbed)
    if peaks and rough is not None:
        near = max(peaks, key=lambda peak: peak[1])[0]
        peaks = _peaks(surface, [near], _finished)
    if not peaks:
        return Undefined("no-convergence", "no start leads to a likelihood that is a number")
    logs, height = max(peaks, key=lambda peak: peak[1])
    names = list(scales)
    at_bound = np.flatnonzero(np.abs(logs) > BOUND - _NEAR_BOUND)
    if len(at_bound):
        way = "0" if logs[at_bound[0]] < 0 else "infinity"
        why = f"the likelihood still climbs where {names[at_bound[0]]} goes to {way}"
        return NoPeak(CLIMBS, why, logs=tuple(logs))
    steep = float(np.abs(surface(logs)[1]).max() / abs(height))
    covariance = _covariance(_hessian(surface, logs))
    if steep > STEEP or covariance is None:
        return NoPeak("no-convergence", "the likelihood has no clear peak", logs=tuple(logs))
    errors = np.sqrt(np.diag(covariance))
    if errors.max() > _FLAT:
        why = f"the likelihood is all but flat, so {names[errors.argmax()]} may be anything"
        return NoPeak(CLIMBS, why, logs=tuple(logs))
    values = np.exp(logs) * np.asarray(list(scales.values()))
    parameters = tuple(
        Parameter(name, value, value * error, value * exp(-Z * error), value * exp(Z * error))
        for name, value, error in zip(names, values.tolist(), errors.tolist(), strict=True)
    )
    return Fit(parameters, height, n, steep, covariance=tuple(map(tuple, covariance.tolist())))


def _peaks(
    surface: Surface,
    starts: Sequence[Sequence[float] | Real],
    climb: Callable[[Surface, Real], tuple[Real, float]],
) -> list[tuple[Real, float]]:
    found = (climb(surface, np.asarray(start, dtype=np.float64)) for start in starts)
    return [(logs, height) for logs, height in found if np.isfinite(height)]


def _climbed(surface: Surface, start: Real) -> tuple[Real, float]:
    """Climb from one start, and take the last steps by Newton's."""
    scale = 1 / max(abs(surface(start)[0]), 1.0)

    def down(logs: Real) -> tuple[float, Real]:
        height, gradient = surface(np.clip(logs, -_FAR, _FAR))
        return -height * scale, -gradient * scale

    # Not L-BFGS-B: so small a problem takes it ten times as long, where cores are few.
    found = minimize(down, start, jac=True, method="BFGS", options={"gtol": _NEAR})
    return _finished(surface, np.clip(found.x, -BOUND, BOUND))


def _finished(surface: Surface, logs: Real) -> tuple[Real, float]:
    """Take Newton's steps from near the top; they share a curvature as long as it does."""
    height, gradient = surface(logs)
    covariance = None
    for _ in range(_POLISHES):
        steep = np.abs(gradient).max()
        if not steep > _LEVEL * abs(height):
            break
        covariance = _covariance(_hessian(surface, logs)) if covariance is None else covariance
        if covariance is None:
            break
        tried = np.clip(logs + np.clip(covariance @ gradient, -1, 1), -BOUND, BOUND)
        reached, slope = surface(tried)
        if not reached >= height - _LEVEL * abs(height):
            break
        if np.abs(slope).max() > steep / 5:
            covariance = None
        logs, height, gradient = tried, reached, slope
    return logs, height


def _hessian(surface: Surface, logs: Real) -> Real:
    """Give the second derivatives, by the central differences of the gradient."""
    steps = np.eye(len(logs)) * _STEP
    found = [(surface(logs + step)[1] - surface(logs - step)[1]) / (2 * _STEP) for step in steps]
    rows = np.asarray(found)
    symmetric: Real = (rows + rows.T) / 2
    return symmetric


def _covariance(hessian: Real) -> Real | None:
    """Give the inverse of the information; None where the place is not a peak."""
    if not np.isfinite(hessian).all():
        return None
    bends, ways = np.linalg.eigh(-hessian)
    if bends[0] <= 1e-9 * bends[-1]:
        return None
    inverse: Real = (ways / bends) @ ways.T
    return inverse
