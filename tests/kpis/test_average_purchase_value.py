from __future__ import annotations

from fractions import Fraction

import pytest

from invoice_worlds import SEEDS, World, answer, documents, figure, money, only_currency, several
from retention_cli.values.measures import Unit

LINES = "invoice_id,invoice_date,amount"


@pytest.mark.parametrize(
    ("invoices", "value", "n"),
    [
        pytest.param([], "no-invoices", 0, id="no invoices at all"),
        pytest.param(
            ["a,2025-05-31,10", "a,2025-07-01,10"], "no-invoices", 0, id="none in the period"
        ),
        pytest.param(["a,2025-06-03,-10"], "no-invoices", 0, id="a credit note is not a purchase"),
        pytest.param(
            ["a,2025-06-01,10", "b,2025-06-30,15"], Fraction("12.5"), 2, id="two invoices"
        ),
        pytest.param(["a,2025-06-01,10", "a,2025-06-02,0"], 5, 2, id="an invoice of 0 counts"),
        pytest.param(["a,2025-06-01,10", "a,2025-06-02,-4"], 6, 1, id="a credit note only reduces"),
        pytest.param(["a,2025-06-01,10", "a,2025-06-02,-14"], -4, 1, id="even to below 0"),
        pytest.param(
            ["a,2025-06-01,1", "b,2025-06-01,1", "c,2025-06-01,0"],
            Fraction(2, 3),
            3,
            id="never rounded",
        ),
        pytest.param(
            [",2025-06-01,10", "b,2025-06-01,20"], 15, 2, id="an invoice of nobody counts"
        ),
        pytest.param(
            [LINES, "A,2025-06-01,10", "A,2025-06-01,-2", "B,2025-06-01,4"],
            6,
            2,
            id="lines are one invoice",
        ),
        pytest.param(
            [LINES, "A,2025-06-01,30", "B,2025-06-01,5", "B,2025-06-01,-9"],
            26,
            1,
            id="a credit note with a positive line is a credit note",
        ),
        pytest.param(
            [LINES, "A,2025-06-01,5", "A,2025-06-01,-5"],
            0,
            1,
            id="lines that make 0 are an invoice of 0",
        ),
        pytest.param(
            [LINES, ",2025-06-01,4", ",2025-06-01,6"], 5, 2, id="without an id each row is one"
        ),
    ],
)
def test_average_purchase_value(invoices, value, n, backend):
    found = figure("average_purchase_value", "2025-06", invoices=invoices, backend=backend)
    assert answer(found) == (value if isinstance(value, str) else value * 10_000)
    assert found.sample_size == n


def test_two_currencies_are_not_averaged(backend):
    rows = ["invoice_date,amount,currency", "2025-06-05,10.00,EUR", "2025-06-06,10.00,USD"]
    found = figure("average_purchase_value", "2025-06", invoices=rows, backend=backend)
    assert found.reason.message == "amounts are in EUR and USD and no rates are given"
    assert found.sample_size == 2


def test_the_currency_and_the_ids_behind_it(backend):
    rows = [
        *("invoice_id,invoice_date,amount,currency", "B,2025-06-05,10,USD", "A,2025-06-06,-1,USD"),
        *("C,2025-06-06,1,USD", "C,2025-06-06,1,USD"),
    ]
    found = figure("average_purchase_value", "2025-06", invoices=rows, backend=backend)
    assert (found.value, found.currency) == (55_000, "USD")
    assert found.parts["invoices"].ids() == ["B", "C"]
    assert found.parts["revenue"].ids() == ["A", "B", "C"]
    assert found.parts["revenue"].unit is Unit.MONEY


@pytest.mark.parametrize("seed", SEEDS)
def test_agrees_with_dividing_by_invoices_one_by_one(seed, backend):
    world = World(seed)
    found = world.figure("average_purchase_value", backend)
    bought = [lines for lines, total in documents(world.now) if total >= 0]
    revenue = sum(money(row["amount"]) for row in world.now)
    expected = "several-currencies" if several(world.now) else revenue / len(bought) * 10_000
    assert answer(found) == expected
    assert found.sample_size == len(bought) == found.parts["invoices"].total
    ids = {lines[0]["invoice_id"] for lines in bought} - {None}
    by_row = [one for one in found.parts["invoices"].ids() if one.startswith("row ")]
    assert set(found.parts["invoices"].ids()) - set(by_row) == ids
    assert len(ids) + len(by_row) == len(bought)
    if found.reason is None:
        assert found.currency == only_currency(world.now)
        assert found.parts["revenue"].total == revenue * 10_000
