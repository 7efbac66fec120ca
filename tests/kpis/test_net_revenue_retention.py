from __future__ import annotations

from fractions import Fraction

import pytest

from invoice_worlds import (
    PUBLISHED,
    SEEDS,
    World,
    answer,
    billed_less_often,
    figure,
    moved,
    revenue_of,
    several,
)
from retention_cli.values.measures import Unit

ANN = ["ann 2024-01-01"]
BOTH = ["ann 2024-01-01", "bob 2024-01-01"]


def nrr(customers, invoices, period="2025-06", backend="pandas"):
    return figure(
        "net_revenue_retention", period, customers=customers, invoices=invoices, backend=backend
    )


@pytest.mark.parametrize(("movement", "gross", "net"), PUBLISHED)
def test_published_cases(movement, gross, net, backend):
    found = nrr(*moved(*movement), backend=backend)
    assert found.value == Fraction(net) / 100
    assert found.sample_size == 3


@pytest.mark.parametrize(
    ("customers", "invoices", "value", "n"),
    [
        pytest.param([], [], "no-starters", 0, id="nobody and nothing"),
        pytest.param(
            ["new 2025-06-01"], ["new,2025-06-01,9"], "no-starters", 0, id="only new ones"
        ),
        pytest.param(ANN, [], "no-revenue-before", 0, id="no invoices"),
        pytest.param(ANN, ["ann,2025-05-09,-9"], "no-revenue-before", 0, id="only credit before"),
        pytest.param(
            BOTH,
            ["ann,2025-05-09,9", "bob,2025-05-09,-9"],
            "no-revenue-before",
            1,
            id="credit as large as bills",
        ),
        pytest.param(
            ANN,
            ["ann,2025-05-02,1000", "ann,2025-06-02,1200"],
            Fraction(6, 5),
            1,
            id="one that upgrades",
        ),
        pytest.param(
            ANN,
            ["ann,2025-05-02,10", "ann,2025-06-02,-7"],
            Fraction(-7, 10),
            1,
            id="credit now is below 0",
        ),
        pytest.param(
            BOTH,
            ["ann,2025-05-02,10", "ann,2025-06-02,20", "bob,2025-05-02,10"],
            1,
            2,
            id="growth of one makes up for another",
        ),
        pytest.param(
            ["ann 2024-01-01 2025-06-10"],
            ["ann,2025-05-02,10", "ann,2025-06-02,10"],
            0,
            1,
            id="billed before leaving is 0 now",
        ),
        pytest.param(
            ["ann 2024-01-01 2025-07-01"],
            ["ann,2025-05-02,10", "ann,2025-06-02,10"],
            1,
            1,
            id="who left on the day after counts in full",
        ),
        pytest.param(
            BOTH,
            ["ann,2025-05-02,10", "ann,2025-06-02,10", "bob,2025-06-02,4"],
            Fraction(7, 5),
            1,
            id="who brought nothing before is in the sum of now",
        ),
        pytest.param(
            [*ANN, "new 2025-06-01"],
            ["ann,2025-05-02,10", "ann,2025-06-02,10", "new,2025-06-02,10", ",2025-06-02,1"],
            1,
            1,
            id="new ones and nobodies are not",
        ),
        pytest.param(
            ANN,
            ["ann,2025-05-02,9", "ann,2025-05-20,-3", "ann,2025-06-02,5", "ann,2025-06-03,-1"],
            Fraction(2, 3),
            1,
            id="credit notes reduce both sums",
        ),
    ],
)
def test_net_revenue_retention(customers, invoices, value, n, backend):
    found = nrr(customers, invoices, backend=backend)
    assert answer(found) == value
    assert found.sample_size == n


def test_an_annual_invoice_does_not_make_the_next_month_zero(backend):
    yearly = ["ann,2024-01-10,1200", "ann,2025-01-10,1200"]
    assert answer(nrr(ANN, yearly, "2025-02", backend=backend)) == "billed-less-often"
    assert answer(nrr(["ann 2023-06-01"], yearly, "2025", backend=backend)) == 1


def test_parts_and_the_ids_behind_them(backend):
    customers = ["up 2024-01-01", "out 2024-01-01 2025-06-10", "idle 2024-01-01"]
    rows = ["up,2025-05-02,5", "up,2025-06-02,9", "out,2025-05-02,5", "out,2025-06-02,5"]
    found = nrr(customers, [*rows, "idle,2025-06-02,5"], backend=backend)
    assert {name: (part.total, part.unit) for name, part in found.parts.items()} == {
        "before": (100_000, Unit.MONEY),
        "now": (140_000, Unit.MONEY),
    }
    assert found.parts["before"].ids() == ["out", "up"]
    assert found.parts["now"].ids() == ["idle", "up"]


def test_without_a_customer_export_customers_are_those_who_bought(backend):
    # A year of history: ann buys on, bob falls silent in June 2024 and is lost a year later.
    rows = [f"ann,2024-{month:02}-15,10" for month in range(1, 13)]
    rows += ["ann,2025-04-15,10", "ann,2025-05-15,10", "ann,2025-06-15,15"]
    rows += [f"bob,2024-{month:02}-15,10" for month in range(1, 7)]
    rows += ["cy,2025-06-02,-5"]  # who only ever got credit is nobody's stranger
    found = nrr(None, rows, backend=backend)
    assert (found.value, found.basis, found.sample_size) == (Fraction(3, 2), "activity", 1)
    assert found.notes == ("a customer is lost after 12 months without a purchase",)
    assert answer(nrr(None, rows, "2024-12", backend=backend)) == "too-little-history"


@pytest.mark.parametrize("seed", SEEDS)
def test_agrees_with_adding_up_customers_one_by_one(seed, backend):
    world = World(seed)
    found = world.figure("net_revenue_retention", backend)
    before = {one: revenue_of(world.earlier, one) for one in world.starters}
    now = {one: revenue_of(world.now, one) for one in world.stayers}
    added = [row for row in world.earlier if row["customer_id"] in world.starters]
    added += [row for row in world.now if row["customer_id"] in world.stayers]
    if several(added):
        assert answer(found) == "several-currencies"
        return
    if billed_less_often(world):
        assert answer(found) == "billed-less-often"
    else:
        assert answer(found) == sum(now.values()) / sum(before.values())
    assert found.sample_size == sum(value > 0 for value in before.values())
    assert found.parts["now"].total == sum(now.values()) * 10_000
    assert found.parts["now"].ids() == sorted(one for one, value in now.items() if value)
