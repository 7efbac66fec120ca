from __future__ import annotations

from fractions import Fraction
from math import exp, log

import pytest

import worlds
from retention_cli.values.periods import Period
from seeded import seeds


def monthly(rows, backend="pandas", period="2025"):
    tables = worlds.of_customers(rows)
    return worlds.answer("monthly_churn_rate", tables, backend, period=Period.parse(period))


def lost_in(period, *, lost, of):
    """So many starters, of whom so many left in the middle of a period."""
    span = Period.parse(period)
    middle = span.start + (span.end - span.start) / 2
    return worlds.crowd({"2020-01-01": of - lost, f"2020-01-01 {middle}": lost})


@pytest.mark.parametrize(
    ("period", "lost", "of", "value"),
    [
        pytest.param("2025-Q2", 150, 1_000, 0.05273176281409042, id="15 % in a quarter: 5.27 %"),
        pytest.param("2025-Q2", 125, 1_000, 0.0435344, id="12.5 % in a quarter: 4.35 %"),
        pytest.param("2025", 1_136, 10_000, 0.01, id="11.36 % in a year: 1 %"),
        pytest.param("2025", 2_153, 10_000, 0.02, id="21.53 % in a year: 2 %"),
        pytest.param("2025", 3_062, 10_000, 0.03, id="30.62 % in a year: 3 %"),
        pytest.param("2025", 4_596, 10_000, 0.05, id="45.96 % in a year: 5 %"),
        pytest.param("2025", 7_176, 10_000, 0.10, id="71.76 % in a year: 10 %"),
    ],
)
def test_published_figures(period, lost, of, value):
    measure = monthly(lost_in(period, lost=lost, of=of), period=period)
    assert measure.value == pytest.approx(value, abs=1e-5)
    assert measure.sample_size == of


def test_of_one_month_it_is_the_churn_rate_exactly(backend):
    measure = monthly(lost_in("2025-02", lost=15, of=100), backend, "2025-02")
    assert measure.value == Fraction(15, 100)
    assert isinstance(measure.value, Fraction)


@pytest.mark.parametrize("lost", [0, 7], ids=["nobody left", "everybody left"])
def test_none_and_all_are_so_in_every_month(lost):
    assert monthly(lost_in("2025", lost=lost, of=7)).value == lost / 7


def test_days_are_taken_as_months_of_the_mean_length():
    period = "2025-01-11..2025-03-01"
    measure = monthly(lost_in(period, lost=1, of=4), period=period)
    assert measure.value == pytest.approx(1 - 0.75 ** (30.436875 / 50), abs=1e-12)
    assert measure.notes == ("50 days are taken as 1.64 months",)


def test_the_interval_goes_through_the_same_root():
    low, high = monthly(lost_in("2025", lost=20, of=200)).interval
    assert low == pytest.approx(1 - 0.9343 ** (1 / 12), abs=5e-6)
    assert high == pytest.approx(1 - 0.8506 ** (1 / 12), abs=5e-6)


def test_a_flag_belongs_to_no_length_of_time(backend):
    rows = [{"customer_id": "a", "status": "ended"}, {"customer_id": "b", "status": "active"}]
    customers = worlds.table("customers", rows, without=("start_date", "end_date"))
    measure = worlds.answer("monthly_churn_rate", {"customers": customers}, backend)
    assert (measure.value, measure.reason.code, measure.as_exported) == (None, "no-length", True)


def test_without_starters_there_is_no_rate(backend):
    measure = monthly(worlds.people("a 2025-01-01"), backend)
    assert measure.reason.code == "no-starters"


@pytest.mark.parametrize("seed", seeds(6, 20))
def test_the_oracle_loses_the_same_in_three_equal_steps(seed, backend):
    rows = worlds.spells(seed)
    first, last = (worlds.there(rows, day) for day in (worlds.PERIOD.start, worlds.PERIOD.end))
    measure = monthly(rows, backend, "2025-Q1")
    left_after = len(first) * (1 - measure.value) ** 3
    assert left_after == pytest.approx(len(first & last), abs=1e-9)
    assert measure.value == pytest.approx(1 - exp(log(len(first & last) / len(first)) / 3))
    assert worlds.ids(measure) == {"CS": sorted(first), "lost": sorted(first - last)}
