"""What figures owe each other, whatever the world is like.

On one backend: that every backend answers the same is a law of its own.
"""

from __future__ import annotations

from fractions import Fraction

import pytest

import worlds
from retention_cli.kpis import computing
from retention_cli.settings import Window
from retention_cli.values.periods import Period
from seeded import seeds

pytestmark = pytest.mark.sweep

CUSTOMERS = (
    "retention_rate",
    "churn_rate",
    "customers_acquired",
    "customers_lost",
    "customers_reactivated",
    "acquired_and_lost",
)
PERIODS = ("2025-Q1", "2025-01", "2024", "2024-12-31..2025-01-02")

each_seed = pytest.mark.parametrize("seed", seeds(6, 20))
dated_bases = pytest.mark.parametrize("basis", ["dates", "activity"])


def figures(names, seed, basis, period="2025-Q1"):
    window = Window(months=2) if basis == "activity" else worlds.YEAR
    return computing.compute(
        names,
        dataset=worlds.dataset(worlds.world(seed, basis=basis), window=window),
        period=Period.parse(period),
        settings={},
    )


@each_seed
@dated_bases
def test_who_is_there_at_the_end_stayed_came_or_came_back(seed, basis):
    found = figures(CUSTOMERS, seed, basis, PERIODS[seed % len(PERIODS)])
    parts = found["retention_rate"].parts
    assert parts["CE"].total == (
        parts["CS"].total
        - found["customers_lost"].value
        + found["customers_acquired"].value
        - found["acquired_and_lost"].value
        + found["customers_reactivated"].value
    )


@each_seed
@pytest.mark.parametrize("basis", worlds.BASES)
def test_churn_is_what_retention_leaves(seed, basis):
    found = figures(("retention_rate", "churn_rate"), seed, basis)
    retention, churn = found["retention_rate"], found["churn_rate"]
    assert churn.value == 1 - retention.value
    assert churn.sample_size == retention.sample_size
    low, high = retention.interval
    assert churn.interval == pytest.approx((1 - high, 1 - low))


@each_seed
def test_churn_is_the_share_of_the_lost(seed):
    found = figures(("churn_rate", "customers_lost", "retention_rate"), seed, "dates")
    starters = found["retention_rate"].parts["CS"].total
    assert found["churn_rate"].value == Fraction(found["customers_lost"].value, starters)
    lost = worlds.ids(found["customers_lost"])["lost"]
    assert lost == worlds.ids(found["churn_rate"])["lost"]


@each_seed
@dated_bases
def test_the_end_of_one_period_is_the_start_of_the_next(seed, basis):
    chain = (("2024-Q4", "2025-Q1"), ("2025-Q1", "2025-04"), ("2024", "2025-01"))
    before, after = (
        figures(("retention_rate",), seed, basis, name)["retention_rate"]
        for name in chain[seed % len(chain)]
    )
    assert before.parts["CE"].ids() == after.parts["CS"].ids()


@each_seed
def test_new_at_the_end_are_the_acquired_who_stayed_and_those_who_came_back(seed):
    found = figures(CUSTOMERS, seed, "dates")
    ids = {name: set().union(*worlds.ids(found[name]).values()) for name in CUSTOMERS[2:]}
    stayed = ids["customers_acquired"] - ids["acquired_and_lost"]
    assert ids["acquired_and_lost"] <= ids["customers_acquired"]
    assert not stayed & ids["customers_reactivated"]
    new = found["retention_rate"].parts["CN"].ids()
    assert sorted(stayed | ids["customers_reactivated"]) == new


@each_seed
def test_nps_is_promoters_less_detractors(seed):
    found = figures(("nps",), seed, "dates")["nps"]
    promoters, passives, detractors = (
        found.parts[name].total for name in ("promoters", "passives", "detractors")
    )
    assert promoters + passives + detractors == found.sample_size
    assert found.value == Fraction(promoters - detractors, found.sample_size) * 100


@each_seed
def test_months_of_churn_compound_to_the_churn_of_the_period(seed):
    found = figures(("churn_rate", "monthly_churn_rate"), seed, "dates", "2024")
    kept = (1 - found["monthly_churn_rate"].value) ** 12
    assert kept == pytest.approx(float(1 - found["churn_rate"].value))


@each_seed
def test_all_satisfied_and_none_are_the_ends_of_both_readings_of_csat(seed):
    found = figures(("csat", "csat_mean"), seed, "dates")
    share, mean = found["csat"].value, found["csat_mean"].value
    # An answer of the top boxes is worth at least 3/4 of its scale, any other less than that.
    assert share * Fraction(3, 4) <= mean <= share + (1 - share) * Fraction(3, 4)
