"""The column-wise lane and the model give the same answer, whatever is in the cells."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import product

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retention_cli import records
from retention_cli.reading.text import TextBatch
from retention_cli.records.base import DAY, DURATION, HOURS, INSTANT, NUMBER, Record, form_of
from retention_cli.records.fields import Day  # noqa: TC001 -- pydantic reads it at run time
from retention_cli.settling.validating import validate_batch

DAYS = [
    *("2025-01-31", "2025-02-28", "2025-02-29", "2024-02-29", "2000-02-29", "1900-02-29"),
    *("2025-04-31", "2025-12-31", "2025-12-32", "2025-13-01", "2025-00-10", "2025-01-00"),
    *("1899-12-31", "1900-01-01", "2199-12-31", "2200-01-01", "0001-01-01", "0000-01-01"),
    *("9999-12-31", "2025-1-1", "25-01-01", "20250101", "2025-01-01\n", " 2025-01-01"),
    *("2025-01-01 ", "\uff12\uff10\uff12\uff15-01-01", "2025-W01-1", "1735689600", "?2025-01-01"),
]
INSTANTS = [
    *("2025-06-02T09:00:00", "2025-06-02T00:00:00", "2025-06-02T23:59:59", "2025-06-02T24:00:00"),
    *("2025-06-02T09:60:00", "2025-06-02T09:00:60", "2025-06-02T09:00", "2025-06-02 09:00:00"),
    *("2025-06-02T09:00:00Z", "2025-06-02T09:00:00.5", "2025-06-02T", "2025-02-29T00:00:00"),
    *("1899-12-31T23:59:59", "2200-01-01T00:00:00", "2025-06-02T09:00:00\n", "2025-06-02T0é:00:00"),
    *("2025-06-02T09:00:00+02:00", "2025-06-02T09:00:00-03:30", "2025-06-02T09:00:00+00:00"),
    *("2025-06-02T09:00:00+14:59", "2025-06-02T09:00:00+15:00", "2025-06-02T09:00:00+23:59"),
    *("2025-06-02T09:00:00+24:00", "2025-06-02T09:00:00+02:60", "2025-06-02T09:00:00+0200"),
    *("2025-06-02T09:00:00+00:53:28", "2025-06-02T09:00:00 02:00", "2025-06-02+02:00"),
]
NUMBERS = [
    *("0", "-0", "00", "007", "1", "-1", "+1", "--1", "1.0", "1.", ".5", "-.5", "1_000", "1,5"),
    *(" 5", "5 ", "5\n", "\u0665", "\uff15", "\u00b2", "1e3", "NaN", "inf", "0x10", "?5", "-", "."),
    *("12.3456", "12.34560", "12.34567", "12.345600000", "-0.0001", "0.00001", "-0.00"),
    *("9999999999", "9999999999.9999", "10000000000", "99999999999", "10000000000.00001"),
    *("99999999999999", "99999999999999.9999", "-99999999999999.9999", "100000000000000"),
    *("-100000000000000", "100000000000000.0001", "9223372036854775808", "00000000000000000001"),
    *("123456", "999999", "1000000", "-999999", "-1000000", "7.5", "4.00", "4.0\n", "11", "10"),
    *("999999999999", "1000000000000", "1234567", "9999999.99999999", "10000000", "0.123456789"),
]
WORDS = [
    *("EUR", "USD", "eur", "EU", "EURO", "EÜR", "EUR\n", " EUR", "\uff25\uff35\uff32", "ABC"),
    *("yes", "no", "Yes", "yes\n", "csat", "nps", "CSAT", "ces", "nps\n", "ended", "active"),
    *("Ended", "ended ", "draft", "void", "a\0b", "\0", "", " ", "\n", "NA", "NULL", "007"),
    *("é", "e\u0301", "\u200b", "\U0001f600", "x" * 300),
]
NOON = datetime(2025, 6, 2, 12)
EVERYTHING = st.one_of(
    st.none(), st.sampled_from([*DAYS, *INSTANTS, *NUMBERS, *WORDS]), st.text(max_size=6)
)
NUMERIC = st.from_regex(r"\A-?[0-9]{1,15}(\.[0-9]{1,9})?\Z")
DATED = st.dates().map(str)
NEARBY = st.dates(date(2025, 6, 1), date(2025, 6, 5)).map(str)
TIMED = st.datetimes().map(lambda moment: moment.replace(microsecond=0).isoformat())
PLACED = st.builds(
    lambda by, offset: f"{(NOON + timedelta(minutes=by)).isoformat()}{offset}",
    st.integers(-600, 600),
    st.sampled_from(["", "+02:00", "+01:00", "+00:00", "-11:00"]),
)
FITTING = {
    DAY: st.one_of(NEARBY, st.sampled_from(DAYS), DATED),
    INSTANT: st.one_of(NEARBY, PLACED, st.sampled_from([*DAYS, *INSTANTS]), TIMED),
    NUMBER: st.one_of(st.sampled_from(["0", "1", "5", "10"]), st.sampled_from(NUMBERS), NUMERIC),
    HOURS: st.one_of(st.sampled_from(NUMBERS), NUMERIC),
    DURATION: st.one_of(st.sampled_from(NUMBERS), NUMERIC),
}
"""Cells near the edges of a form; the first of each are often good, so that whole rows are."""


def cells_of(info):
    fitting = FITTING.get(form_of(info), st.sampled_from(WORDS))
    return st.one_of(fitting, fitting, st.none(), EVERYTHING)


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
    cells = {name: cells_of(fields[name]) for name in names} | {"segment": EVERYTHING}
    sized = {"min_size": count, "max_size": count}
    return batch_of({name: draw(st.lists(column, **sized)) for name, column in cells.items()})


@pytest.mark.parametrize("kind", records.names())
def test_both_lanes_give_the_same_rows_and_refuse_the_same_ones(kind):
    model = records.model(kind)

    @settings(max_examples=40, deadline=None)
    @given(batch=batches(kind))
    def same(batch):
        fast, slow = (validate_batch(model, batch, fast=fast) for fast in (True, False))
        assert fast.table.schema == slow.table.schema
        assert fast.table.to_pydict() == slow.table.to_pydict()
        assert fast.refused == slow.refused
        refused = sum(len(rows) for rows, _ in fast.refused)
        assert fast.table.num_rows + refused == len(batch.rows)

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


ACROSS_COLUMNS = {
    "customers": {
        "start_date": [None, "2025-01-01", "2025-01-02"],
        "end_date": [None, "2025-01-01", "2025-01-02"],
        "status": [None, "active", "ended"],
    },
    "surveys": {
        "score": [None, "0", "1", "5", "9", "10"],
        "kind": [None, "csat", "nps"],
        "scale_min": [None, "0", "1"],
        "scale_max": [None, "5", "10"],
        "responded_at": [None, "2025-06-01"],
    },
    "tickets": {
        "created_at": [None, "2025-06-02T09:00:00", "2025-06-02T09:00:01"],
        "first_response_at": [None, "2025-06-02T09:00:00", "2025-06-02T09:00:01"],
        "resolved_at": [None, "2025-06-02T09:00:00", "2025-06-02T09:00:01"],
    },
    "costs": {"amount": [None, "1"], "hours": [None, "2"], "cost_date": [None, "2025-06-01"]},
}


@pytest.mark.parametrize("kind", ACROSS_COLUMNS)
def test_rules_across_columns_are_the_same_for_both_lanes(kind):
    model, pools = records.model(kind), ACROSS_COLUMNS[kind]
    rows = list(product(*pools.values()))
    needed = [n for n, info in model.model_fields.items() if info.is_required() and n not in pools]
    ids = {name: [str(n) for n in range(len(rows))] for name in needed}
    for left_out in (None, *pools):
        names = [n for n in pools if n != left_out or model.model_fields[n].is_required()]
        cells = {n: [row[list(pools).index(n)] for row in rows] for n in names}
        batch = batch_of(ids | cells)
        fast, slow = (validate_batch(model, batch, fast=fast) for fast in (True, False))
        assert fast.table.equals(slow.table)
        assert fast.refused == slow.refused


@pytest.mark.parametrize("name", ["amount", "cost"])
@settings(deadline=None)
@given(
    amount=st.decimals(
        min_value=Decimal("-99999999999999.9999"),
        max_value=Decimal("99999999999999.9999"),
        places=4,
    ),
    zeros=st.integers(0, 3),
)
def test_money_is_whole_ten_thousandths_exactly(name, amount, zeros):
    row = {"invoice_date": ["2025-06-01"], "amount": ["1"], name: [f"{amount:f}" + "0" * zeros]}
    for fast in (True, False):
        checked = validate_batch(records.model("invoices"), batch_of(row), fast=fast)
        assert [Decimal(cell) / 10_000 for cell in checked.table[name].to_pylist()] == [amount]


def test_a_hundred_trillion_is_refused_and_a_ten_thousandth_less_is_not():
    cells = ["100000000000000", "99999999999999.9999", "-100000000000000", "-99999999999999.9999"]
    batch = batch_of({"invoice_date": ["2025-06-01"] * 4, "amount": cells})
    checked = validate_batch(records.model("invoices"), batch)
    assert checked.table["amount"].to_pylist() == [10**18 - 1, -(10**18) + 1]
    assert [(rows, found.code) for rows, found in checked.refused] == [([2, 4], "number-too-large")]


@pytest.mark.parametrize("kind", records.names())
def test_a_column_without_rows_keeps_its_type(kind):
    model = records.model(kind)
    names = list(model.model_fields)
    empty = batch_of({name: [] for name in names})
    few = batch_of({name: [None] for name in names})
    for fast in (True, False):
        schema = validate_batch(model, empty, fast=fast).table.schema
        assert schema == validate_batch(model, few, fast=fast).table.schema


def test_a_model_without_a_fast_lane_is_read_row_by_row():
    class Slow(Record):
        name: str | None = None
        day: Day = None

    batch = batch_of({"name": ["a", None], "day": ["2025-01-01", "x"]})
    checked = validate_batch(Slow, batch)
    assert checked.table.to_pydict() == {"name": ["a"], "day": [date(2025, 1, 1)], "_row": [2]}
