from __future__ import annotations

from fractions import Fraction

import pytest

from invoice_worlds import (
    SEEDS,
    World,
    answer,
    figure,
    money,
    only_currency,
    purchases,
    several,
)
from retention_cli.kpis.clv import clv
from retention_cli.values.measures import Measure

USD = "customer_id,invoice_date,amount,currency"
STAY = [f"s{n} 2024-01-01" for n in range(19)]
LEFT = "left 2024-01-01 2025-06-20"


def subscription(customers, backend="pandas", **settings):
    """Everyone pays 100 a month."""
    rows = [f"{spell.split()[0]},2025-06-03,100.00,USD" for spell in customers]
    return figure(
        "clv", "2025-06", customers=customers, invoices=[USD, *rows], backend=backend, **settings
    )


def product(value, frequency, lifespan):
    return clv(
        average_purchase_value=Measure.of(Fraction(value) * 10_000, sample_size=1, currency="USD"),
        purchase_frequency=Measure.of(Fraction(frequency), sample_size=7),
        customer_lifespan=Measure.of(Fraction(lifespan), sample_size=1),
    )


def test_100_a_month_and_5_percent_churn_make_2000(backend):
    found = subscription([*STAY, LEFT], backend)
    assert (found.value, found.currency, found.sample_size) == (20_000_000, "USD", 20)


def test_without_churn_it_is_undefined_and_the_hint_says_what_to_do(backend):
    found = subscription(STAY, backend)
    assert found.reason.code == "no-churn"
    assert found.reason.hint == "set lifespan_years in retention.toml or use a longer period"
    assert found.sample_size == 19


def test_a_lifespan_that_is_set_gives_it_a_bound(backend):
    found = subscription(STAY, backend, lifespan_years=Fraction(2))
    assert found.value == 100 * 12 * 2 * 10_000
    assert "set by lifespan_years" in found.notes


@pytest.mark.parametrize(
    ("value", "frequency", "lifespan", "expected"),
    [
        pytest.param("24.30", 52, 20, "25272", id="Starbucks, average of averages"),
        pytest.param("5.90", "218.4", 20, "25771.20", id="Starbucks, the other visits"),
        pytest.param("3.90", "46.56", "1.1", "199.7424", id="Starbucks, unsatisfied"),
        pytest.param("4.30", "48.72", "4.4", "921.7824", id="Starbucks, satisfied"),
        pytest.param("7.20", "53.04", "8.3", "3169.6704", id="Starbucks, highly satisfied"),
        pytest.param(100, 12, Fraction(5, 3), "2000", id="100 a month, 5 % churn"),
        pytest.param(10, 12, Fraction(100, 48), "250", id="10 a month, 4 % churn"),
        pytest.param(2000, 12, Fraction(1000, 60), "400000", id="2,000 a month, 0.5 % churn"),
        pytest.param("-1.5", 2, 3, "-9", id="credit makes it negative"),
        pytest.param(0, 12, 1, "0", id="nothing is worth nothing"),
    ],
)
def test_published_products(value, frequency, lifespan, expected):
    found = product(value, frequency, lifespan)
    assert found.value == Fraction(expected) * 10_000
    assert (found.sample_size, found.currency) == (7, "USD")


def test_it_is_rounded_nowhere():
    assert product(Fraction(1, 3), Fraction(1, 7), Fraction(1, 11)).value == Fraction(10_000, 231)


@pytest.mark.parametrize(
    ("undefined", "code"),
    [
        pytest.param({0}, "why-0", id="no value"),
        pytest.param({1}, "why-1", id="no frequency"),
        pytest.param({2}, "why-2", id="no lifespan"),
        pytest.param({1, 2}, "why-1", id="the first of two"),
        pytest.param({0, 1, 2}, "why-0", id="the first of all"),
    ],
)
def test_an_undefined_factor_gives_its_reason(undefined, code):
    names = ("average_purchase_value", "purchase_frequency", "customer_lifespan")
    factors = {
        name: Measure.undefined(f"why-{place}", "said", hint="do")
        if place in undefined
        else Measure.of(1, sample_size=3)
        for place, name in enumerate(names)
    }
    reason = clv(**factors).reason
    assert (reason.code, reason.message, reason.hint) == (code, "said", "do")


def test_it_shows_the_parts_and_notes_of_its_factors(backend):
    found = subscription([*STAY, LEFT], backend)
    assert {name: part.total for name, part in found.parts.items()} == {
        "revenue": 20_000_000,
        "invoices": 20,
        "customers": 20,
        "CS": 20,
        "lost": 1,
    }
    assert found.notes == ("1 / churn rate of the period",)
    assert found.basis == "dates"


def test_a_note_of_two_factors_is_said_once(backend):
    rows = [f"ann,{year}-06-15,10" for year in range(2020, 2026)]
    rows += ["bob,2023-06-01,10", "bob,2024-06-15,10"]
    found = figure("clv", "2025-06", invoices=rows, backend=backend)
    assert found.notes == (
        "a customer is lost after 12 months without a purchase",
        "1 / churn rate of the period",
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_agrees_with_revenue_a_customer_over_churn(seed, backend):
    # value x frequency x lifespan = revenue / customers / churn: the invoices and the years cancel
    world = World(seed)
    found = world.figure("clv", backend)
    active = {
        spell["customer_id"]
        for spell in world.spells
        if spell["start_date"] < world.period.end
        and (spell["end_date"] is None or spell["end_date"] >= world.period.start)
    }
    customers = active | {row["customer_id"] for row in purchases(world.now)} - {None}
    lost = len(world.starters) - len(world.stayers)
    revenue = sum(money(row["amount"]) for row in world.now)
    if several(world.now):
        assert answer(found) == "several-currencies"
    elif not lost:
        assert answer(found) == "no-churn"
    else:
        churn = Fraction(lost, len(world.starters))
        assert answer(found) == revenue / len(customers) / churn * 10_000
        assert found.currency == only_currency(world.now)
    assert found.sample_size == len(customers)
