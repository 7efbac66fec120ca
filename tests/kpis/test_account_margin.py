from __future__ import annotations

from fractions import Fraction

import pytest

from invoice_worlds import SEEDS, World, answer, figure, money, several
from retention_cli.values.measures import Unit

COSTED = "customer_id,invoice_date,amount,cost"
CODED = "customer_id,invoice_date,amount,cost,currency"

HALF = "cost to serve is not in the exports and counts 0"


def margin(*rows, header=COSTED, backend="pandas"):
    return figure("account_margin", "2025-06", invoices=[header, *rows], backend=backend)


@pytest.mark.parametrize(
    ("rows", "value", "n"),
    [
        pytest.param([], "no-accounts", 0, id="no invoices"),
        pytest.param(
            ["a,2025-05-31,9,1", "a,2025-07-01,9,1"], "no-accounts", 0, id="none in the period"
        ),
        pytest.param([",2025-06-02,10,1"], "no-accounts", 0, id="invoices of nobody"),
        pytest.param(["a,2025-06-02,10,"], "no-costs", 1, id="a blank cost is not 0"),
        pytest.param(["a,2025-06-02,0,1"], "no-revenue", 1, id="no revenue"),
        pytest.param(["a,2025-06-02,-5,1"], "no-revenue", 1, id="revenue below 0"),
        pytest.param(
            ["a,2025-06-02,5,1", "b,2025-06-02,-5,1"],
            "no-revenue",
            2,
            id="credit as large as bills",
        ),
        pytest.param(["a,2025-06-02,10,0"], 1, 1, id="a cost of 0 is known"),
        pytest.param(
            ["a,2025-06-01,10,4", "a,2025-06-30,10,5"],
            Fraction(11, 20),
            1,
            id="edge days belong to it",
        ),
        pytest.param(
            ["a,2025-06-02,10,7", "a,2025-07-01,10,0"],
            Fraction(3, 10),
            1,
            id="the day after does not",
        ),
        pytest.param(["a,2025-06-02,10,15"], Fraction(-1, 2), 1, id="a loss is below 0"),
        pytest.param(
            ["a,2025-06-02,10,-5"], Fraction(3, 2), 1, id="a cost below 0 is taken as it is"
        ),
        pytest.param(
            ["a,2025-06-02,10,1", "b,2025-06-02,30,19"], Fraction(1, 2), 2, id="a ratio of sums"
        ),
        pytest.param(
            ["a,2025-06-02,10,4", ",2025-06-02,90,0"],
            Fraction(3, 5),
            1,
            id="nobody is not an account",
        ),
        pytest.param(
            ["a,2025-06-02,10,4", "b,2025-06-02,90,"],
            Fraction(3, 5),
            2,
            id="an unknown cost leaves revenue too",
        ),
        pytest.param(["a,2025-06-02,10,4", "a,2025-06-03,90,"], Fraction(3, 5), 1, id="row by row"),
        pytest.param(
            ["a,2025-06-02,10,4", "a,2025-06-03,-2,-1"],
            Fraction(5, 8),
            1,
            id="credit notes reduce both",
        ),
    ],
)
def test_account_margin(rows, value, n, backend):
    found = margin(*rows, backend=backend)
    assert answer(found) == value
    assert found.sample_size == n


def test_without_a_cost_column_it_is_undefined_and_never_100_percent(backend):
    found = margin("a,2025-06-02,10", header="customer_id,invoice_date,amount", backend=backend)
    assert (found.reason.code, found.reason.message) == ("no-costs", "no costs in the exports")


def test_a_period_without_a_cost_says_so():
    found = margin("a,2025-06-02,10,", "a,2025-05-02,10,1")
    assert found.reason.message == "no costs in the invoices of the period"


def test_without_customer_ids_there_are_no_accounts():
    found = margin("2025-06-02,10,1", header="invoice_date,amount,cost")
    assert answer(found) == "no-customer-ids"


