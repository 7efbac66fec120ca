"""How sure a fit is of each customer: against parameters drawn as its covariance has them."""

from __future__ import annotations

from functools import partial

import numpy as np
import pytest

from retention_cli.models import bg_nbd, gamma_gamma, geometric, shifted_beta_geometric
from retention_cli.models._bootstrap import bootstrapped
from retention_cli.models._data import Contracts, Histories, Spending
from retention_cli.models._fitting import Fit, Parameter, Z
from retention_cli.models._intervals import around, log_error, share_around

HISTORIES = Histories(np.array([0, 2, 9]), np.array([0, 90, 200]), np.array([200, 272, 272]))
SPENDING = Spending(np.array([0, 2, 9]), np.array([0.0, 20.0, 80.0]))
CONTRACTS = Contracts(np.array([0, 3, 8]), np.array([False, False, True]))
SAYS = [
    (partial(bg_nbd.expected, histories=HISTORIES, weeks=39), (0.24, 4.4, 0.8, 2.4)),
    (partial(gamma_gamma.expected, spending=SPENDING), (6.25, 3.74, 15.44)),
    (partial(shifted_beta_geometric.expected, contracts=CONTRACTS, terms=12.0), (0.76, 1.3)),
    (partial(geometric.expected, contracts=CONTRACTS, terms=7.5, rate=0.01), (0.1,)),
]


def sure(values, share=0.03):
    """A fit whose parameters hang together, each known to some three per cent."""
    size = len(values)
    covariance = share**2 * (np.eye(size) * 0.6 + 0.4)
    named = tuple(Parameter(str(at), value, 0, 0, 0) for at, value in enumerate(values))
    return Fit(named, -1.0, 9, covariance=tuple(map(tuple, covariance)))


def drawn(fit, count=3000):
    chance = np.random.default_rng(4)
    logs = chance.multivariate_normal(np.log(fit.values), np.array(fit.covariance), count)
    return np.exp(logs)


@pytest.mark.parametrize(("say", "values"), SAYS)
def test_an_error_is_how_far_drawn_parameters_spread_what_is_said(say, values):
    fit = sure(values)
    found = log_error(say, fit)
    said = np.array([say(tuple(one)) for one in drawn(fit)])
    there = said[0] > 0
    assert found[there] == pytest.approx(np.log(said[:, there]).std(axis=0), rel=0.08)
    assert np.isnan(found[~there]).all()  # who left for good has no interval


def test_a_share_is_between_0_and_1_and_one_that_is_certain_has_no_interval():
    fit = sure((0.24, 4.4, 0.8, 2.4), 0.05)
    say = partial(bg_nbd.p_alive, histories=HISTORIES)
    low, high = share_around(say, fit)
    assert np.isnan([low[0], high[0]]).all()  # by the model who bought once is alive
    spread = np.quantile([say(tuple(one)) for one in drawn(fit)], (0.025, 0.975), axis=0)
    assert low[1:] == pytest.approx(spread[0, 1:], abs=0.01)
    assert high[1:] == pytest.approx(spread[1, 1:], abs=0.01)


def test_ends_are_in_order_where_credits_make_a_value_negative():
    low, high = around(np.array([10.0, -10.0]), np.array([0.1, 0.1]))
    assert low.tolist() == pytest.approx([10 * np.exp(-0.1 * Z), -10 * np.exp(0.1 * Z)])
    assert (low < high).all()


def test_a_bootstrap_spreads_what_is_said_much_as_the_curvature_does():
    chance = np.random.default_rng(6)
    leaving = chance.beta(1.5, 6.0, 1500)
    renewed, known = chance.geometric(leaving) - 1, chance.integers(1, 13, 1500)
    data = Contracts(np.minimum(renewed, known), renewed < known)
    fit = shifted_beta_geometric.fit(data)
    again = bootstrapped(shifted_beta_geometric.fit, data, fit, 40)
    say = partial(shifted_beta_geometric.expected, contracts=CONTRACTS, terms=12.0)
    assert again.covariance != fit.covariance
    assert log_error(say, again)[:2] == pytest.approx(log_error(say, fit)[:2], rel=0.5)
