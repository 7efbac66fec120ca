from __future__ import annotations

from fractions import Fraction

import pytest

from invoice_worlds import SEEDS, World, answer, figure

COSTED = "customer_id,invoice_date,amount,cost"


def margin(*rows, header=COSTED, backend="pandas"):
    return figure("gross_margin", "2025-06", invoices=[header, *rows], backend=backend)


@pytest.mark.parametrize(
    ("rows", "value"),
    [
        pytest.param(["a,2025-05-31,9,1", "a,2025-07-01,9,1"], "no-revenue", id="none in it"),
        pytest.param(["a,2025-06-02,-5,1"], "no-revenue", id="revenue below 0"),
        pytest.param(["a,2025-06-02,10,"], "no-revenue", id="a blank cost is not 0"),
        pytest.param([",2025-06-02,10,4"], Fraction(3, 5), id="nobody's invoices count"),
        pytest.param(
            ["a,2025-06-02,10,4", "b,2025-06-02,90,"], Fraction(3, 5), id="an unknown cost leaves"
        ),
        pytest.param(["a,2025-06-02,10,15"], Fraction(-1, 2), id="a loss is below 0"),
        pytest.param(
            ["a,2025-06-01,10,4", "a,2025-06-30,-2,-1"], Fraction(5, 8), id="credit reduces both"
        ),
    ],
)
def test_gross_margin(rows, value, backend):
    assert answer(margin(*rows, backend=backend)) == value


def test_without_a_cost_column_it_is_undefined():
    found = margin("a,2025-06-02,10", header="customer_id,invoice_date,amount")
    assert (found.reason.code, "cost" in found.reason.message) == ("no-costs", True)


def test_the_share_left_out_is_noted():
    found = margin("a,2025-06-02,70,1", "b,2025-06-02,10,")
    assert found.notes == ("1 row without a cost is left out, 12.5 % of the revenue",)


def test_two_currencies_are_not_added_up():
    header = "invoice_date,amount,cost,currency"
    found = margin("2025-06-02,1,1,EUR", "2025-06-02,1,1,USD", header=header)
    assert answer(found) == "several-currencies"


@pytest.mark.parametrize("seed", SEEDS)
def test_agrees_with_adding_up_row_by_row(seed, backend):
    world = World(seed)
    found = world.figure("gross_margin", backend)
    revenue = cost = 0
    for row in world.now:
        if row["cost"] is not None:
            revenue += row["amount"]
            cost += row["cost"]
    if found.reason is None:
        assert found.value == Fraction(revenue - cost, revenue)
        assert (found.parts["revenue"].total, found.parts["cost"].total) == (revenue, cost)
    else:
        currencies = {row["currency"] for row in world.now if row["cost"] is not None}
        assert revenue <= 0 or len(currencies) > 1
