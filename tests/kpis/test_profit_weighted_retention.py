from __future__ import annotations

import random
from datetime import timedelta
from fractions import Fraction

import pytest

import worlds
from invoice_worlds import SEEDS, World, answer, figure, money, of_tables, revenue_of, several
from retention_cli.testing import table
from retention_cli.values.measures import Unit
from retention_cli.values.periods import Period

COSTED = "customer_id,invoice_date,amount,cost"
CODED = "customer_id,invoice_date,amount,cost,currency"
HALF = "cost to serve is not in the exports and counts 0"

ANN = ["ann 2024-01-01"]
ONE_LEFT = ["ann 2024-01-01", "bob 2024-01-01 2025-06-10"]


def weighted(customers, rows, header=COSTED, backend="pandas"):
    return figure(
        "profit_weighted_retention",
        "2025-06",
        customers=customers,
        invoices=[header, *rows],
        backend=backend,
    )


@pytest.mark.parametrize(
    ("customers", "rows", "value", "n"),
    [
        pytest.param([], [], "no-starters", 0, id="nobody and nothing"),
        pytest.param(ANN, [], "no-profit-before", 0, id="no invoices"),
        pytest.param(ANN, ["ann,2025-06-02,9,1"], "no-profit-before", 0, id="none before"),
        pytest.param(ANN, ["ann,2025-05-02,9,"], "no-costs", 1, id="a blank cost is not 0"),
        pytest.param(ANN, ["ann,2025-05-02,9,9"], "no-profit-before", 1, id="a profit of 0 is none"),
        pytest.param(ANN, ["ann,2025-05-02,9,10"], "no-profit-before", 1, id="only a loss"),
        pytest.param(ANN, ["ann,2025-05-02,9,1"], 1, 1, id="who stayed and brought nothing now stayed"),
        pytest.param(ONE_LEFT, ["bob,2025-05-02,9,1"], 0, 1, id="all profit left"),
        pytest.param(
            ONE_LEFT, ["ann,2025-05-02,9,6", "bob,2025-05-02,9,8"], Fraction(3, 4), 2, id="weighed by profit, not revenue",
        ),
        pytest.param(
            ONE_LEFT, ["ann,2025-05-02,9,6", "bob,2025-05-02,9,99"], 1, 2, id="who left at a loss is not a loss",
        ),
        pytest.param(
            [*ONE_LEFT, "cy 2024-01-01"],
            ["ann,2025-05-02,9,8", "bob,2025-05-02,9,8", "cy,2025-05-02,9,99"],
            Fraction(1, 2), 3, id="who stayed at a loss takes nothing away",
        ),
        pytest.param(
            ONE_LEFT, ["ann,2025-05-02,9,5", "ann,2025-05-03,9,11", "bob,2025-05-02,9,7"], Fraction(1, 2), 2,
            id="a row at a loss counts within its customer",
        ),
        pytest.param(
            ONE_LEFT, ["ann,2025-05-02,3,2", "ann,2025-05-03,90,", "bob,2025-05-02,3,2"], Fraction(1, 2), 2,
            id="a row without a cost has no weight",
        ),
        pytest.param(
            ONE_LEFT, ["ann,2025-05-02,9,", "bob,2025-05-02,3,2"], 0, 2,
            id="n counts who paid, the cost known or not",
        ),
        pytest.param(
            [*ONE_LEFT, "new 2025-06-01"], ["ann,2025-05-02,2,1", "bob,2025-05-02,2,1", "new,2025-05-02,9,1"],
            Fraction(1, 2), 2, id="who is new has no weight",
        ),
        pytest.param(
            ONE_LEFT, ["ann,2025-05-01,2,1", "bob,2025-05-31,2,1", "ann,2025-04-30,5,0", "ann,2025-06-01,5,0"],
            Fraction(1, 2), 2, id="edge days belong to their period",
        ),
        pytest.param(
            ONE_LEFT, ["ann,2025-05-02,2,1", "bob,2025-05-02,2,1", ",2025-05-02,50,0"], Fraction(1, 2), 2,
            id="nobody is not a customer",
        ),
    ],
)  # fmt: skip
def test_profit_weighted_retention(customers, rows, value, n, backend):
    found = weighted(customers, rows, backend=backend)
    assert answer(found) == value
    assert found.sample_size == n


def test_without_any_cost_data_it_is_undefined(backend):
    header = "customer_id,invoice_date,amount"
    found = weighted(ANN, ["ann,2025-05-02,9"], header, backend)
    assert (found.reason.code, found.reason.message) == ("no-costs", "no costs in the exports")


def test_a_reason_names_the_period_before():
    found = weighted(ANN, ["ann,2025-05-02,9,"])
    assert found.reason.message == "no costs in the invoices of 2025-05"
    found = weighted(ANN, ["ann,2025-06-02,9,1"])
    assert found.reason.message == "none of the customers at the start made a profit in 2025-05"


def test_the_parts_list_who_made_a_loss_and_how_much(backend):
    customers = [*ONE_LEFT, "cy 2024-01-01", "dee 2024-01-01 2025-06-05", "idle 2024-01-01"]
    rows = ["ann,2025-05-02,9,6", "bob,2025-05-02,9,8", "cy,2025-05-02,1,3", "dee,2025-05-02,1,6"]
    found = weighted(customers, rows, backend=backend)
    assert {name: (part.total, part.unit) for name, part in found.parts.items()} == {
        "before": (40_000, Unit.MONEY),
        "stayed": (30_000, Unit.MONEY),
        "loss_makers": (2, Unit.COUNT),
        "losses": (-70_000, Unit.MONEY),
    }
    assert {name: part.ids() for name, part in found.parts.items()} == {
        "before": ["ann", "bob"],
        "stayed": ["ann"],
        "loss_makers": ["cy", "dee"],
        "losses": ["cy", "dee"],
    }


