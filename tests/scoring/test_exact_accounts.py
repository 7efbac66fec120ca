"""Accounts held against fractions added up row by row: hours at rates, tax, blank costs."""

from __future__ import annotations

from fractions import Fraction

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retention_cli.dataset.dataset import Dataset
from retention_cli.dataset.hours_worth import with_worth
from retention_cli.dataset.sales_tax import without_tax
from retention_cli.kpis import computing
from retention_cli.records.hours import HOUR_PARTS
from retention_cli.scoring.accounts import Occasion, rank_accounts
from retention_cli.settings import Window
from retention_cli.testing import table
from retention_cli.values.periods import Period

pytestmark = pytest.mark.sweep

JUNE = Period.parse("2025-06")
OWNER = st.sampled_from(["", "a", "b", "c"])
MONEY = st.integers(-50_000, 50_000).map(lambda n: Fraction(n, 100))
HOURS = st.integers(0, 600).map(lambda n: Fraction(n, 60)) | st.integers(1, 9_999).map(
    lambda n: Fraction(n, 10_000)
)
RATE = st.sampled_from([Fraction(97, 2), Fraction(60), Fraction(3333, 100)])
BILLED = st.tuples(OWNER, MONEY, st.none() | MONEY)
SPENT = st.tuples(OWNER, st.none() | MONEY, HOURS, RATE)


def loaded(billed, spent, tax):
    costs = pa.table(
        {
            "customer_id": pa.array([row[0] or None for row in spent], pa.string()),
            "amount": pa.array([row[1] and int(row[1] * 10_000) for row in spent], pa.int64()),
            "hours": pa.array([int(row[2] * HOUR_PARTS) for row in spent], pa.int64()),
            "rate": pa.array([int(row[3] * 10_000) for row in spent], pa.int64()),
        }
    )
    lines = (
        f"{owner},2025-06-02,{amount:.2f},{'' if cost is None else format(cost, '.2f')}"
        for owner, amount, cost in (
            (o, float(a), c if c is None else float(c)) for o, a, c in billed
        )
    )
    tables = {"invoices": table("invoices", "customer_id,invoice_date,amount,cost", *lines)}
    tables, worth = with_worth(tables | {"costs": costs})
    tables, taxed = without_tax(tables, tax)
    return Dataset(tables, window=Window(months=12), money_parts=worth * taxed, tax=tax)


def oracle(billed, spent, tax):
    """Revenue, revenue without cost, direct cost, cost to serve of each owner, as fractions."""
    sums = {}
    for owner, amount, cost in billed:
        mine = sums.setdefault(owner, [Fraction(0)] * 4 + [0])
        net = amount / (1 + tax)
        mine[0] += net
        if cost is None:
            mine[1] += net
        else:
            mine[2] += cost
            mine[4] += 1
    for owner, amount, hours, rate in spent:
        mine = sums.setdefault(owner, [Fraction(0)] * 4 + [0])
        mine[3] += amount or (hours * rate if amount is None else 0)
        mine[4] += 1
    return {owner: [one * 10_000 for one in mine[:4]] + mine[4:] for owner, mine in sums.items()}


@settings(deadline=None, max_examples=40)
@given(
    billed=st.lists(BILLED, min_size=1, max_size=6),
    spent=st.lists(SPENT, max_size=5),
    tax=st.sampled_from([Fraction(0), Fraction(19, 100), Fraction(81, 1000)]),
)
def test_every_account_is_exact_and_all_of_them_are_the_ledger(billed, spent, tax):
    dataset = loaded(billed, spent, tax)
    expected = oracle(billed, spent, tax)
    found = rank_accounts(dataset, Occasion(JUNE))[0]
    nobody = expected.pop("", [Fraction(0)] * 4 + [0])
    if found.reason is not None:
        assert not any(mine[4] for mine in expected.values())
        return
    by_id = {one.customer_id: one for one in found.accounts}
    assert by_id.keys() == expected.keys()
    for owner, (revenue, without, direct, served, known) in expected.items():
        one = by_id[owner]
        assert (one.revenue, one.revenue_without_cost) == (revenue, without)
        assert (one.direct_cost, one.cost_to_serve) == (direct, served)
        profit = revenue - without - direct - served
        assert one.profit == (profit if known else None)
        if known and revenue - without > 0:
            assert one.margin == profit / (revenue - without)
    for place, name in enumerate(
        ("revenue", "revenue_without_cost", "direct_cost", "cost_to_serve")
    ):
        whole = sum(mine[place] for mine in expected.values())
        assert getattr(found.totals, name) == whole
        assert getattr(found.unallocated, name) == nobody[place]
    margins = computing.compute(("account_margin",), dataset=dataset, period=JUNE, settings={})
    assert margins["account_margin"].value == found.totals.margin
    losing = computing.compute(
        ("unprofitable_accounts",), dataset=dataset, period=JUNE, settings={}
    )
    assert losing["unprofitable_accounts"].value == sum(
        one.profit is not None and one.profit < 0 for one in found.accounts
    )
