"""Models of contracts against the published cohort, and against each other."""

from __future__ import annotations

import numpy as np
import pytest

from retention_cli.models import geometric, shifted_beta_geometric
from retention_cli.models._bootstrap import bootstrapped
from retention_cli.models._data import Contracts
from retention_cli.models._fitting import Fit
from retention_cli.values.measures import Undefined

LOST = (369, 163, 86, 56)


def cohort(lost, still, lived=None):
    """Customers who left after 0, 1, 2 … renewals, and those still there."""
    terms = np.repeat(np.arange(len(lost) + 1), [*lost, still])
    terms[len(terms) - still :] = len(lost) if lived is None else lived
    ended = np.arange(len(terms)) < sum(lost)
    return Contracts(terms, ended)


@pytest.fixture(scope="module")
def published():
    return shifted_beta_geometric.fit(cohort(LOST, 326))


def test_a_fit_to_1000_customers_of_whom_631_468_382_and_326_stay_is_that_published(published):
    assert published.values == pytest.approx((0.764, 1.296), abs=0.001)
    assert published.log_likelihood == pytest.approx(-1401.56, abs=0.005)
    assert published.steep < 1e-6


def test_survivors_of_years_6_to_9_are_those_published(published):
    # The first year ends before any renewal.
    found = 1000 * shifted_beta_geometric.survival(published.values, np.arange(5.0, 9.0))
    assert found.tolist() == pytest.approx([284.5, 253.7, 229.6, 210.3], abs=0.1)


def test_who_has_stayed_longer_is_expected_to_stay_longer(published):
    customers = Contracts(np.arange(6), np.array([False] * 5 + [True]))
    found = shifted_beta_geometric.expected(published.values, customers, 3)
    assert (np.diff(found[:5]) > 0).all()
    assert found[5] == 0
    one = shifted_beta_geometric.survival(published.values, np.arange(4.0))
    assert found[0] == pytest.approx(one[1:].sum())


def test_terms_to_come_are_worth_less_where_there_is_a_rate(published):
    customers = Contracts(np.array([2]), np.array([False]))
    s = shifted_beta_geometric.survival(published.values, np.arange(2.0, 5.0))
    found = shifted_beta_geometric.expected(published.values, customers, 1.5, 0.1)
    assert found[0] == pytest.approx(s[1] / s[0] / 1.1 + 0.5 * s[2] / s[0] / 1.21)


def test_the_gradient_is_the_slope_of_the_likelihood():
    surface = shifted_beta_geometric.surface(cohort(LOST, 326))
    at = np.log([0.5, 2.0])
    slopes = [(surface(at + step)[0] - surface(at - step)[0]) / 2e-6 for step in np.eye(2) * 1e-6]
    assert surface(at)[1] == pytest.approx(slopes, rel=1e-5)


def test_customers_who_leave_at_one_rate_have_no_best_fit_and_are_geometric():
    same = cohort((200, 160, 128, 102, 82), 328)
    why = shifted_beta_geometric.fit(same)
    assert isinstance(why, Undefined)
    assert why.code == "likelihood-climbs"
    found = geometric.fit(same)
    assert isinstance(found, Fit)
    assert found.values[0] / (1 + found.values[0]) == pytest.approx(0.2, abs=0.001)
    stays = 1 / (1 + found.values[0])
    (here,) = geometric.expected(found.values, Contracts(np.array([9]), np.array([False])), 2.5)
    assert here == pytest.approx(stays + stays**2 + 0.5 * stays**3)


@pytest.mark.parametrize("model", [shifted_beta_geometric, geometric])
def test_too_few_who_left_are_refused(model):
    why = model.fit(cohort((5, 4), 90))
    assert (why.code, "9 of 99" in why.message) == ("too-few-leavers", True)


def test_contracts_of_one_term_are_too_short():
    assert shifted_beta_geometric.fit(cohort((20,), 90)).code == "ages-too-short"


def test_a_bootstrap_agrees_with_the_curvature_and_is_the_same_each_time():
    data = cohort(LOST, 326)
    fit = shifted_beta_geometric.fit(data)
    one, two = (bootstrapped(shifted_beta_geometric.fit, data, fit, 25) for _ in range(2))
    assert one == two
    assert one.values == fit.values
    for found, curved in zip(one.parameters, fit.parameters, strict=True):
        assert found.error == pytest.approx(curved.error, rel=0.4)
        assert found.low < found.value < found.high


def test_too_few_draws_tell_nothing():
    data = cohort(LOST, 326)
    fit = shifted_beta_geometric.fit(data)
    found = bootstrapped(shifted_beta_geometric.fit, data, fit, 5)
    assert found.parameters == fit.parameters
    assert "too few draws" in found.warnings[-1]
