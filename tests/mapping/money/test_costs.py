"""Costs: what the settings say of their signs is done, and what is beside them is said."""

from __future__ import annotations

from fractions import Fraction

import pytest

from retention_cli.errors import DataRefusedError
from retention_cli.mapping.canonical import canonical
from retention_cli.mapping.sheets import assign
from retention_cli.reading.delimited.csv import read_csv
from retention_cli.settings import ExportRule, Settings


def costs(*rows, recipe=None, leave_out=None):
    """The amounts of a file of costs, and what is said of it."""
    rules = []
    if recipe is not None:
        given = {"from": "Cost", **recipe}
        told = {"amount": {key: value for key, value in given.items() if value is not None}}
        rules = [ExportRule(file="costs.csv", kind="costs", columns=told)]
    if leave_out is not None:
        rules = [ExportRule(file="costs.csv", kind="costs", leave_out=leave_out)]
    sheet = read_csv("\n".join([*rows, ""]).encode(), file="costs.csv")
    (one,) = assign([sheet], kind="costs", rules=rules)
    found = canonical(one.sheet, one.layout, settings=Settings(), rule=one.rule)
    amounts = [cell for batch in found.batches for cell in batch.columns["amount"].to_pylist()]
    return [Fraction(cell) for cell in amounts], found.assumed


def rows(header, *cells):
    return [f"Date,Customer,Cost,{header}", *(f"2025-06-01,A,50,{cell}" for cell in cells)]


@pytest.mark.parametrize(
    ("header", "word"),
    [
        ("Type", "Credit"),
        ("Art", "Gutschrift"),
        ("Status", "rejected"),
        ("Category", "Supplier rebate"),
        ("Text", "VAT reclaim"),
    ],
)
def test_costs_that_are_credits_or_gone_are_asked_about(header, word):
    table = [f"Date,Customer,{header},Cost", "2025-06-01,A,Bill,50", f"2025-06-02,A,{word},{{}}"]
    told = f"rows with '{word}' in '{header}' may be none that count: 1 row, 20.00"
    with pytest.raises(DataRefusedError, match=told):
        costs(*table[:2], table[2].format(20))
    if word != "rejected":
        assert costs(*table[:2], table[2].format(-20))[1] == ()


@pytest.mark.parametrize(
    ("header", "cells", "said"),
    [
        ("Cancelled", ("no", "yes"), "rows with 'yes' as"),
        ("Fassung", ("1", "2"), "rows of every version count"),
        ("S/H", ("S", "H"), 'amount = { from = "Cost", negative = { "S/H" = ["H"] } }'),
        ("MwSt", ("8", "9"), 'amount = { from = "Cost", less = ["MwSt"] }'),
        ("Reimbursed", ("0", "9"), 'amount = { from = "Cost", less = ["Reimbursed"] }'),
    ],
)
def test_what_is_beside_costs_and_not_read_is_said(header, cells, said):
    amounts, (told,) = costs(*rows(header, *cells))
    assert amounts == [50, 50]
    assert said in told
    assert header in told
    assert costs(*rows(header, *cells), recipe={}) == ([50, 50], ())


def test_the_signs_and_what_the_settings_take_off_are_those_of_invoices():
    assert costs(*rows("S/H", "S", "H"), recipe={"negative": {"S/H": ["H"]}}) == ([50, -50], ())
    assert costs(*rows("MwSt", "8", ""), recipe={"less": ["MwSt"]}) == ([42, 50], ())
    assert costs(*rows("Note", "a"), recipe={"negate": True})[0] == [-50]


def test_minutes_beside_hours_are_said_not_to_be_read():
    sheet = read_csv(
        b"Date,Customer,Hours,Minutes,Cost Rate\n2025-06-01,A,1,30,40\n", file="costs.csv"
    )
    (one,) = assign([sheet])
    found = canonical(one.sheet, one.layout, settings=Settings())
    assert any(
        "'Minutes' is not read: hours are taken without it; leave" in s for s in found.assumed
    )


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("Minutes", "hours are taken without it"),
        ("Version", "rows of every version count"),
        ("Useful Life", "counts in full on its day"),
    ],
)
def test_a_line_says_that_costs_are_right_whatever_is_beside_them(header, said):
    table = [f"Date,Customer,Hours,Cost,{header}", "2025-06-01,A,1,50,30", "2025-06-02,A,2,20,12"]
    (found,) = costs(*table)[1]
    assert said in found
    assert f'leave_out = {{ "{header}" = [] }} in its [[export]]' in found
    assert costs(*table, leave_out={header: ()})[1] == ()


