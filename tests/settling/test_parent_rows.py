from __future__ import annotations

from decimal import Decimal

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retention_cli import records
from retention_cli.reading.text import TextBatch
from retention_cli.settling.parent_rows import with_parents

INVOICES = records.model("invoices")
NAMES = ("invoice_id", "invoice_date", "customer_id", "product", "amount")
GROUPED = (
    ("F1", "2025-06-03", "C1", "Lamp", "100.0000"),
    (None, None, None, "Cable", "20.0000"),
    (None, None, None, "Bulb", "30.0000"),
    ("F2", "2025-06-10", "C2", "Cable", "80.0000"),
    ("F3", "2025-06-21", "C3", "Lamp", "50.0000"),
    (None, None, None, "Stand", "150.0000"),
)


def batches(rows, names=NAMES, size=4):
    found = []
    for start in range(0, len(rows), size):
        some = rows[start : start + size]
        columns = [pa.array(column, pa.string()) for column in zip(*some, strict=True)]
        numbers = pa.array(range(start + 2, start + 2 + len(some)), pa.int64())
        found.append(TextBatch(pa.RecordBatch.from_arrays(columns, names=list(names)), numbers))
    return found


def filled(rows, **also):
    found = with_parents(batches(rows), INVOICES, **also)
    ids = [cell for batch in found.batches for cell in batch.columns.column(0).to_pylist()]
    return found, ids


def test_lines_below_an_invoice_are_of_it():
    found, ids = filled(GROUPED)
    assert ids == ["F1", "F1", "F1", "F2", "F3", "F3"]
    (batch,) = found.batches
    assert batch.columns.column(1).to_pylist()[1] == "2025-06-03"
    assert batch.columns.column(3).to_pylist()[1] == "Cable"
    assert batch.rows.to_pylist() == [2, 3, 4, 5, 6, 7]
    assert "3 rows are read as lines" in str(found.assumed)


def test_columns_that_are_held_as_codes_are_read_alike():
    coded = []
    for batch in batches(GROUPED, size=6):
        columns = [column.dictionary_encode() for column in batch.columns.columns]
        cells = pa.RecordBatch.from_arrays(columns, names=list(NAMES))
        coded.append(TextBatch(cells, batch.rows))
    (found,) = with_parents(coded, INVOICES).batches
    (plain,) = filled(GROUPED)[0].batches
    assert found.columns.to_pylist() == plain.columns.to_pylist()


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        pytest.param(GROUPED[:3], "one invoice alone", id="one invoice"),
        pytest.param(
            (*GROUPED, ("F4", None, "C4", "Lamp", "5.0000")), "one lacks its day", id="no day alone"
        ),
        pytest.param(
            [
                (*GROUPED[0][:4], "10"),
                (None, None, None, "a", "10"),
                (*GROUPED[3][:4], "7"),
                (None, None, None, "b", "7"),
            ],
            "each line may be its total",
            id="one line each, as much",
        ),
        pytest.param(
            [
                (*GROUPED[0][:4], "10"),
                (None, None, None, "a", "5"),
                (None, None, None, "b", "15"),
                (*GROUPED[3][:4], "7"),
                (None, None, None, "b", "2"),
                (None, None, None, "b", "9"),
            ],
            "each ends in its sum",
            id="subtotals",
        ),
    ],
)
def test_what_is_not_proven_is_asked(rows, why):
    found, ids = filled(rows)
    assert ids == [row[0] for row in rows], why
    assert found.assumed is None
    assert "may be lines of the row above" in str(found.asked)
    assert filled(rows, told=False)[0].asked is None
    assert None not in filled(rows, told=True)[1]


def test_a_row_that_was_torn_between_is_nobodys_parent():
    _, ids = filled(GROUPED, gone=[3])
    assert ids == ["F1", "F1", None, "F2", "F3", "F3"]


def test_a_few_rows_without_their_cells_are_no_lines():
    rows = [(f"F{i}", "2025-06-03", "C1", "Lamp", "1.0000") for i in range(40)]
    rows[20] = (None, None, None, "Lamp", "1.0000")
    found, ids = filled(rows)
    assert (ids[20], found.asked, found.assumed) == (None, None, None)


def test_amounts_that_their_lines_add_up_to_count_once():
    rows = [
        ("F1", "2025-06-03", "C1", None, "50"),
        (None, None, None, "Cable", "20"),
        (None, None, None, "Bulb", "30"),
        ("F2", "2025-06-10", "C2", None, "80"),
        (None, None, None, "Bulb", "80"),
    ]
    found, ids = filled(rows)
    assert (ids, found.left_out) == (["F1", "F2"], (3, 4, 6))


def test_a_first_row_without_an_amount_names_its_lines():
    rows = [
        ("F1", "2025-06-03", "C1", None, None),
        (None, None, None, "Cable", "20"),
        (None, None, None, "Bulb", "30"),
        ("F2", "2025-06-10", "C2", None, None),
        (None, None, None, "Bulb", "80"),
    ]
    found, ids = filled(rows)
    assert (ids, found.left_out) == (["F1", "F1", "F2"], (2, 5))


def test_a_total_is_no_line():
    for total in ((None, None, None, "Total", "430"), (None, None, None, None, "430.0000")):
        _, ids = filled((*GROUPED, total))
        assert ids == ["F1", "F1", "F1", "F2", "F3", "F3", None]


AMOUNTS = st.integers(1, 400).map(lambda cents: Decimal(cents) / 4)
GROUPS = st.lists(st.lists(AMOUNTS, min_size=1, max_size=4), min_size=1, max_size=5)


@settings(max_examples=60, deadline=None)
@given(groups=GROUPS, totals=st.booleans())
def test_the_sum_of_invoices_is_theirs_or_is_asked(groups, totals):
    """The same invoices, their id on each line and on the first alone: never another sum."""
    rows = []
    for number, amounts in enumerate(groups):
        head = (f"F{number}", "2025-06-03", f"C{number}")
        rows += [
            (*(head if place == 0 else (None,) * 3), f"p{place}", str(amount))
            for place, amount in enumerate(amounts)
        ]
    if totals:
        rows.append((None, None, None, "Total", str(sum(map(sum, groups)))))
    found, ids = filled(rows)
    if found.assumed is None:
        assert ids == [row[0] for row in rows]
        return
    sums: dict[str | None, Decimal] = {}
    for batch in found.batches:
        for one, amount in zip(
            batch.columns.column(0).to_pylist(), batch.columns.column(4).to_pylist(), strict=True
        ):
            sums[one] = sums.get(one, Decimal(0)) + Decimal(amount)
    sums.pop(None, None)
    if not found.left_out:
        assert sums == {f"F{number}": sum(amounts) for number, amounts in enumerate(groups)}
