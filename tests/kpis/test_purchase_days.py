from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from invoice_worlds import SEEDS, World, purchases
from retention_cli.frames.frames import from_arrow
from retention_cli.kpis.ingredients.purchase_days import _each_once, purchase_days
from retention_cli.testing import frame
from retention_cli.values.periods import Period

JUNE = Period.parse("2025-06")
IDS = "customer_id,invoice_id,invoice_date,amount"


def pairs(found):
    ids = found.ids.to_pylist()
    return [
        (ids[customer], date(1970, 1, 1) + timedelta(days=day))
        for customer, day in zip(found.customer.tolist(), found.day.tolist(), strict=True)
    ]


@pytest.mark.parametrize(
    ("rows", "bought"),
    [
        pytest.param([], [], id="no invoices"),
        pytest.param(["a,A,2025-07-01,1"], [], id="after the period"),
        pytest.param(["a,A,2025-06-30,1"], ["a 2025-06-30"], id="on its last day"),
        pytest.param(["a,A,1969-12-31,1"], ["a 1969-12-31"], id="before the epoch"),
        pytest.param(
            ["a,A,2025-06-02,1", "a,B,2025-06-02,1"], ["a 2025-06-02"], id="twice on a day"
        ),
        pytest.param([",A,2025-06-02,1"], [], id="nobody"),
        pytest.param(["a,A,2025-06-02,-1"], [], id="a credit note"),
        pytest.param(["a,,2025-06-02,-1"], [], id="a credit note without an id"),
        pytest.param(["a,A,2025-06-02,0"], ["a 2025-06-02"], id="an invoice of 0"),
        pytest.param(
            ["a,A,2025-06-02,-1", "a,A,2025-06-02,1"], ["a 2025-06-02"], id="lines that make 0"
        ),
        pytest.param(
            ["a,A,2025-06-02,-2", "a,A,2025-06-02,1"], [], id="lines that make a credit note"
        ),
        pytest.param(
            ["a,,2025-06-02,-2", "a,,2025-06-02,1"],
            ["a 2025-06-02"],
            id="rows without an id are apart",
        ),
        pytest.param(
            ["a,A,2025-06-02,-2", "b,B,2025-06-02,1"],
            ["b 2025-06-02"],
            id="a credit note of another",
        ),
    ],
)
def test_purchase_days(rows, bought, backend):
    found = purchase_days(invoices=frame("invoices", IDS, *rows, backend=backend), period=JUNE)
    assert [f"{who} {day}" for who, day in pairs(found)] == bought


def test_days_of_a_customer_stand_together_and_in_order(backend):
    rows = ["b,B,2025-06-03,1", "a,A,2025-06-02,1", "b,C,2025-06-01,1", "a,D,2025-05-02,1"]
    found = purchase_days(invoices=frame("invoices", IDS, *rows, backend=backend), period=JUNE)
    assert found.customer.tolist() == sorted(found.customer.tolist())
    assert [day for who, day in pairs(found) if who == "a"] == [date(2025, 5, 2), date(2025, 6, 2)]
    assert [day for who, day in pairs(found) if who == "b"] == [date(2025, 6, 1), date(2025, 6, 3)]


@pytest.mark.parametrize("seed", SEEDS)
def test_agrees_with_listing_purchases(seed, backend):
    world = World(seed)
    found = purchase_days(invoices=from_arrow(world.valid_invoices, backend), period=world.period)
    expected = {
        (row["customer_id"], row["invoice_date"])
        for row in purchases(world.invoices)
        if row["customer_id"] is not None and row["invoice_date"] < world.period.end
    }
    assert sorted(pairs(found)) == sorted(expected)


def test_more_pairs_of_customer_and_day_than_32_bits_have_are_told_apart():
    many = 1 << 30
    owners = np.array([many - 1, 0, many - 1, 5, 0], dtype=np.int32)
    days = np.array([2, -9, 1, 0, -9], dtype=np.int32)
    customer, day = _each_once(owners, days, many)
    assert customer.tolist() == [0, 5, many - 1, many - 1]
    assert day.tolist() == [-9, 0, 1, 2]
