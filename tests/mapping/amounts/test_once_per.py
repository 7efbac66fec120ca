"""Totals that repeat on the lines of an id: taken once, proven by the lines, or asked about."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retention_cli.errors import AmbiguousColumnError, DataRefusedError, UnknownNameError
from retention_cli.mapping.canonical import canonical
from retention_cli.mapping.sheets import assign
from retention_cli.reading import read_bytes
from retention_cli.settings import ExportRule, Settings

ONCE = {"from": "Order Total", "once_per": "Order ID"}
HEADER = "Order ID,Order Date,Order Total,Product"


def read(header, *rows, rule=None):
    """Read an export; the amount of each row, and what was assumed."""
    text = "\n".join([header, *rows]) + "\n"
    sheets = read_bytes(text.encode(), name="a.csv")
    (found,) = assign(sheets, kind="invoices", rules=[rule] if rule else [])
    made = canonical(found.sheet, found.layout, settings=Settings(), rule=found.rule)
    cells = [cell for batch in made.batches for cell in batch.columns["amount"].to_pylist()]
    return [cell if cell is None else Decimal(cell) for cell in cells], made.assumed


def told(recipe):
    return ExportRule(file="a.csv", kind="invoices", columns={"amount": recipe})


@pytest.mark.parametrize(
    ("header", "rows"),
    [
        pytest.param(HEADER, ["1,2025-06-02,10,A", "1,2025-06-02,20,B"], id="amounts of lines"),
        pytest.param(HEADER, ["1,2025-06-02,10,A", "2,2025-06-02,10,B"], id="one row an order"),
        pytest.param(HEADER, ["1,2025-06-02,10,A", "1,2025-06-02,10,A"], id="equal rows"),
        pytest.param(HEADER, [",2025-06-02,10,A", ",2025-06-02,10,B"], id="rows without an id"),
        pytest.param(HEADER, ["1,2025-06-02,0,A", "1,2025-06-02,0,B"], id="nothing was paid"),
        pytest.param(
            "Order ID,Order Date,Line Total,Product",
            ["1,2025-06-02,10,A", "1,2025-06-02,10,B", "2,2025-06-02,5,A", "2,2025-06-02,5,B"],
            id="named as that of a line",
        ),
        pytest.param(
            "Order ID,Order Date,Net Amount,Product",
            ["1,2025-06-02,10,A", "1,2025-06-02,10,B", "2,2025-06-02,5,A"],
            id="one order of two equal lines",
        ),
    ],
)
def test_these_amounts_stay_as_they_are(header, rows):
    amounts, assumed = read(header, *rows)
    assert (amounts, assumed) == ([Decimal(row.split(",")[2]) for row in rows], ())


@pytest.mark.parametrize(
    ("header", "rows"),
    [
        pytest.param(HEADER, ["1,2025-06-02,10,A", "1,2025-06-02,10,B"], id="named as a total"),
        pytest.param(
            "Belegnummer,Belegdatum,Betrag,Artikel",
            ["1,2025-06-02,10,A", "1,2025-06-02,10,B", "2,2025-06-02,5,A", "2,2025-06-02,5.0,C"],
            id="every order, and more than one",
        ),
        pytest.param(
            HEADER, ["1,2025-06-02,10,A", "2,2025-06-02,7,A", "1,2025-06-02,10,B"], id="apart"
        ),
    ],
)
def test_what_may_be_a_total_of_all_lines_is_asked_about(header, rows):
    with pytest.raises(AmbiguousColumnError) as refused:
        read(header, *rows)
    number, _, amount, _ = header.split(",")
    once, each = refused.value.snippet[-2:]
    assert once == f'amount = {{ from = "{amount}", once_per = "{number}" }}'
    assert each.startswith(f'# amount = "{amount}"')
    assert f"it is the same on all rows of each '{number}'" in refused.value.message


def test_either_line_answers_it():
    rows = ["1,2025-06-02,10,A", "1,2025-06-02,10,B", "2,2025-06-02,7,A"]
    assert sorted(read(HEADER, *rows, rule=told(ONCE))[0]) == [0, 7, 10]
    assert sum(read(HEADER, *rows, rule=told("Order Total"))[0]) == 27


def test_lines_that_add_up_to_the_total_are_read_in_its_place():
    header, rows = f"{HEADER},Position", ["1,2025-06-02,10,A,6.50", "1,2025-06-02,10,B,3.50"]
    amounts, assumed = read(header, *rows)
    assert amounts == [Decimal("6.50"), Decimal("3.50")]
    assert assumed == (
        "amounts are read from 'Position', whose rows add up to 'Order Total' of each 'Order ID'",
    )


def test_an_amount_of_the_line_is_taken_by_its_name():
    rows = ["1,2025-06-02,10,6.50", "1,2025-06-02,10,3.00"]
    amounts, _ = read("Order ID,Order Date,Order Total,Line Total", *rows)
    assert amounts == [Decimal("6.50"), Decimal("3.00")]


def test_so_are_prices_times_quantities():
    header = f"{HEADER},Quantity,Unit Price"
    rows = ["1,2025-06-02,10,A,2,3.25", "1,2025-06-02,10,B,1,3.50", "2,2025-06-02,6.66,A,3,2.22"]
    amounts, assumed = read(header, *rows)
    assert sum(amounts) == Decimal("16.66")
    assert "'Quantity' times 'Unit Price'" in assumed[0]


def test_the_row_that_keeps_a_total_is_the_same_in_any_order():
    rows = ["1,2025-06-02,10,B", "1,2025-06-02,10,A", "1,2025-06-02,10,C"]
    assert read(HEADER, *rows, rule=told(ONCE))[0] == [0, 10, 0]
    assert read(HEADER, *reversed(rows), rule=told(ONCE))[0] == [0, 10, 0]


def test_a_total_on_one_line_alone_is_taken_too():
    rows = ["1,2025-06-02,10,A", "1,2025-06-02,,B", "2,2025-06-02,,A", ",2025-06-02,4,A"]
    assert read(HEADER, *rows, rule=told(ONCE))[0] == [10, 0, None, 4]


def test_two_totals_of_one_id_are_refused_with_their_rows():
    rows = ["1,2025-06-02,10,A", "2,2025-06-02,5,A", "1,2025-06-02,12,B"]
    with pytest.raises(DataRefusedError, match="it is 10 in row 2 and 12 in row 4"):
        read(HEADER, *rows, rule=told(ONCE))


def test_a_header_that_is_not_there_is_named():
    with pytest.raises(UnknownNameError, match="unknown column 'Ordre'"):
        read(HEADER, "1,2025-06-02,10,A", rule=told({"from": "Order Total", "once_per": "Ordre"}))


LINE = st.tuples(st.integers(1, 9_999), st.sampled_from("ABCDEF"))
ORDERS = st.lists(st.lists(LINE, min_size=1, max_size=4), min_size=1, max_size=6)


@settings(deadline=None, max_examples=40)
@given(orders=ORDERS, beside=st.booleans(), seed=st.randoms(use_true_random=False))
def test_the_known_total_or_a_question(orders, beside, seed):
    rows = []
    for number, lines in enumerate(orders):
        total = sum(cents for cents, _ in lines)
        for place, (cents, product) in enumerate(lines):
            line = f",{cents / 100:.2f}" if beside else ""
            rows.append(f"{number},2025-06-02,{total / 100:.2f},{product}{place}{line}")
    seed.shuffle(rows)
    expected = Decimal(sum(cents for lines in orders for cents, _ in lines)) / 100
    header = f"{HEADER},Worth" if beside else HEADER
    assert sum(read(HEADER, *[row.rpartition(",")[0] if beside else row for row in rows], rule=told(ONCE))[0]) == expected  # fmt: skip
    try:
        found, _ = read(header, *rows)
    except AmbiguousColumnError:
        assert not beside
        return
    assert sum(found) == expected
