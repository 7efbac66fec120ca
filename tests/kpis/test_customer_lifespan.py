from __future__ import annotations

from fractions import Fraction

import pytest

from invoice_worlds import SEEDS, World, answer, figure, of_tables
from retention_cli.kpis.customer_lifespan import customer_lifespan
from retention_cli.testing import table
from retention_cli.values.measures import Measure
from retention_cli.values.periods import Period

STAY = [f"s{n} 2024-01-01" for n in range(19)]
LEFT = "left 2024-01-01 2025-06-20"


def lifespan(customers, period="2025-06", backend="pandas", **settings):
    return figure("customer_lifespan", period, customers=customers, backend=backend, **settings)


@pytest.mark.parametrize(
    ("customers", "value", "n"),
    [
        pytest.param([], "no-starters", 0, id="nobody"),
        pytest.param(["new 2025-06-02 2025-06-10"], "no-starters", 0, id="nobody at the start"),
        pytest.param(STAY, "no-churn", 19, id="nobody left"),
        pytest.param(
            [*STAY, "new 2025-06-02 2025-06-10"], "no-churn", 19, id="only a new one left"
        ),
        pytest.param([*STAY, LEFT], Fraction(5, 3), 20, id="one of twenty in a month: 20 months"),
        pytest.param([LEFT], Fraction(1, 12), 1, id="all of them: a month"),
    ],
)
def test_customer_lifespan(customers, value, n, backend):
    found = lifespan(customers, backend=backend)
    assert answer(found) == value
    assert found.sample_size == n


@pytest.mark.parametrize(
    ("period", "churn", "years"),
    [
        pytest.param("2024", Fraction(25, 100), 4, id="25 % a year: four years"),
        pytest.param("2024", Fraction(1, 3), 3, id="a third a year: three years"),
        pytest.param("2024", Fraction(20, 100), 5, id="of 80 % kept: five years"),
        pytest.param("2024", Fraction(1, 6), 6, id="of 83.3 % kept: six years"),
        pytest.param(
            "2025-Q1", Fraction(20, 100), Fraction(5, 4), id="20 % a quarter: five quarters"
        ),
        pytest.param(
            "2025-06-01..2025-06-10",
            Fraction(1, 2),
            Fraction(20) / Fraction("365.2425"),
            id="half in ten days",
        ),
    ],
)
def test_published_shares(period, churn, years):
    measure = Measure.of(churn, sample_size=100)
    assert customer_lifespan(churn_rate=measure, period=Period.parse(period)).value == years


def test_without_churn_the_hint_says_what_to_do():
    reason = lifespan(STAY).reason
    assert reason.message == "nobody left in the period, so the lifespan has no bound"
    assert reason.hint == "set lifespan_years in retention.toml or use a longer period"


@pytest.mark.parametrize(
    "customers", [[], STAY, [*STAY, LEFT]], ids=["nobody", "no churn", "churn"]
)
def test_a_lifespan_that_is_set_is_taken_whatever_the_churn(customers):
    found = lifespan(customers, lifespan_years=Fraction(5, 2))
    assert (found.value, found.notes) == (Fraction(5, 2), ("set by lifespan_years",))
    assert found.sample_size == len(customers)


def test_the_source_and_the_customers_behind_it_are_shown(backend):
    found = lifespan([*STAY, LEFT], backend=backend)
    assert found.notes == ("1 / churn rate of the period",)
    assert (found.basis, found.parts["lost"].ids()) == ("dates", ["left"])


def test_customers_taken_as_exported_left_in_no_period():
    tables = {"customers": table("customers", "customer_id,status", "ann,active", "bob,ended")}
    period = Period.parse("2025-06")
    found = of_tables("customer_lifespan", tables, period)
    assert (answer(found), found.sample_size) == ("no-period", 2)
    assert of_tables("customer_lifespan", tables, period, lifespan_years=Fraction(3)).value == 3


@pytest.mark.parametrize("seed", SEEDS)
def test_agrees_with_counting_people_one_by_one(seed, backend):
    world = World(seed)
    found = world.figure("customer_lifespan", backend)
    lost = len(world.starters) - len(world.stayers)
    expected = world.years * len(world.starters) / lost if lost else "no-churn"
    assert answer(found) == expected
    assert found.sample_size == len(world.starters)