def test_the_cost_of_serving_before_counts(backend):
    plain = "customer_id,invoice_date,amount"
    people = worlds.people(*ONE_LEFT, "cy 2024-01-01")
    tables = worlds.of_customers(people) | {
        "invoices": table(
            "invoices", plain, "ann,2025-04-02,9", "ann,2025-05-02,9", "bob,2025-05-02,9"
        ),
        "costs": table(
            "costs",
            "customer_id,cost_date,amount",
            *("ann,2025-05-01,8", "bob,2025-05-31,6", "cy,2025-05-05,2", ",2025-05-05,99"),
            *("ann,2025-04-30,9", "bob,2025-06-01,9", "stranger,2025-05-05,99"),
        ),
    }
    found = of_tables("profit_weighted_retention", tables, Period.parse("2025-06"), backend)
    assert (found.value, found.sample_size) == (Fraction(1, 4), 2)
    assert (found.parts["loss_makers"].ids(), found.parts["losses"].total) == (["cy"], -20_000)
    assert found.notes == ("direct cost is not in the exports and counts 0",)


@pytest.mark.parametrize(
    ("rows", "notes"),
    [
        pytest.param(["ann,2025-05-02,70,1"], (), id="nothing left out"),
        pytest.param(
            ["ann,2025-05-02,70,1", "bob,2025-05-02,10,", "ann,2025-06-02,10,"],
            ("1 row without a cost is left out, 12.5 % of the revenue",),
            id="a blank cost before",
        ),
        pytest.param(
            ["ann,2025-05-02,70,1", ",2025-05-02,10,", "ghost,2025-05-02,10,"],
            (
                "1 invoice row without a customer id is left out",
                "1 customer of the invoices is not in the customer export and left out",
            ),
            id="rows of nobody and of a stranger",
        ),
    ],
)
def test_what_is_left_out_is_noted(rows, notes, backend):
    rows = ["ann,2025-04-02,1,1", *rows]
    assert weighted(ONE_LEFT, rows, backend=backend).notes == (*notes, HALF)


@pytest.mark.parametrize(
    ("rows", "currency"),
    [
        pytest.param(["ann,2025-05-02,9,1,EUR", "ann,2025-06-02,9,1,USD"], "EUR", id="of now"),
        pytest.param(["ann,2025-05-02,9,1,EUR", "x,2025-05-02,9,1,USD"], "EUR", id="of a stranger"),
        pytest.param(["ann,2025-05-02,9,1,EUR", "ann,2025-05-02,9,,USD"], "EUR", id="left out"),
        pytest.param(["ann,2025-05-02,9,1,EUR", "new,2025-05-02,9,1,USD"], "EUR", id="of the new"),
    ],
)
def test_only_the_currencies_of_the_rows_it_adds_up_decide(rows, currency, backend):
    found = weighted([*ANN, "new 2025-06-02"], rows, CODED, backend)
    assert (found.value, found.currency) == (1, currency)


def test_several_currencies_before_are_not_added_up(backend):
    found = weighted(ONE_LEFT, ["ann,2025-05-02,9,1,EUR", "bob,2025-05-02,9,1,USD"], CODED, backend)
    assert found.reason.message == "amounts are in EUR and USD and no rates are given"
    assert (found.sample_size, found.parts) == (2, {})


def test_there_is_no_period_before_the_calendar():
    found = figure("profit_weighted_retention", "0001-01", customers=ANN, invoices=[COSTED])
    assert answer(found) == "no-starters"


def test_customers_taken_as_exported_have_no_period_before(backend):
    tables = worlds.world(0, basis="flag")
    found = worlds.answer("profit_weighted_retention", tables, backend)
    assert answer(found) == "no-period"


@pytest.mark.parametrize("seed", SEEDS)
def test_agrees_with_weighing_customers_one_by_one(seed, backend):
    world = World(seed)
    rng = random.Random(f"costs {seed}")  # noqa: S311  # a seeded world is not a secret
    owners = [*sorted(world.starters), "ghost", None]
    days = (world.before_start, world.period.start - timedelta(days=1), world.period.start)
    costs = [(rng.choice(owners), day, rng.randrange(1, 500)) for day in days for _ in range(6)]
    lines = [f"{owner or ''},{day},{amount}" for owner, day, amount in costs]
    tables = world.tables | {"costs": table("costs", "customer_id,cost_date,amount", *lines)}
    found = of_tables("profit_weighted_retention", tables, world.period, backend)

    earlier = [row for row in world.earlier if row["customer_id"] in world.starters]
    known = [row for row in earlier if row["cost"] is not None]
    assert found.sample_size == sum(revenue_of(earlier, one) > 0 for one in world.starters)
    if several(known):
        assert answer(found) == "several-currencies"
        return
    profit = dict.fromkeys(world.starters, Fraction(0))
    for row in known:
        profit[row["customer_id"]] += money(row["amount"]) - money(row["cost"])
    for owner, day, amount in costs:
        if owner in profit and day < world.period.start:
            profit[owner] -= amount
    gainers = {one for one, gained in profit.items() if gained > 0}
    losers = sorted(one for one, gained in profit.items() if gained < 0)
    stayed = gainers & world.stayers
    assert answer(found) == sum(profit[one] for one in stayed) / sum(profit[one] for one in gainers)
    assert found.parts["stayed"].ids() == sorted(stayed)
    assert found.parts["loss_makers"].ids() == losers
    assert money(found.parts["losses"].total) == sum(profit[one] for one in losers)
