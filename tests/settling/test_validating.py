from __future__ import annotations

from datetime import date

import pyarrow as pa
import pytest

from retention_cli.frames.columns import ROW
from retention_cli.reading.text import TextBatch
from retention_cli.records import model
from retention_cli.settling.validating import validate_batch


def batch_of(**columns):
    arrays = [pa.array(cells, pa.string()) for cells in columns.values()]
    rows = pa.array(range(2, 2 + len(arrays[0])), pa.int64())
    return TextBatch(pa.RecordBatch.from_arrays(arrays, names=list(columns)), rows)


CUSTOMERS = batch_of(
    segment=["a", "b", None, "d", "e"],
    start_date=["2025-01-01", "1850-05-05", "2025-02-30", "2025-03-03", "2200-01-01"],
    customer_id=["1", "2", "3", None, "5"],
)


@pytest.mark.parametrize("fast", [True, False], ids=["fast", "slow"])
def test_rescued_rows_stand_in_file_order_among_the_proven(fast):
    table = validate_batch(model("customers"), CUSTOMERS, fast=fast).table
    assert table.to_pydict() == {
        "customer_id": ["1", "2", "5"],
        "start_date": [date(2025, 1, 1), date(1850, 5, 5), date(2200, 1, 1)],
        ROW: [2, 3, 6],
        "segment": ["a", "b", "e"],
    }


def test_only_columns_of_the_batch_are_in_the_table_and_others_stay_text():
    table = validate_batch(model("customers"), CUSTOMERS).table
    assert table.column_names == ["customer_id", "start_date", ROW, "segment"]
    assert table.schema.field("segment").type == pa.string()


def test_a_refusal_names_its_place_column_and_code():
    found = validate_batch(model("customers"), CUSTOMERS).refused
    assert [(rows, one.column, one.code, one.of_cell) for rows, one in found] == [
        ([4], "start_date", "bad-date", True),
        ([5], "customer_id", "missing-value", True),
    ]
    assert found[0][1].message == "is not a day of the calendar"


def test_a_rule_across_columns_refuses_the_row_and_names_the_column_at_fault():
    batch = batch_of(customer_id=["1"], start_date=["2025-02-01"], end_date=["2025-01-01"])
    ((_, found),) = validate_batch(model("customers"), batch).refused
    assert (found.column, found.code, found.of_cell) == ("end_date", "end-before-start", False)
    assert found.message == "end_date 2025-01-01 is before start_date 2025-02-01"


def test_the_first_bad_cell_speaks_for_a_row_with_several():
    batch = batch_of(customer_id=[None], start_date=["x"])
    ((_, found),) = validate_batch(model("customers"), batch).refused
    assert found.column == "customer_id"


def test_a_batch_that_is_refused_whole_gives_a_typed_table_without_rows():
    batch = batch_of(customer_id=[None], start_date=["x"])
    table = validate_batch(model("customers"), batch).table
    assert (table.num_rows, table.schema.field("start_date").type) == (0, pa.date32())


@pytest.mark.parametrize("fast", [True, False], ids=["fast", "slow"])
def test_without_a_column_that_the_kind_needs_every_row_is_refused(fast):
    batch = batch_of(invoice_date=["2025-01-01", "2025-01-02"])
    checked = validate_batch(model("invoices"), batch, fast=fast)
    assert [(rows, found.column) for rows, found in checked.refused] == [([2, 3], "amount")]
    assert checked.table.num_rows == 0


def test_many_rescued_rows_keep_the_cells_of_their_row():
    days = ["1850-01-01" if n % 3 else "2025-01-01" for n in range(50)]
    days[7] = "x"
    batch = batch_of(customer_id=[str(n) for n in range(50)], start_date=days)
    table = validate_batch(model("customers"), batch).table
    kept = [n for n in range(50) if n != 7]
    assert table["customer_id"].to_pylist() == [str(n) for n in kept]
    assert table["start_date"].to_pylist() == [date.fromisoformat(days[n]) for n in kept]
    assert table[ROW].to_pylist() == [n + 2 for n in kept]


def test_only_rows_that_no_cell_proves_or_refuses_are_seen_by_the_model(monkeypatch):
    customer, seen = model("customers"), []
    truth = customer.model_validate
    monkeypatch.setattr(customer, "model_validate", lambda row: seen.append(row) or truth(row))
    validate_batch(customer, CUSTOMERS)
    assert [row["customer_id"] for row in seen] == ["2", "5"]
    assert "segment" not in seen[0]