@pytest.mark.parametrize(
    ("rows", "notes"),
    [
        pytest.param(["a,2025-06-02,10,1"], (), id="nothing left out"),
        pytest.param(
            ["a,2025-06-02,70,1", "b,2025-06-02,10,", "a,2025-05-02,10,"],
            ("1 row without a cost is left out, 12.5 % of the revenue",),
            id="a blank cost",
        ),
        pytest.param(
            ["a,2025-06-02,1,1", "b,2025-06-02,1,", "b,2025-06-03,1,"],
            ("2 rows without a cost are left out, 66.7 % of the revenue",),
            id="two of three",
        ),
        pytest.param(
            ["a,2025-06-02,1,1", "b,2025-06-02,-1,"],
            ("1 row without a cost is left out",),
            id="a share of nothing is not said",
        ),
        pytest.param(
            ["a,2025-06-02,1,1", ",2025-06-02,1,1", ",2025-06-02,1,", ",2025-07-02,1,"],
            ("2 invoice rows without a customer id are left out",),
            id="rows of nobody",
        ),
    ],
)
def test_what_is_left_out_is_noted(rows, notes, backend):
    assert margin(*rows, backend=backend).notes == (*notes, HALF)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param(["a,2025-06-02,10,1,EUR", "b,2025-06-02,10,1,EUR"], "EUR", id="one"),
        pytest.param(["a,2025-06-02,10,1,"], None, id="none named"),
        pytest.param(["a,2025-06-02,10,1,USD", "b,2025-06-02,10,1,EUR"], "EUR and USD", id="two"),
        pytest.param(
            ["a,2025-06-02,10,1,EUR", "b,2025-06-02,10,,USD"], "EUR", id="of a row left out"
        ),
        pytest.param(["a,2025-06-02,10,1,EUR", ",2025-06-02,10,1,USD"], "EUR", id="of nobody"),
        pytest.param(
            ["a,2025-06-02,10,1,EUR", "a,2025-07-02,10,1,USD"], "EUR", id="of another period"
        ),
    ],
)
def test_what_decides_are_the_currencies_of_the_rows_it_adds_up(rows, expected, backend):
    found = margin(*rows, header=CODED, backend=backend)
    if found.reason:
        assert found.reason.message == f"amounts are in {expected} and no rates are given"
        assert found.sample_size == 2
    else:
        assert (found.value, found.currency) == (Fraction(9, 10), expected)
    assert all("revenue" not in note for note in found.notes if expected is None)


def test_a_share_of_two_currencies_is_not_said():
    found = margin("a,2025-06-02,10,1,EUR", "b,2025-06-02,10,,USD", header=CODED)
    assert found.notes == ("1 row without a cost is left out", HALF)


def test_parts_and_the_ids_behind_them(backend):
    rows = ["b,2025-06-02,10,1", "a,2025-06-02,5,1", "a,2025-06-03,5,1", "c,2025-06-02,9,"]
    found = margin(*rows, backend=backend)
    assert {name: (part.total, part.unit) for name, part in found.parts.items()} == {
        "accounts": (3, Unit.COUNT),
        "revenue": (200_000, Unit.MONEY),
        "cost": (30_000, Unit.MONEY),
    }
    assert found.parts["accounts"].ids() == ["a", "b", "c"]
    assert found.parts["revenue"].ids() == found.parts["cost"].ids() == ["a", "b"]


@pytest.mark.parametrize("seed", SEEDS)
def test_agrees_with_adding_up_row_by_row(seed, backend):
    world = World(seed)
    found = world.figure("account_margin", backend)
    owned = [row for row in world.now if row["customer_id"] is not None]
    known = [row for row in owned if row["cost"] is not None]
    revenue = sum(money(row["amount"]) for row in known)
    cost = sum(money(row["cost"]) for row in known)
    assert found.sample_size == len({row["customer_id"] for row in owned})
    if several(known):
        assert answer(found) == "several-currencies"
        return
    assert answer(found) == (revenue - cost) / revenue
    accounts = sorted({row["customer_id"] for row in known})
    assert found.parts["revenue"].ids() == found.parts["cost"].ids() == accounts
