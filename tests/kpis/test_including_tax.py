"""Amounts of which a preset knows that sales tax is in them: noted, and in no margin."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

import worlds
from invoice_worlds import figure, of_tables
from retention_cli.scoring.accounts import Occasion, rank_accounts
from retention_cli.testing import table
from retention_cli.values.periods import Period

TAXED = "customer_id,invoice_date,amount,cost,_tax"
ROWS = ["a,2025-06-02,119,40,included", "b,2025-06-03,81,40,"]
COSTS = table("costs", "customer_id,cost_date,amount", "a,2025-06-05,7")
MARGINS = ("gross_margin", "account_margin", "unprofitable_accounts")
JUNE = Period(date(2025, 6, 1), date(2025, 7, 1))


def of(name, *rows, period="2025-06", backend="pandas", **settings):
    return figure(name, period, invoices=[TAXED, *rows], backend=backend, **settings)


@pytest.mark.parametrize(("name", "value"), [("revenue", 200), ("average_purchase_value", 100)])
def test_money_with_tax_in_it_says_so(name, value, backend):
    found = of(name, *ROWS, backend=backend)
    assert Fraction(found.value) == value * 10_000
    assert found.notes == ("including tax",)


def test_what_rests_on_such_money_says_so_too():
    customers = ["a 2024-01-01 2025-06-20", "b 2024-01-01"]
    found = figure("clv", "2025-06", invoices=[TAXED, *ROWS], customers=customers)
    assert found.value is not None
    assert "including tax" in found.notes


@pytest.mark.parametrize("name", MARGINS)
def test_no_margin_is_told_from_it(name, backend):
    found = of(name, *ROWS, backend=backend)
    assert found.reason.code == "tax-included"
    assert "include sales tax" in found.reason.message


@pytest.mark.parametrize("name", ["revenue", *MARGINS])
def test_money_outside_the_period_changes_nothing(name):
    rows = ["a,2025-05-31,119,40,included", "b,2025-06-03,81,40,", "b,2025-07-01,1,1,included"]
    found = of(name, *rows)
    assert found.reason is None
    assert "including tax" not in found.notes


@pytest.mark.parametrize("name", ["revenue", *MARGINS])
def test_without_tax_nothing_is_said(name):
    found = figure(
        name, "2025-06", invoices=["customer_id,invoice_date,amount,cost", "a,2025-06-02,9,4"]
    )
    assert found.reason is None
    assert "including tax" not in found.notes


def test_costs_to_serve_are_not_held_against_it_either():
    tables = {"invoices": table("invoices", TAXED, *ROWS), "costs": COSTS}
    assert of_tables("account_margin", tables, JUNE).reason.code == "tax-included"


def test_without_any_cost_that_is_what_is_missing():
    rows = ["customer_id,invoice_date,amount,_tax", "a,2025-06-02,119,included"]
    assert figure("gross_margin", "2025-06", invoices=rows).reason.code == "no-costs"
    assert figure("account_margin", "2025-06", invoices=rows).reason.code == "no-costs"


def test_accounts_show_their_revenue_and_no_profit():
    dataset = worlds.dataset({"invoices": table("invoices", TAXED, *ROWS), "costs": COSTS})
    ranking = rank_accounts(dataset, Occasion(JUNE))[0]
    assert ranking.reason.code == "tax-included"
    assert "including tax" in ranking.notes
    assert {one.customer_id: (one.revenue, one.profit, one.margin) for one in ranking.accounts} == {
        "a": (1_190_000, None, None),
        "b": (810_000, None, None),
    }
    assert (ranking.totals.revenue, ranking.totals.profit) == (2_000_000, None)


def test_retention_is_not_weighed_by_a_profit_that_nobody_knows():
    rows = ["a,2025-05-02,119,40,included", "a,2025-06-02,119,40,included"]
    found = figure(
        "profit_weighted_retention",
        "2025-06",
        invoices=[TAXED, *rows],
        customers=["a 2024-01-01"],
    )
    assert found.reason.code == "tax-included"
