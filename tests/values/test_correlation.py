"""Spearman's rank correlation, held against scipy's, and its interval against Fisher's by hand."""

from __future__ import annotations

from math import atanh, nan, sqrt, tanh

import numpy as np
import pytest
from scipy import stats

from retention_cli.values.correlation import spearman
from seeded import seeds


@pytest.mark.parametrize("seed", seeds(6, 20))
def test_it_is_that_of_scipy_with_ties(seed):
    draw = np.random.default_rng(seed)
    n = int(draw.integers(10, 4_000))
    x = draw.integers(0, int(draw.integers(2, 60)), n)
    y = x * draw.integers(-1, 2) + draw.integers(0, 9, n)
    found, theirs = spearman(x, y), stats.spearmanr(x, y).statistic
    assert found.rho == pytest.approx(theirs, abs=1e-12)
    low, high = found.interval
    assert low == pytest.approx(tanh(atanh(theirs) - 1.959964 / sqrt(n - 3)), abs=1e-9)
    assert low < found.rho < high


def test_pairs_of_which_one_is_not_known_are_left_out():
    x, y = [*range(12), nan, 5], [*range(12), 3, nan]
    found = spearman(x, y)
    assert (found.n, found.rho, found.interval) == (12, 1.0, (1.0, 1.0))
    assert spearman(x, [-one for one in y]).rho == -1


@pytest.mark.parametrize(
    ("x", "y", "code"),
    [
        (range(9), range(9), "too-few-pairs"),
        ([1] * 12, range(12), "no-spread"),
        ([], [], "too-few-pairs"),
    ],
)
def test_it_is_undefined_below_ten_pairs_and_without_spread(x, y, code):
    found = spearman(x, y)
    assert (found.rho, found.interval, found.reason.code) == (None, None, code)


def test_a_hundred_thousand_pairs_are_exact():
    x = np.arange(100_000)
    assert spearman(x, x[::-1]).rho == -1
