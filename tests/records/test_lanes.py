"""The column-wise lane and the model give the same answer, whatever is in the cells."""

from __future__ import annotations

from decimal import Decimal

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retention_cli import records
from retention_cli.reading.text import TextBatch
from retention_cli.records.fields import _read_money
from retention_cli.validating import validate_batch

EDGES = [
    *("2025-01-31", "2025-02-28", "2025-02-29", "2024-02-29", "2025-04-31", "1899-12-31"),
    *("1900-01-01", "2199-12-31", "2200-01-01", "0001-01-01", "9999-12-31", "0000-01-01"),
    *(
        "2025-1-1",
        "2025-01-01\n",
        " 2025-01-01",
        "\uff12\uff10\uff12\uff15-01-01",
        "2025-13-01",
        "2025-00-10",
    ),
    *("2025-06-02T09:00:00", "2025-06-02T24:00:00", "2025-06-02T09:00", "2025-02-29T00:00:00"),
    *("0", "-0", "1", "-1", "1.0", "1.", ".5", "1_000", "+1", " 5", "\u0665", "1e3", "NaN", "inf"),
    *("12.3456", "12.34560", "12.34567", "12.345600000", "-0.0001", "0.00001", "-0.00"),
    *("9999999999", "9999999999.9999", "10000000000", "99999999999999.9999", "100000000000000"),
    *("100000000000000.0001", "123456", "1234567", "999999999999", "9999999999999", "7.5", "4.00"),
    *("EUR", "eur", "EU", "EURO", "EÜR", "yes", "no", "Yes", "csat", "nps", "CSAT", "ces"),
    *("ended", "active", "Ended", "draft", "void", "a\0b", "\0", "", " ", "NA", "NULL", "007"),
    *("é", "e\u0301", "x" * 300, "1.12345678", "1.123456789", "10000000.5", "?5", "?2025-01-01"),
]
CELLS = st.one_of(
    st.none(),
    st.sampled_from(EDGES),
    st.text(max_size=6),
    st.from_regex(r"\A-?[0-9]{1,12}(\.[0-9]{1,6})?\Z"),
    st.dates().map(str),
    st.datetimes().map(lambda moment: moment.replace(microsecond=0).isoformat()),
)


def batch_of(columns):
    names = list(columns)
    arrays = [pa.array(cells, pa.string()) for cells in columns.values()]
    rows = pa.array(range(2, 2 + len(arrays[0])), pa.int64())
    return TextBatch(pa.RecordBatch.from_arrays(arrays, names=names), rows)


@st.composite
def batches(draw, kind):
    fields = records.model(kind).model_fields
    needed = [name for name, info in fields.items() if info.is_required()]
    others = draw(st.lists(st.sampled_from([n for n in fields if n not in needed]), unique=True))
    count = draw(st.integers(0, 12))
    names = [*needed, *others] or draw(
        st.lists(st.sampled_from(list(fields)), min_size=1, max_size=1)
    )
    column = st.lists(CELLS, min_size=count, max_size=count)
    return batch_of({name: draw(column) for name in [*names, "segment"]})


@pytest.mark.parametrize("kind", records.names())
def test_both_lanes_give_the_same_rows_and_refuse_the_same_ones(kind):
    model = records.model(kind)

    @settings(max_examples=150, deadline=None)
    @given(batch=batches(kind))
    def same(batch):
        fast, slow = (validate_batch(model, batch, fast=fast) for fast in (True, False))
        assert fast.table.schema == slow.table.schema
        assert fast.table.to_pydict() == slow.table.to_pydict()
        assert fast.refusals == slow.refusals
        assert fast.table.num_rows + len(fast.refusals) == len(batch.rows)

    same()


