"""Gamma-Gamma against published numbers, and on customers drawn from it."""

from __future__ import annotations

import csv

import numpy as np
import pytest
from scipy.special import gammaln

from retention_cli.models import gamma_gamma
from retention_cli.models._data import Spending
from retention_cli.models._fitting import Fit
from retention_cli.values.measures import Undefined

PUBLISHED = (6.25, 3.74, 15.44)
CUSTOMERS = (
    *((2, 22.35), (1, 11.77), (0, 0), (0, 0), (0, 0), (7, 73.74), (1, 11.77), (0, 0)),
    *((2, 25.55), (0, 0)),
)
SPENT = (24.65, 18.91, 35.17, 35.17, 35.17, 71.46, 18.91, 35.17, 27.28, 35.17)
"""The first customers of the CDNOW sample, in Hardie's note 025."""


def spending(*rows):
    x, mean = zip(*rows, strict=True)
    return Spending(np.array(x, dtype=np.int64), np.array(mean, dtype=np.float64))


def drawn(values, count, seed=2):
    p, q, gamma = values
    chance = np.random.default_rng(seed)
    x = chance.poisson(3, count)
    scale = chance.gamma(q, 1 / gamma, count)
    mean = chance.gamma(p * np.maximum(x, 1), 1 / scale) / np.maximum(x, 1)
    return Spending(x, np.where(x > 0, mean, 0.0))


def test_expected_values_are_those_published():
    found = gamma_gamma.expected(PUBLISHED, spending(*CUSTOMERS))
    assert found.tolist() == pytest.approx(SPENT, rel=0.002)


def test_a_fit_finds_the_parameters_that_customers_were_drawn_from():
    found = gamma_gamma.fit(drawn((4.0, 3.5, 30.0), 4000))
    assert isinstance(found, Fit)
    for one, true in zip(found.parameters, (4.0, 3.5, 30.0), strict=True):
        assert one.low < true < one.high, one
    assert found.steep < 1e-6


def test_the_likelihood_is_the_sum_over_customers_in_any_unit_of_money():
    some = drawn((4.0, 3.5, 30.0), 60)
    p, q, gamma = PUBLISHED
    x, z = (column[some.purchases > 0] for column in (some.purchases.astype(float), some.mean))
    total = 0.0
    for n, mean in zip(x, z, strict=True):
        total += gammaln(p * n + q) - gammaln(p * n) - gammaln(q) + q * np.log(gamma)
        total += (p * n - 1) * np.log(mean) + p * n * np.log(n)
        total -= (p * n + q) * np.log(gamma + n * mean)
    for scale in (1.0, 400.0):
        found, _ = gamma_gamma.surface(x, z, scale)(np.log([p, q, gamma / scale]))
        assert found == pytest.approx(total, rel=1e-10)


def test_the_gradient_is_the_slope_of_the_likelihood():
    some = drawn((4.0, 3.5, 30.0), 300)
    there = some.purchases > 0
    surface = gamma_gamma.surface(some.purchases[there].astype(float), some.mean[there], 10.0)
    at = np.log([2.0, 3.0, 4.0])
    slopes = [(surface(at + step)[0] - surface(at - step)[0]) / 2e-6 for step in np.eye(3) * 1e-6]
    assert surface(at)[1] == pytest.approx(slopes, rel=1e-5)


def test_values_in_another_unit_are_the_same_values():
    one = drawn((4.0, 3.5, 30.0), 500)
    other = Spending(one.purchases, one.mean * 10_000)
    first, second = gamma_gamma.fit(one), gamma_gamma.fit(other)
    assert second.values[2] == pytest.approx(first.values[2] * 10_000, rel=1e-6)
    assert gamma_gamma.expected(second.values, other) == pytest.approx(
        gamma_gamma.expected(first.values, one) * 10_000, rel=1e-6
    )


@pytest.mark.parametrize("way", [1, -1])
def test_value_that_goes_with_frequency_is_refused(way):
    rows = [(n, (20 + way * n) * (1 + 0.1 * (at % 7))) for at in range(40) for n in range(1, 9)]
    why = gamma_gamma.fit(spending(*rows))
    assert isinstance(why, Undefined)
    assert why.code == "value-by-frequency"


def test_value_that_goes_with_frequency_a_little_is_warned_of():
    """A correlation between 0.1 and 0.3 leaves the model its answer."""
    chance = np.random.default_rng(0)
    x = chance.poisson(3, 2000) + 1
    mean = chance.gamma(4, 10, 2000) * (1 + 0.06 * x)
    found = gamma_gamma.fit(Spending(x, mean))
    assert 0.1 < gamma_gamma.correlation(x.astype(float), mean) < 0.3
    assert isinstance(found, Fit)
    assert "correlated" in found.warnings[0]


def test_customers_without_a_positive_value_are_not_fitted_on():
    rows = [(2, 10.0)] * 29 + [(3, 0.0)] * 50 + [(2, -4.0)] * 50 + [(0, 0.0)] * 50
    why = gamma_gamma.fit(spending(*rows))
    assert (why.code, "29 customers" in why.message) == ("too-few-repeat-buyers", True)


def test_values_that_are_all_the_same_have_no_best_fit():
    why = gamma_gamma.fit(spending(*[(1 + n % 4, 10.0) for n in range(200)]))
    assert isinstance(why, Undefined)


@pytest.mark.shared
def test_cdnow_gives_the_published_parameters(shared_data):
    file = shared_data / "cdnow" / "cdnow_customers_summary_with_transactions.csv"
    with file.open(encoding="utf-8", newline="") as lines:
        rows = [(int(row["x"]), float(row["zbar"])) for row in csv.DictReader(lines)]
    found = gamma_gamma.fit(spending(*rows))
    assert found.n == 946
    p, q, gamma = found.values
    assert (p, q) == pytest.approx((6.25, 3.74), abs=0.01)
    assert gamma == pytest.approx(15.44, abs=0.02)
    again = [(x, mean) for x, mean in rows if x]
    assert gamma_gamma.correlation(*np.array(again).T) == pytest.approx(0.1139, abs=0.00005)
    assert "0.11" in found.warnings[0]
