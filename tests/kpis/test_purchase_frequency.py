from __future__ import annotations

from fractions import Fraction

import pytest

from invoice_worlds import SEEDS, World, answer, figure, of_tables, purchases
from retention_cli.testing import table
from retention_cli.values.periods import Period

ANN = ["ann 2024-01-01"]
BOUGHT = ["ann,2025-06-02,10"]


def frequency(customers, invoices, period="2025-06", backend="pandas"):
    return figure(
        "purchase_frequency", period, customers=customers, invoices=invoices, backend=backend
    )


@pytest.mark.parametrize(
    ("customers", "invoices", "value", "n"),
    [
        pytest.param([], [], "no-customers", 0, id="nobody and nothing"),
        pytest.param(["ann 2025-07-01"], [], "no-customers", 0, id="starts on the day after"),
        pytest.param(
            ["ann 2024-01-01 2025-05-31"], [], "no-customers", 0, id="ended the day before"
        ),
        pytest.param([], [",2025-06-02,10"], "no-customers", 0, id="an invoice of nobody alone"),
        pytest.param(ANN, [], 0, 1, id="customers who do not buy make 0"),
        pytest.param(ANN, BOUGHT, 12, 1, id="once a month"),
        pytest.param([*ANN, "idle 2024-01-01"], BOUGHT, 6, 2, id="who did not buy counts"),
        pytest.param(["ann 2024-01-01 2025-06-01"], BOUGHT, 12, 1, id="ends on the first day"),
        pytest.param(["ann 2025-06-30"], BOUGHT, 12, 1, id="starts on the last day"),
        pytest.param(["ann 2025-06-10 2025-06-10"], BOUGHT, 12, 1, id="came and left inside"),
        pytest.param(
            ["ann 2024-01-01 2025-06-10", "ann 2025-06-20"],
            BOUGHT,
            12,
            1,
            id="two spells are one customer",
        ),
        pytest.param(
            [*ANN, "old 2024-01-01 2024-12-31"], BOUGHT, 12, 1, id="former customers do not"
        ),
        pytest.param(
            ANN, [*BOUGHT, "zz,2025-06-02,10"], 12, 2, id="buyers unknown to the export count"
        ),
        pytest.param(
            ANN, [*BOUGHT, "zz,2025-05-02,10"], 12, 1, id="buyers of another period do not"
        ),
        pytest.param(ANN, [*BOUGHT, "zz,2025-06-02,-10"], 12, 1, id="nor does who only got credit"),
        pytest.param(ANN, [*BOUGHT, ",2025-06-02,10"], 24, 1, id="invoices of nobody are invoices"),
        pytest.param(ANN, [*BOUGHT, "ann,2025-06-03,0"], 24, 1, id="invoices of 0 are"),
        pytest.param(ANN, [*BOUGHT, "ann,2025-06-03,-1"], 12, 1, id="credit notes are none"),
        pytest.param(
            ANN, ["ann,2025-05-31,1", "ann,2025-07-01,1"], 0, 1, id="the days around do not count"
        ),
        pytest.param(ANN, ["ann,2025-06-01,1", "ann,2025-06-30,1"], 24, 1, id="edge days do"),
        pytest.param(
            ANN,
            [
                "customer_id,invoice_id,invoice_date,amount",
                "ann,A,2025-06-02,1",
                "ann,A,2025-06-02,1",
            ],
            12,
            1,
            id="lines of one invoice are one",
        ),
        pytest.param(
            ANN, ["invoice_date,amount", "2025-06-02,1"], 12, 1, id="without customer ids"
        ),
    ],
)
def test_purchase_frequency(customers, invoices, value, n, backend):
    found = frequency(customers, invoices, backend=backend)
    assert answer(found) == value
    assert found.sample_size == n


@pytest.mark.parametrize(
    ("period", "value"),
    [
        pytest.param("2025", 1, id="a year"),
        pytest.param("2025-Q2", 4, id="a quarter"),
        pytest.param("2025-06-01..2025-06-10", Fraction("36.5242500"), id="ten days"),
    ],
)
def test_it_is_a_figure_a_year_whatever_the_period(period, value):
    assert frequency(ANN, BOUGHT, period).value == value


@pytest.mark.parametrize(
    ("invoices", "notes"),
    [
        pytest.param(BOUGHT, (), id="nothing to say, not of two spells either"),
        pytest.param(
            [*BOUGHT, "x,2025-06-02,1", "y,2025-06-02,1"],
            ("2 buyers count as customers without being one by dates",),
            id="strangers",
        ),
        pytest.param(
            [*BOUGHT, ",2025-06-02,1", ",2025-06-02,-1", ",2025-05-02,1"],
            ("1 invoice has no customer id",),
            id="nobodies",
        ),
    ],
)
def test_what_it_does_not_cover_is_noted(invoices, notes, backend):
    twice = ["ann 2024-01-01 2025-06-10", "ann 2025-06-20"]
    assert frequency(twice, invoices, backend=backend).notes == notes


def test_customers_taken_as_exported_all_count(backend):
    tables = {
        "customers": table("customers", "customer_id,status", "ann,active", "bob,ended"),
        "invoices": table("invoices", "customer_id,invoice_date,amount", *BOUGHT),
    }
    found = of_tables("purchase_frequency", tables, Period.parse("2025-06"), backend)
    assert (found.value, found.sample_size, found.basis) == (6, 2, "flag")
    assert "all customers of the export count as active in the period" in found.notes


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        pytest.param("2025-05", "too-little-history", id="less than a window of history"),
        pytest.param("2025-07", 6, id="a whole window"),
    ],
)
def test_without_a_customer_export_buyers_are_customers_for_a_window(period, expected, backend):
    rows = ["ann,2024-06-15,1", "bob,2025-01-01,1", "bob,2025-05-01,1", "bob,2025-07-01,1"]
    rows += ["cy,2024-07-01,1"]  # cy is silent for a year and is lost on the first of July
    found = frequency(None, rows, period, backend)
    assert answer(found) == expected
    assert found.basis == "activity"


def test_a_status_that_says_neither_is_no_answer():
    tables = {
        "customers": table("customers", "customer_id,status", "ann,active", "bob,gold"),
        "invoices": table("invoices", "customer_id,invoice_date,amount", *BOUGHT),
    }
    found = of_tables("purchase_frequency", tables, Period.parse("2025-06"))
    assert answer(found) == "unknown-status"


def test_the_ids_behind_it(backend):
    customers = ["bob 2024-01-01", "ann 2024-01-01 2025-06-01", "old 2024-01-01 2024-12-31"]
    rows = ["customer_id,invoice_id,invoice_date,amount", "zz,B,2025-06-02,1", "bob,A,2025-06-03,1"]
    found = frequency(customers, rows, backend=backend)
    assert found.parts["customers"].ids() == ["ann", "bob", "zz"]
    assert found.parts["invoices"].ids() == ["A", "B"]


@pytest.mark.parametrize("seed", SEEDS)
def test_agrees_with_counting_customers_one_by_one(seed, backend):
    world = World(seed)
    found = world.figure("purchase_frequency", backend)
    customers = {
        spell["customer_id"]
        for spell in world.spells
        if spell["start_date"] < world.period.end
        and (spell["end_date"] is None or spell["end_date"] >= world.period.start)
    }
    customers |= {row["customer_id"] for row in purchases(world.now)} - {None}
    expected = Fraction(len(purchases(world.now)), len(customers)) / world.years
    assert answer(found) == expected
    assert found.parts["customers"].ids() == sorted(customers)
    assert found.sample_size == len(customers)