ORDINARY = {
    "customers": {
        "customer_id": ["007", "Ärger AG", "1"],
        "customer_name": ["Ann", None, "Jürgen, Söhne"],
        "start_date": ["2024-02-28", "2025-06-30", "1999-12-31"],
        "end_date": [None, "2025-07-31", None],
        "status": ["active", "ended", None],
    },
    "invoices": {
        "invoice_date": ["2025-06-30", "2025-01-31", "2024-12-01"],
        "amount": ["100.00", "-5", "1234567.8901"],
        "invoice_id": ["A1", None, "A3"],
        "customer_id": ["007", None, "9"],
        "currency": ["EUR", "USD", None],
        "cost": ["1.5", None, "0"],
        "status": ["paid", "void", None],
        "product": ["Wartung", None, "x"],
    },
    "surveys": {
        "score": ["5", "10", None],
        "kind": ["csat", "nps", "nps"],
        "scale_min": ["1", "0", None],
        "scale_max": ["5", "10", None],
        "responded_at": ["2025-06-01", "2025-06-02", None],
        "sent_at": ["2025-05-30", "2025-06-01", "2025-06-02"],
    },
    "tickets": {
        "ticket_id": ["1", "2", None],
        "created_at": ["2025-06-02T09:00:00", "2025-06-02", "2025-06-30T23:59:59"],
        "first_response_at": ["2025-06-02T09:00:00", None, None],
        "first_response_duration": ["0", "5400", None],
        "contacts": ["1", "12", None],
        "reopened": ["0", "1", None],
        "first_contact_resolved": ["yes", "no", None],
    },
    "costs": {
        "amount": ["1.50", "-2", "3"],
        "hours": ["1.25", None, "0.33333333"],
        "cost_date": ["2025-06-01", "2025-06-02", "2025-06-30"],
        "customer_id": ["007", None, "9"],
    },
}


@pytest.mark.parametrize("kind", records.names())
def test_ordinary_rows_are_proven_and_never_seen_by_the_model(kind, monkeypatch):
    model, seen = records.model(kind), []
    monkeypatch.setattr(model, "model_validate", seen.append)
    checked = validate_batch(model, batch_of(ORDINARY[kind]))
    assert seen == []
    assert checked.table.num_rows == 3


@settings(deadline=None)
@given(
    amount=st.decimals(
        allow_nan=False,
        allow_infinity=False,
        places=4,
        min_value=Decimal(-(10**13)),
        max_value=Decimal(10**13),
    )
)
def test_money_is_exact_from_the_cell_on(amount):
    text = f"{amount:f}"
    batch = batch_of({"invoice_date": ["2025-06-01"], "amount": [text]})
    (scaled,) = validate_batch(records.model("invoices"), batch).table["amount"].to_pylist()
    assert Decimal(scaled) / 10_000 == amount
    assert _read_money(text) == scaled


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        pytest.param({"start_date": None}, "missing-value", id="a start date that is blank"),
        pytest.param({"start_date": "2025-02-29"}, "bad-date", id="a day of no calendar"),
        pytest.param({"customer_id": None}, "missing-value", id="nobody"),
        pytest.param({"customer_id": "a\0b"}, "control-character", id="a NUL in an id"),
        pytest.param({"end_date": "2024-01-01"}, "end-before-start", id="turned dates"),
        pytest.param({"status": "ended"}, "no-end-date", id="ended without an end"),
    ],
)
def test_a_customer_that_cannot_be_says_why(cells, code):
    row = {"customer_id": "1", "start_date": "2024-06-01", "end_date": None, "status": None}
    checked = validate_batch(
        records.model("customers"), batch_of({n: [c] for n, c in (row | cells).items()})
    )
    assert [refusal.code for refusal in checked.refusals] == [code]


def test_rescued_rows_go_back_to_their_place():
    dates = ["2025-06-01", "1850-01-01", "2025-02-30", "2025-06-02"]
    batch = batch_of({"customer_id": list("abcd"), "start_date": dates, "segment": list("wxyz")})
    checked = validate_batch(records.model("customers"), batch)
    assert checked.table.to_pydict()["customer_id"] == ["a", "b", "d"]
    assert checked.table.to_pydict()["segment"] == ["w", "x", "z"]
    assert checked.table.to_pydict()["_row"] == [2, 3, 5]
    assert [(found.index, found.column) for found in checked.refusals] == [(2, "start_date")]
