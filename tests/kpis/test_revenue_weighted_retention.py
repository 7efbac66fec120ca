from __future__ import annotations

from fractions import Fraction

import pytest

from invoice_worlds import SEEDS, World, answer, figure, moved, revenue_of, several

ANN = ["ann 2024-01-01"]
ONE_LEFT = ["ann 2024-01-01", "bob 2024-01-01 2025-06-10"]


def weighted(customers, invoices, period="2025-06", backend="pandas"):
    return figure(
        "revenue_weighted_retention",
        period,
        customers=customers,
        invoices=invoices,
        backend=backend,
    )


@pytest.mark.parametrize(
    ("customers", "invoices", "value", "n"),
    [
        pytest.param([], [], "no-starters", 0, id="nobody and nothing"),
        pytest.param(ANN, [], "no-revenue-before", 0, id="no invoices"),
        pytest.param(ANN, ["ann,2025-06-02,9"], "no-revenue-before", 0, id="none before"),
        pytest.param(ANN, ["ann,2025-05-02,-9"], "no-revenue-before", 0, id="only credit before"),
        pytest.param(ANN, ["ann,2025-05-02,9"], 1, 1, id="who stayed and brought nothing now stayed"),
        pytest.param(ONE_LEFT, ["ann,2025-05-02,3", "bob,2025-05-02,1"], Fraction(3, 4), 2, id="weighed by revenue"),
        pytest.param(
            ONE_LEFT, ["ann,2025-05-02,3", "bob,2025-05-02,1", "bob,2025-06-02,9"], Fraction(3, 4), 2,
            id="revenue of the period changes nothing",
        ),
        pytest.param(
            ONE_LEFT, ["ann,2025-05-02,3", "bob,2025-05-02,1", "ann,2024-05-02,9"], Fraction(3, 4), 2,
            id="nor does how often they are billed",
        ),
        pytest.param(ONE_LEFT, ["bob,2025-05-02,1"], 0, 1, id="all revenue left"),
        pytest.param(
            [*ONE_LEFT, "new 2025-06-01"], ["ann,2025-05-02,1", "bob,2025-05-02,1", "new,2025-05-02,9"],
            Fraction(1, 2), 2, id="who is new has no weight",
        ),
        pytest.param(
            ONE_LEFT, ["ann,2025-05-01,1", "bob,2025-05-31,1", "ann,2025-04-30,5", "ann,2025-06-01,5"],
            Fraction(1, 2), 2, id="edge days belong to their period",
        ),
        pytest.param(
            ONE_LEFT, ["ann,2025-05-02,9", "bob,2025-05-02,-3"], Fraction(3, 2), 1,
            id="credit is a weight below 0",
        ),
    ],
)  # fmt: skip
def test_revenue_weighted_retention(customers, invoices, value, n, backend):
    found = weighted(customers, invoices, backend=backend)
    assert answer(found) == value
    assert found.sample_size == n


def test_growth_and_shrinking_do_not_count(backend):
    found = weighted(*moved(1_000_000, 200_000, 50_000, 100_000), backend=backend)
    assert found.value == Fraction(9, 10)


def test_only_the_currencies_of_the_period_before_decide(backend):
    header = "customer_id,invoice_date,amount,currency"
    found = weighted(ANN, [header, "ann,2025-05-02,9,EUR", "ann,2025-06-02,9,USD"], backend=backend)
    assert (found.value, found.currency) == (1, "EUR")
    found = weighted(ANN, [header, "ann,2025-05-02,9,EUR", "ann,2025-05-02,9,USD"], backend=backend)
    assert found.reason.message == "amounts are in EUR and USD and no rates are given"
    assert found.sample_size == 1


def test_parts_and_the_ids_behind_them(backend):
    customers = [*ONE_LEFT, "idle 2024-01-01"]
    found = weighted(customers, ["ann,2025-05-02,3", "bob,2025-05-02,1"], backend=backend)
    assert {name: part.total for name, part in found.parts.items()} == {
        "before": 40_000,
        "stayed": 30_000,
    }
    assert found.parts["before"].ids() == ["ann", "bob"]
    assert found.parts["stayed"].ids() == ["ann"]


@pytest.mark.parametrize("seed", SEEDS)
def test_agrees_with_weighing_customers_one_by_one(seed, backend):
    world = World(seed)
    found = world.figure("revenue_weighted_retention", backend)
    before = {one: revenue_of(world.earlier, one) for one in world.starters}
    stayed = {one: before[one] for one in world.stayers}
    added = [row for row in world.earlier if row["customer_id"] in world.starters]
    if several(added):
        assert answer(found) == "several-currencies"
        return
    assert answer(found) == sum(stayed.values()) / sum(before.values())
    assert found.sample_size == sum(value > 0 for value in before.values())
    assert found.parts["stayed"].ids() == sorted(one for one, value in stayed.items() if value)
