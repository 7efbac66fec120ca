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
    of_tables,
    revenue_of,
    several,
)
from retention_cli.testing import table
from retention_cli.values.measures import Unit
from retention_cli.values.periods import Period

ANN = ["ann 2024-01-01"]
BOTH = ["ann 2024-01-01", "bob 2024-01-01"]
CODED = "customer_id,invoice_date,amount,currency"


def grr(customers, invoices, period="2025-06", backend="pandas"):
    return figure(
        "gross_revenue_retention", period, customers=customers, invoices=invoices, backend=backend
    )


@pytest.mark.parametrize(("movement", "gross", "net"), PUBLISHED)
def test_published_cases(movement, gross, net, backend):
    found = grr(*moved(*movement), backend=backend)
    assert found.value == Fraction(gross) / 100
    assert found.sample_size == 3


@pytest.mark.parametrize(
    ("customers", "invoices", "value", "n"),
    [
        pytest.param([], [], "no-starters", 0, id="nobody and nothing"),
        pytest.param(
            ["new 2025-06-01"], ["new,2025-06-01,9"], "no-starters", 0, id="only new ones"
        ),
        pytest.param(ANN, [], "no-revenue-before", 0, id="no invoices"),
        pytest.param(ANN, ["ann,2025-06-01,9"], "no-revenue-before", 0, id="none before"),
        pytest.param(
            ANN,
            ["ann,2025-04-30,9", "ann,2025-06-01,9"],
            "no-revenue-before",
            0,
            id="none in the period before",
        ),
        pytest.param(
            ANN,
            ["ann,2025-05-09,-9", "ann,2025-06-01,9"],
            "no-revenue-before",
            0,
            id="only credit before",
        ),
        pytest.param(
            ANN,
            ["ann,2025-05-09,0", "ann,2025-06-01,9"],
            "no-revenue-before",
            0,
            id="an invoice of 0 before",
        ),
        pytest.param(
            ANN,
            ["ann,2025-05-01,10", "ann,2025-05-31,10", "ann,2025-06-30,5"],
            Fraction(1, 4),
            1,
            id="edge days belong to their periods",
        ),
        pytest.param(
            ANN, ["ann,2025-05-31,10", "ann,2025-06-01,10"], 1, 1, id="the other edge days too"
        ),
        pytest.param(
            ANN, ["ann,2025-05-20,10", "ann,2025-07-01,10"], 0, 1, id="the day after does not count"
        ),
        pytest.param(
            ANN, ["ann,2025-05-02,10", "ann,2025-06-02,12"], 1, 1, id="growth does not count"
        ),
        pytest.param(
            ANN, ["ann,2025-05-02,10", "ann,2025-06-02,7"], Fraction(7, 10), 1, id="shrinking does"
        ),
        pytest.param(
            ANN, ["ann,2025-05-02,10", "ann,2025-06-02,-7"], 0, 1, id="credit now is 0, not less"
        ),
        pytest.param(
            BOTH,
            ["ann,2025-05-02,10", "ann,2025-06-02,20", "bob,2025-05-02,10"],
            Fraction(1, 2),
            2,
            id="growth of one does not make up for another",
        ),
        pytest.param(
            ["ann 2024-01-01 2025-06-10"],
            ["ann,2025-05-02,10", "ann,2025-06-02,10"],
            0,
            1,
            id="billed before leaving is 0 now",
        ),
        pytest.param(
            ["ann 2024-01-01 2025-06-10", "ann 2025-06-20"],
            ["ann,2025-05-02,10", "ann,2025-06-02,10"],
            1,
            1,
            id="who came back inside the period stayed",
        ),
        pytest.param(
            [*ANN, "new 2025-06-01"],
            ["ann,2025-05-02,10", "ann,2025-06-02,5", "new,2025-05-30,10", "new,2025-06-02,10"],
            Fraction(1, 2),
            1,
            id="new customers are in neither sum",
        ),
        pytest.param(
            ANN,
            ["ann,2025-05-02,10", "ann,2025-06-02,5", ",2025-05-02,10", "zz,2025-06-02,10"],
            Fraction(1, 2),
            1,
            id="invoices of nobody and of strangers are in neither sum",
        ),
        pytest.param(
            BOTH,
            ["ann,2025-05-02,10", "ann,2025-06-02,5", "bob,2025-06-02,5"],
            Fraction(1, 2),
            1,
            id="n counts those with revenue before",
        ),
        pytest.param(
            BOTH,
            ["ann,2025-05-02,10", "ann,2025-06-02,10", "bob,2025-05-02,-5", "bob,2025-06-02,-5"],
            2,
            1,
            id="credit before makes the whole smaller",
        ),
    ],
)
def test_gross_revenue_retention(customers, invoices, value, n, backend):
    found = grr(customers, invoices, backend=backend)
    assert answer(found) == value
    assert found.sample_size == n


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        pytest.param(["2025-05-02", "2025-06-02"], Fraction(1), id="every month"),
        pytest.param(["2025-05-02", "2025-06-16"], Fraction(1), id="45 days are 1.5 periods"),
        pytest.param(["2025-05-02", "2025-06-17"], "billed-less-often", id="46 days are more"),
        pytest.param(["2024-05-02", "2025-05-02"], "billed-less-often", id="every year"),
        pytest.param(
            ["2025-03-17", "2025-05-01", "2025-06-16"],
            "billed-less-often",
            id="45 and 46: more by half a day",
        ),
        pytest.param(["2025-05-02"], Fraction(0), id="one purchase has no gap"),
        pytest.param(["2025-05-02", "2025-05-02"], Fraction(0), id="two on one day neither"),
    ],
)
def test_where_customers_are_billed_less_often_it_has_no_answer(days, expected, backend):
    found = grr(ANN, [f"ann,{day},10" for day in days], backend=backend)
    assert answer(found) == expected
    assert found.sample_size == 1


