from __future__ import annotations

from fractions import Fraction

import pytest

from invoice_worlds import SEEDS, World, answer, documents, figure, money, only_currency, several
from retention_cli.values.measures import Unit

EUR = "invoice_id,invoice_date,amount,currency"


@pytest.mark.parametrize(
    ("invoices", "value", "n"),
    [
        pytest.param(
            ["a,2025-06-01,10", "a,2025-06-30,5"], 15, 2, id="both edge days belong to it"
        ),
        pytest.param(["a,2025-05-31,10", "a,2025-07-01,5"], 0, 0, id="the days around do not"),
        pytest.param(["a,2025-06-02,10", "a,2025-06-03,-4"], 6, 2, id="credit notes are negative"),
        pytest.param(["a,2025-06-02,-4"], -4, 1, id="credit notes alone are below 0"),
        pytest.param([",2025-06-02,10", "zz,2025-06-03,5"], 15, 2, id="whoever it came from"),
        pytest.param(["a,2025-06-02,1", "a,2025-06-02,1"], 2, 2, id="equal rows both count"),
        pytest.param(
            ["a,2025-06-02,0.1000", "a,2025-06-02,0.2000"],
            Fraction("0.3"),
            2,
            id="tenths are exact",
        ),
        pytest.param(["a,2025-06-02,0.0001"], Fraction("0.0001"), 1, id="the smallest amount"),
        pytest.param([], "no-invoices", 0, id="no invoices in the exports is not a 0"),
        pytest.param(
            [
                "invoice_id,invoice_date,amount",
                "A,2025-06-02,10",
                "A,2025-06-02,5",
                "B,2025-06-02,1",
            ],
            16,
            2,
            id="lines of one invoice are one invoice",
        ),
        pytest.param(
            ["invoice_id,invoice_date,amount", "A,2025-06-02,6", ",2025-06-02,5", ",2025-06-02,5"],
            16,
            3,
            id="rows without an id are invoices of their own",
        ),
        pytest.param(
            [
                "invoice_date,amount,status",
                "2025-06-02,1,draft",
                "2025-06-02,2,void",
                "2025-06-02,4,",
            ],
            4,
            1,
            id="drafts and voided ones are left out",
        ),
    ],
)
def test_revenue(invoices, value, n, backend):
    found = figure("revenue", "2025-06", invoices=invoices, backend=backend)
    assert answer(found) == (value if isinstance(value, str) else value * 10_000)
    assert found.sample_size == n


def test_not_a_cent_is_lost_where_a_binary_float_loses_one(backend):
    invoices = ["a,2025-06-05,90071992547409.93", *["a,2025-06-05,0.10"] * 10_000]
    found = figure("revenue", "2025-06", invoices=invoices, backend=backend)
    assert found.value == 900719925484099300
    assert isinstance(found.value, int)


@pytest.mark.parametrize(
    ("currencies", "expected"),
    [
        pytest.param(["EUR", "EUR"], "EUR", id="one is carried"),
        pytest.param(["", ""], None, id="none is named"),
        pytest.param(["USD", "EUR"], "amounts are in EUR and USD and no rates are given", id="two"),
        pytest.param(
            ["USD", "EUR", "CHF", "SEK", "GBP", "JPY"],
            "amounts are in CHF, EUR, GBP, JPY, SEK and USD and no rates are given",
            id="six",
        ),
        pytest.param(
            ["USD", ""],
            "amounts are in USD and no currency and no rates are given",
            id="a blank one is one more",
        ),
    ],
)
def test_currencies_are_never_added_up(currencies, expected, backend):
    rows = [f"i{n},2025-06-02,10,{code}" for n, code in enumerate(currencies)]
    found = figure("revenue", "2025-06", invoices=[EUR, *rows], backend=backend)
    if found.reason:
        assert (found.reason.code, found.reason.message) == ("several-currencies", expected)
        assert found.sample_size == len(currencies)
    else:
        assert found.currency == expected
        assert found.value == 10 * 10_000 * len(currencies)


def test_another_currency_outside_the_period_changes_nothing(backend):
    rows = [EUR, "A,2025-06-02,10,EUR", "B,2025-07-02,10,USD"]
    found = figure("revenue", "2025-06", invoices=rows, backend=backend)
    assert (found.value, found.currency) == (100_000, "EUR")


@pytest.mark.parametrize(("code", "carried"), [("EUR", "EUR"), ("USD", None)])
def test_an_empty_period_has_the_currency_of_the_export_if_it_has_just_one(code, carried, backend):
    rows = [EUR, "A,2025-05-02,10,EUR", f"B,2025-07-02,10,{code}"]
    found = figure("revenue", "2025-06", invoices=rows, backend=backend)
    assert (found.value, found.sample_size, found.currency) == (0, 0, carried)


def test_the_ids_behind_it_are_those_of_the_invoices(backend):
    rows = [EUR, "B,2025-06-02,10,EUR", "A,2025-06-02,-1,EUR", "B,2025-06-02,1,EUR"]
    part = figure("revenue", "2025-06", invoices=[*rows, "C,2025-07-02,5,EUR"], backend=backend)
    assert part.parts["revenue"].ids() == ["A", "B"]
    assert (part.parts["revenue"].total, part.parts["revenue"].unit) == (100_000, Unit.MONEY)


def test_invoices_that_were_not_loaded_are_said_to_be_missing():
    assert figure("revenue", "2025-06", customers=["a 2024-01-01"]).reason.code == "not-loaded"


@pytest.mark.parametrize("seed", SEEDS)
def test_agrees_with_adding_up_row_by_row(seed, backend):
    world = World(seed)
    expected = sum(money(row["amount"]) for row in world.now) * 10_000
    found = world.figure("revenue", backend)
    assert answer(found) == ("several-currencies" if several(world.now) else expected)
    assert found.sample_size == len(documents(world.now))
    if found.reason is None:
        ids = {row["invoice_id"] for row in world.now} - {None}
        assert found.parts["revenue"].ids() == sorted(ids)
        assert found.currency == only_currency(world.now)