@pytest.mark.parametrize(
    ("header", "word"),
    [
        ("Category", "Reimbursement travel"),
        ("Category", "Refund"),
        ("Document Type", "Supplier Credit"),
        ("Document", "Purchase Order"),
        ("Beleg", "Bestellung 7"),
    ],
)
def test_costs_that_came_back_or_are_only_ordered_are_asked_about(header, word):
    with pytest.raises(DataRefusedError) as refused:
        costs(*rows(header, "Bill", word))
    assert f'negative = {{ "{header}" = ["{word}"] }}' in refused.value.hint
    assert f'leave_out = {{ "{header}" = ["{word}"] }}' in refused.value.snippet
    assert costs(*rows(header, "Bill", word), leave_out={header: ()}) == ([50, 50], ())


@pytest.mark.parametrize(
    ("header", "cells", "parts"),
    [("Anteil", ("60 %", "40 %"), [30, 20]), ("Share", ("0.5", "1"), [25, 50]),
     ("Allocation %", ("100", "25"), [50, 12.5])],
)  # fmt: skip
def test_shares_beside_costs_are_asked_about(header, cells, parts):
    table = rows(header, *cells)
    with pytest.raises(DataRefusedError) as refused:
        costs(*table)
    unit = {} if header == "Share" else {"unit": "percent"}
    made = {"multiply": ["Cost", header], **unit}
    told = f'multiply = ["Cost", "{header}"]'
    assert any(told in line for line in refused.value.snippet)
    assert costs(*table, recipe={"from": None, **made})[0] == parts
    assert costs(*table, recipe={})[0] == costs(*table, leave_out={header: ()})[0] == [50, 50]


def test_heads_beside_their_lines_are_asked_about():
    table = ["Report,Date,Row Type,Cost", "1,2025-06-01,Header,30", "1,2025-06-01,Line,10"]
    with pytest.raises(DataRefusedError) as refused:
        costs(*table, "1,2025-06-01,Line,20")
    assert 'leave_out = { "Row Type" = ["Header"] }' in refused.value.snippet


def test_a_claim_that_has_a_row_for_each_of_its_stages_is_asked_about():
    table = ["Claim,Date,Customer,Etappe,Cost", "C1,2025-06-03,A,soumise,80"]
    table += ["C1,2025-06-09,A,payée,80", "C2,2025-06-04,B,soumise,45.5", "C2,2025-06-10,B,payée,45.5"]  # fmt: skip
    with pytest.raises(
        DataRefusedError, match="the amounts of other rows of their 'Claim': 2 rows"
    ):
        costs(*table)
    assert sum(costs(*table, leave_out={"Etappe": ["soumise"]})[0]) == Fraction("125.5") * 2
    assert sum(costs(*table, recipe={})[0]) == 251


def test_costs_that_grow_with_the_days_and_costs_of_one_piece_are_asked_about():
    sums = [40, 115, 135, 245, 310, 400, 430, 485, 565]
    table = ["Date,Customer,Cost", *(f"2025-06-{n + 1:02},A,{one}" for n, one in enumerate(sums))]
    with pytest.raises(DataRefusedError, match="it grows in every row"):
        costs(*table)
    assert costs(*table, recipe={})[0] == sums
    pieces = ["Date,Customer,Item,Quantity,Cost"]
    pieces += [f"2025-06-0{n + 1},A,{'XY'[n % 2]},{1 + n % 4},{(5, 12)[n % 2]}" for n in range(8)]
    pieces += [f"2025-06-09,A,X,{n},5" for n in (2, 4, 6)]
    with pytest.raises(DataRefusedError, match="it does not grow with the quantity"):
        costs(*pieces)
