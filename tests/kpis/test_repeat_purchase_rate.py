from __future__ import annotations

from fractions import Fraction

import pytest

from invoice_worlds import SEEDS, World, answer, figure, purchases
from retention_cli.values.intervals import wilson

IDS = "customer_id,invoice_id,invoice_date,amount"


def repeat(invoices, period="2025-06", backend="pandas"):
    return figure("repeat_purchase_rate", period, invoices=invoices, backend=backend)


@pytest.mark.parametrize(
    ("invoices", "value", "n"),
    [
        pytest.param([], "no-buyers", 0, id="nobody"),
        pytest.param(["a,2025-05-31,1", "a,2025-07-01,1"], "no-buyers", 0, id="nobody in the period"),
        pytest.param([",2025-06-02,1"], "no-buyers", 0, id="an invoice of nobody"),
        pytest.param(["a,2025-06-02,-1"], "no-buyers", 0, id="a credit note"),
        pytest.param(["a,2025-06-02,1"], 0, 1, id="the first purchase"),
        pytest.param(["a,2025-06-02,1", "a,2025-06-20,1"], 0, 1, id="a second one inside the period"),
        pytest.param(["a,2025-05-31,1", "a,2025-06-01,1"], 1, 1, id="one the day before"),
        pytest.param(["a,2019-01-01,1", "a,2025-06-30,1"], 1, 1, id="one long before"),
        pytest.param(["a,2025-06-01,1", "a,2025-07-01,1"], 0, 1, id="one after is none before"),
        pytest.param(["a,2025-05-02,0", "a,2025-06-02,0"], 1, 1, id="invoices of 0 are purchases"),
        pytest.param(["a,2025-05-02,-1", "a,2025-06-02,1"], 0, 1, id="a credit note before is none"),
        pytest.param(["a,2025-05-02,1", "b,2025-06-02,1"], 0, 1, id="who bought only before is not a buyer"),
        pytest.param([",2025-05-02,1", ",2025-06-02,1", "b,2025-06-02,1"], 0, 1, id="nobody twice is nobody"),
        pytest.param(
            ["a,2025-05-02,1", "a,2025-06-02,1", "b,2025-06-02,1", "c,2025-06-03,1"],
            Fraction(1, 3),
            3,
            id="one of three",
        ),
        pytest.param(
            [IDS, "a,A,2025-05-02,5", "a,A,2025-05-02,-9", "a,B,2025-06-02,1"], 0, 1,
            id="lines that make a credit note are not purchase",
        ),
        pytest.param(
            [IDS, "a,A,2025-05-02,-5", "a,A,2025-05-02,5", "a,B,2025-06-02,1"], 1, 1,
            id="lines that make 0 are one",
        ),
        pytest.param(
            [IDS, "a,,2025-05-02,5", "a,,2025-05-02,-9", "a,B,2025-06-02,1"], 1, 1,
            id="rows without an id are invoices of their own",
        ),
        pytest.param(
            [IDS, "a,A,2025-05-02,5", "a,C,2025-05-02,-9", "a,B,2025-06-02,1"], 1, 1,
            id="the credit note of another invoice takes nothing back",
        ),
        pytest.param(
            ["customer_id,invoice_date,amount,status", "a,2025-05-02,5,draft", "a,2025-06-02,1,"], 0, 1,
            id="a draft is not a purchase",
        ),
        pytest.param(["invoice_date,amount", "2025-06-02,1"], "no-customer-ids", 0, id="no customer ids"),
    ],
)  # fmt: skip
def test_repeat_purchase_rate(invoices, value, n, backend):
    found = repeat(invoices, backend=backend)
    assert answer(found) == value
    assert found.sample_size == n


def test_parts_ids_and_the_interval(backend):
    rows = [
        "b,2025-05-02,1",
        "b,2025-06-02,1",
        "a,2025-05-02,1",
        "a,2025-06-02,1",
        "c,2025-06-02,1",
    ]
    found = repeat([*rows, "old,2025-05-02,1"], backend=backend)
    assert {name: part.total for name, part in found.parts.items()} == {
        "buyers": 3,
        "repeat_buyers": 2,
    }
    assert found.parts["buyers"].ids() == ["a", "b", "c"]
    assert found.parts["repeat_buyers"].ids() == ["a", "b"]
    assert found.interval == wilson(2, 3)


@pytest.mark.parametrize(
    ("invoices", "notes"),
    [
        pytest.param(["b,2025-05-02,1", "a,2025-06-02,1"], (), id="there is a past"),
        pytest.param(
            ["a,2025-06-02,1"],
            ("there are no purchases before the period in the exports",),
            id="there is none",
        ),
    ],
)
def test_invoices_that_begin_in_the_period_are_noted(invoices, notes, backend):
    assert repeat(invoices, backend=backend).notes == notes


@pytest.mark.parametrize("seed", SEEDS)
def test_agrees_with_asking_each_buyer(seed, backend):
    world = World(seed)
    found = world.figure("repeat_purchase_rate", backend)
    history = [row for row in world.invoices if row["invoice_date"] < world.period.start]
    buyers = {row["customer_id"] for row in purchases(world.now)} - {None}
    repeats = buyers & {row["customer_id"] for row in purchases(history)}
    assert answer(found) == Fraction(len(repeats), len(buyers))
    assert found.sample_size == len(buyers)
    assert found.parts["buyers"].ids() == sorted(buyers)
    assert found.parts["repeat_buyers"].ids() == sorted(repeats)
