from __future__ import annotations

from collections import defaultdict

import pytest

from invoice_worlds import SEEDS, World, answer, figure, of_tables
from retention_cli.testing import table
from retention_cli.values.periods import Period

COSTED = "customer_id,invoice_date,amount,cost"


def unprofitable(*rows, header=COSTED, backend="pandas"):
    return figure("unprofitable_accounts", "2025-06", invoices=[header, *rows], backend=backend)


@pytest.mark.parametrize(
    ("rows", "value", "n"),
    [
        pytest.param(["a,2025-06-02,10,10"], 0, 1, id="exactly 0 is not a loss"),
        pytest.param(["a,2025-06-02,10,10.0001"], 1, 1, id="a loss of the smallest unit"),
        pytest.param(["a,2025-06-02,10,20", "a,2025-06-03,90,0"], 0, 1, id="all rows of it"),
        pytest.param(
            [",2025-06-02,10,20", "b,2025-06-02,9,1"], 0, 1, id="nobody is not an account"
        ),
        pytest.param(["a,2025-06-02,-5,0", "b,2025-06-02,1,0"], 1, 2, id="credit makes a loss"),
        pytest.param(["a,2025-05-02,10,20", "b,2025-06-02,1,0"], 0, 1, id="not of another period"),
    ],
)
def test_unprofitable_accounts(rows, value, n, backend):
    found = unprofitable(*rows, backend=backend)
    assert (answer(found), found.sample_size) == (value, n)


def test_without_cost_data_it_is_undefined(backend):
    found = unprofitable("a,2025-06-02,10", header="customer_id,invoice_date,amount")
    assert answer(found) == "no-costs"


def test_the_cost_of_serving_counts(backend):
    tables = {
        "invoices": table("invoices", "customer_id,invoice_date,amount", "a,2025-06-02,10"),
        "costs": table(
            "costs",
            "customer_id,cost_date,amount",
            "a,2025-06-30,10.5",
            "b,2025-06-01,1",
            "b,2025-07-01,1",
            ",2025-06-01,99",
        ),
    }
    found = of_tables("unprofitable_accounts", tables, Period.parse("2025-06"), backend)
    assert (found.value, found.parts["unprofitable"].ids()) == (2, ["a", "b"])
    margin = of_tables("account_margin", tables, Period.parse("2025-06"), backend)
    assert (margin.value, margin.sample_size) == (-3 * margin.value.__class__(1, 20), 2)
    assert "costs without a customer id are left out" in margin.notes


@pytest.mark.parametrize("seed", SEEDS)
def test_agrees_with_adding_up_row_by_row(seed, backend):
    world = World(seed)
    found = world.figure("unprofitable_accounts", backend)
    profit = defaultdict(int)
    for row in world.now:
        if row["customer_id"] is not None:
            profit[row["customer_id"]] += 0 if row["cost"] is None else row["amount"] - row["cost"]
    if found.reason is None:
        losers = sorted(key for key, total in profit.items() if total < 0)
        assert found.parts["unprofitable"].ids() == losers
        assert (found.value, found.sample_size) == (len(losers), len(profit))
    else:
        assert found.reason.code in {"several-currencies", "no-costs"}
