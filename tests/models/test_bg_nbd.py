"""BG/NBD against published numbers, against integrals, and on customers drawn from it."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.special import gammaln
from scipy.stats import beta as beta_law

from retention_cli.models import bg_nbd, nbd
from retention_cli.models._data import Histories
from retention_cli.models._fitting import Fit
from retention_cli.values.measures import Undefined

PUBLISHED = (0.243, 4.414, 0.793, 2.426)
"""Of the CDNOW sample: r, alpha, a and b, in Fader, Hardie and Lee, 2005."""


def histories(*rows):
    return Histories(*(np.array(column, dtype=np.int64) for column in zip(*rows, strict=True)))


def drawn(values, count, days, seed=1):
    """Customers as the model has them, simulated one by one."""
    r, alpha, a, b = values
    chance = np.random.default_rng(seed)
    rows = []
    for _ in range(count):
        rate, leaving = chance.gamma(r, 1 / (alpha * 7)), chance.beta(a, b)
        day, last, repeats, end = 0.0, 0, 0, int(chance.integers(days // 2, days))
        while True:
            day += chance.exponential(1 / rate)
            if day >= end:
                break
            repeats, last = repeats + 1, int(day)
            if chance.random() < leaving:
                break
        rows.append((repeats, last, end))
    return histories(*rows)


@pytest.fixture(scope="module")
def simulated():
    return drawn((0.6, 3.0, 0.8, 2.5), 3000, 400)


@pytest.fixture(scope="module")
def fitted(simulated):
    return bg_nbd.fit(simulated)


def test_expected_purchases_of_a_new_customer_are_those_published():
    weeks = (0.1429, 1, 3, 31.8571, 32, 78)
    new = np.zeros(1)
    found = [bg_nbd._while_alive(PUBLISHED, new, new, one)[0] for one in weeks]
    published = [0.0078, 0.0532, 0.1506, 1.0405, 1.0437, 1.8576]
    # Published with parameters of more digits than were printed.
    assert found == pytest.approx(published, rel=0.002, abs=0.00005)


def test_expected_purchases_of_a_known_customer_are_those_published():
    (found,) = bg_nbd.expected(PUBLISHED, histories((2, 213, 272)), 39)
    assert found == pytest.approx(1.226, abs=0.0005)


def test_likelihoods_of_counts_are_those_published():
    assert bg_nbd.likely(PUBLISHED, 10, 2) == pytest.approx(1.07869e-07, rel=1e-4)
    assert bg_nbd.likely(PUBLISHED, 0, 39) == pytest.approx(0.5737864, rel=1e-6)


def test_likelihoods_of_counts_come_to_one():
    assert sum(bg_nbd.likely(PUBLISHED, n, 39) for n in range(150)) == pytest.approx(1, abs=1e-6)


def test_who_bought_once_is_alive():
    assert bg_nbd.p_alive(PUBLISHED, histories((0, 0, 5000))).tolist() == [1.0]


def test_a_longer_silence_is_never_a_better_sign():
    silences = histories(*((5, 100, 100 + more) for more in range(0, 3000, 50)))
    alive = bg_nbd.p_alive(PUBLISHED, silences)
    assert (np.diff(alive) < 0).all()


def by_integral(values, x, age, weeks):
    """E[X(t)] of a customer who is alive: lambda is Gamma(r + x, alpha + T), p is Beta(a, b + x)."""
    r, alpha, a, b = values

    def of(p):
        return (1 - ((alpha + age) / (alpha + age + p * weeks)) ** (r + x)) / p

    return quad(lambda p: of(p) * beta_law.pdf(p, a, b + x), 0, 1, limit=200)[0]


@pytest.mark.parametrize(
    "values", [PUBLISHED, (2.0, 9.0, 1.0, 1.5), (0.5, 1.0, 3.2, 7.0), (0.4, 5.0, 0.4, 0.6)]
)
@pytest.mark.parametrize(("x", "days", "weeks"), [(0, 0, 10.0), (3, 210, 39.0), (40, 350, 52.0)])
def test_expected_purchases_are_the_integral_over_what_customers_may_be(values, x, days, weeks):
    found = bg_nbd._while_alive(values, np.array([float(x)]), np.array([days / 7]), weeks)[0]
    assert found == pytest.approx(by_integral(values, x, days / 7, weeks), rel=1e-5)


def slow_likelihood(values, rows):
    r, alpha, a, b = values

    def log_beta(c, d):
        return gammaln(c) + gammaln(d) - gammaln(c + d)

    total = 0.0
    for x, last, age in zip(rows.repeats, rows.last / 7, rows.age / 7, strict=True):
        many = gammaln(r + x) - gammaln(r) + r * np.log(alpha)
        stays = log_beta(a, b + x) - log_beta(a, b) + many - (r + x) * np.log(alpha + age)
        one = np.exp(stays)
        if x:
            leaves = log_beta(a + 1, b + x - 1) - log_beta(a, b) + many
            one += np.exp(leaves - (r + x) * np.log(alpha + last))
        total += np.log(one)
    return total


def test_the_likelihood_is_the_sum_over_customers_in_any_unit_of_time(simulated):
    some = simulated.taken(np.arange(200))
    alike, counts = some.grouped()
    assert counts.sum() == 200
    for scale in (1.0, 17.0):
        logs = np.log([0.243, 4.414 / scale, 0.793, 2.426])
        found, _ = bg_nbd.surface(alike, counts, scale)(logs)
        assert found == pytest.approx(slow_likelihood(PUBLISHED, some), rel=1e-10)


def test_the_gradient_is_the_slope_of_the_likelihood(simulated):
    surface = bg_nbd.surface(*simulated.grouped(), 3.0)
    at = np.log([0.3, 2.0, 1.5, 2.0])
    steps = np.eye(4) * 1e-6
    slopes = [(surface(at + step)[0] - surface(at - step)[0]) / 2e-6 for step in steps]
    assert surface(at)[1] == pytest.approx(slopes, rel=1e-5)


def test_a_fit_finds_the_parameters_that_customers_were_drawn_from(fitted):
    assert isinstance(fitted, Fit)
    for one, true in zip(fitted.parameters, (0.6, 3.0, 0.8, 2.5), strict=True):
        assert one.low < true < one.high, one
        assert one.low < one.value < one.high


def test_a_fit_is_flat_at_its_top_and_above_its_neighbours(fitted, simulated):
    assert fitted.steep < 1e-6
    surface = bg_nbd.surface(*simulated.grouped())
    top = np.log(fitted.values)
    assert surface(top)[0] == pytest.approx(fitted.log_likelihood, rel=1e-12)
    for step in np.vstack([np.eye(4), -np.eye(4)]) * 0.02:
        assert surface(top + step)[0] < fitted.log_likelihood


def test_standard_errors_are_those_of_the_curvature(fitted, simulated):
    surface = bg_nbd.surface(*simulated.grouped())
    top, h = np.log(fitted.values), 1e-3
    e = np.eye(4) * h
    bends = [
        [
            (
                surface(top + i + j)[0]
                - surface(top + i - j)[0]
                - surface(top - i + j)[0]
                + surface(top - i - j)[0]
            )
            / (4 * h * h)
            for j in e
        ]
        for i in e
    ]
    errors = np.sqrt(np.diag(np.linalg.inv(-np.array(bends)))) * fitted.values
    assert [one.error for one in fitted.parameters] == pytest.approx(errors, rel=0.01)


def test_too_few_who_bought_again_are_refused():
    rows = [(0, 0, 300)] * 500 + [(2, 100, 300)] * 29
    why = bg_nbd.fit(histories(*rows))
    assert isinstance(why, Undefined)
    assert why.code == "too-few-repeat-buyers"
    assert "29 of 529 customers" in why.message


def test_ages_that_are_too_short_are_refused():
    why = bg_nbd.fit(histories(*[(1, 20, 40), (0, 0, 50)] * 100))
    assert why.code == "ages-too-short"


@pytest.fixture(scope="module")
def faithful():
    """Customers who buy at rates of their own to the very end."""
    chance = np.random.default_rng(3)
    age = chance.integers(400, 700, 600)
    repeats = chance.poisson(chance.gamma(1.5, 1 / 60, 600) * age)
    last = [
        int(chance.uniform(0, 1, n).max() * end) if n else 0
        for n, end in zip(repeats, age, strict=True)
    ]
    return histories(*zip(repeats, last, age, strict=True))


def test_customers_who_never_leave_are_told_as_such_and_are_of_nbd(faithful):
    why = bg_nbd.fit(faithful)
    assert isinstance(why, Undefined)
    assert why.code == "nobody-leaves"
    found = nbd.fit(faithful)
    assert isinstance(found, Fit)
    for one, true in zip(found.parameters, (1.5, 60 / 7), strict=True):
        assert one.low < true < one.high
    bought = nbd.expected(found.values, faithful, 10).sum()
    assert bought == pytest.approx(faithful.repeats.sum() / faithful.age.mean() * 70, rel=0.1)
    assert set(nbd.p_alive(found.values, faithful)) == {1.0}


def test_nbd_is_bg_nbd_without_leaving(faithful):
    r, alpha = 0.9, 7.0
    at, slope = nbd.surface(faithful, 3.0)(np.log([r, alpha / 3]))
    whole, _ = bg_nbd.surface(*faithful.grouped())(np.log([r, alpha, 1e-9, 1e3]))
    assert at == pytest.approx(whole, rel=1e-6)
    steps = np.eye(2) * 1e-6
    base, surface = np.log([r, alpha / 3]), nbd.surface(faithful, 3.0)
    slopes = [(surface(base + step)[0] - surface(base - step)[0]) / 2e-6 for step in steps]
    assert slope == pytest.approx(slopes, rel=1e-5)


def test_nothing_is_ever_not_a_number(fitted, simulated):
    extremes = histories((0, 0, 0), (0, 0, 9000), (4000, 8999, 9000), (1, 1, 9000))
    for values in (fitted.values, PUBLISHED, (0.001, 900, 0.001, 800)):
        for rows in (extremes, simulated):
            assert np.isfinite(bg_nbd.p_alive(values, rows)).all()
            assert np.isfinite(bg_nbd.expected(values, rows, 52)).all()