def test_the_hint_is_a_longer_period():
    found = grr(ANN, ["ann,2024-05-02,10", "ann,2025-05-02,10"])
    assert found.reason.message == (
        "customers are billed less often than every 30 days: every 365 days (median)"
    )
    assert found.reason.hint == "use a longer period, such as a quarter or a year"
    assert answer(grr(["ann 2023-01-01"], ["ann,2023-05-02,10", "ann,2024-05-02,10"], "2024")) == 1


def test_where_nobody_was_billed_before_it_is_because_they_are_billed_less_often(backend):
    yearly = ["ann,2024-01-10,10", "ann,2025-01-10,10"]
    assert answer(grr(ANN, yearly, backend=backend)) == "billed-less-often"


def test_invoices_that_begin_in_the_period_are_named(backend):
    found = grr(ANN, ["ann,2025-06-03,9"], backend=backend)
    assert found.reason.message == "the invoices begin on 2025-06-03, so there are none for 2025-05"


@pytest.mark.parametrize(
    ("invoices", "notes"),
    [
        pytest.param(["ann,2025-05-01,9"], (), id="nothing to say"),
        pytest.param(
            ["ann,2025-05-02,9"],
            ("the invoices begin on 2025-05-02, inside the period before",),
            id="invoices that begin late",
        ),
        pytest.param(
            ["ann,2025-05-01,9", ",2025-05-31,9", ",2025-06-30,9", ",2025-07-01,9"],
            ("2 invoice rows without a customer id are left out",),
            id="invoices of nobody",
        ),
        pytest.param(
            ["ann,2025-05-01,9", "new,2025-06-02,9", "zz,2025-06-02,9", "zz,2025-05-02,9"],
            ("1 customer of the invoices is not in the customer export and left out",),
            id="invoices of strangers",
        ),
        pytest.param(
            ["ann,2025-05-01,9", "bob,2025-05-02,3", "bob,2025-05-02,-5"],
            ("1 customer was credited more than billed in the period before",),
            id="customers in credit",
        ),
    ],
)
def test_what_it_does_not_cover_is_noted(invoices, notes, backend):
    customers = [*BOTH, "new 2025-06-01", "old 2024-01-01 2024-06-01"]
    assert grr(customers, invoices, backend=backend).notes == notes


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param(["ann,2025-05-02,9,EUR", "ann,2025-06-02,9,EUR"], "EUR", id="one"),
        pytest.param(["ann,2025-05-02,9,", "ann,2025-06-02,9,"], None, id="none named"),
        pytest.param(["ann,2025-05-02,9,EUR", "ann,2025-06-02,9,USD"], "EUR and USD", id="two"),
        pytest.param(
            ["ann,2025-05-02,9,EUR", "bob,2025-05-02,9,USD"], "EUR and USD", id="two before"
        ),
        pytest.param(
            ["ann,2025-05-02,9,EUR", "ann,2025-06-02,9,"], "EUR and no currency", id="a blank"
        ),
        pytest.param(
            ["ann,2025-05-02,9,EUR", "new,2025-06-02,9,USD"], "EUR", id="new ones have theirs"
        ),
        pytest.param(
            ["ann,2025-05-02,9,EUR", "bob,2025-06-02,9,USD"], "EUR", id="bob left: his is not added"
        ),
        pytest.param(
            ["ann,2025-05-02,9,EUR", "ann,2025-04-02,9,USD"], "EUR", id="another one earlier"
        ),
    ],
)
def test_what_decides_are_the_currencies_of_the_rows_it_adds_up(rows, expected, backend):
    customers = ["ann 2024-01-01", "bob 2024-01-01 2025-06-10", "new 2025-06-01"]
    found = grr(customers, [CODED, *rows], backend=backend)
    if found.reason:
        assert found.reason.code == "several-currencies"
        assert found.reason.message == f"amounts are in {expected} and no rates are given"
    else:
        assert found.currency == expected


