"""Where a likelihood has no best place, a fit says so, and never gives what is not a number."""

from __future__ import annotations

import numpy as np
import pytest

from retention_cli.models._fitting import fitted
from retention_cli.values.measures import Undefined

STARTS = ((0.3, -0.2), (-0.5, 0.5))


def nowhere(logs):
    return float("nan"), logs * float("nan")


def saddle(logs):
    one, other = np.sin(logs)
    return float(one * other - 100), np.cos(logs) * np.array([other, one])


def ridge(logs):
    return -float(logs[0] ** 2) - 100, np.array([-2 * logs[0], 0.0])


def climbs(logs):
    return -float(np.exp(-logs[1]) + logs[0] ** 2) - 100, np.array([-2 * logs[0], np.exp(-logs[1])])


@pytest.mark.parametrize(
    ("surface", "starts", "code", "said"),
    [
        pytest.param(nowhere, STARTS, "no-convergence", "no start leads", id="not a number"),
        pytest.param(saddle, ((0.0, 0.0),), "no-convergence", "no clear peak", id="a saddle"),
        pytest.param(ridge, STARTS, "no-convergence", "no clear peak", id="a ridge"),
        pytest.param(climbs, STARTS, "likelihood-climbs", "b goes to infinity", id="at the bound"),
    ],
)
def test_a_likelihood_without_a_peak_is_refused_with_a_reason(surface, starts, code, said):
    why = fitted(surface, starts, {"a": 1.0, "b": 1.0}, 9)
    assert isinstance(why, Undefined)
    assert (why.code, said in why.message) == (code, True), why.message