def test_parts_and_the_ids_behind_them(backend):
    customers = ["up 2024-01-01", "down 2024-01-01", "out 2024-01-01 2025-06-10", "idle 2024-01-01"]
    rows = ["up,2025-05-02,5", "up,2025-06-02,9", "down,2025-05-02,5", "down,2025-06-02,2"]
    found = grr(customers, [*rows, "out,2025-05-02,5", "idle,2025-06-02,5"], backend=backend)
    assert {name: (part.total, part.unit) for name, part in found.parts.items()} == {
        "before": (150_000, Unit.MONEY),
        "kept": (70_000, Unit.MONEY),
    }
    assert found.parts["before"].ids() == ["down", "out", "up"]
    assert found.parts["kept"].ids() == ["down", "up"]
    assert found.basis == "dates"


def test_customers_taken_as_exported_have_no_period_before():
    tables = {
        "customers": table("customers", "customer_id,status", "ann,active", "bob,ended"),
        "invoices": table("invoices", "customer_id,invoice_date,amount", "ann,2025-05-02,9"),
    }
    assert (
        answer(of_tables("gross_revenue_retention", tables, Period.parse("2025-06"))) == "no-period"
    )


def test_invoices_without_customer_ids_tell_nothing_of_customers():
    assert answer(grr(ANN, ["invoice_date,amount", "2025-05-02,9"])) == "no-customer-ids"


@pytest.mark.parametrize("seed", SEEDS)
def test_agrees_with_comparing_customers_one_by_one(seed, backend):
    world = World(seed)
    found = world.figure("gross_revenue_retention", backend)
    before = {one: revenue_of(world.earlier, one) for one in world.starters}
    kept = {
        one: max(Fraction(0), min(before[one], revenue_of(world.now, one))) for one in world.stayers
    }
    added = [row for row in world.earlier if row["customer_id"] in world.starters]
    added += [row for row in world.now if row["customer_id"] in world.stayers]
    if several(added):
        assert answer(found) == "several-currencies"
        return
    if billed_less_often(world):
        assert answer(found) == "billed-less-often"
    else:
        assert answer(found) == sum(kept.values()) / sum(before.values())
    assert found.sample_size == sum(value > 0 for value in before.values())
    assert found.parts["kept"].total == sum(kept.values()) * 10_000
    assert found.parts["before"].ids() == sorted(one for one, value in before.items() if value)
    assert found.parts["kept"].ids() == sorted(one for one, value in kept.items() if value)
