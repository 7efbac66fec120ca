from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc
import pytest

import worlds
from retention_cli import kpis
from retention_cli.dataset.dataset import Dataset
from retention_cli.frames.by_group import GroupFrame
from retention_cli.frames.frames import collect
from retention_cli.kpis import computing
from retention_cli.settings import Window
from retention_cli.testing import table
from retention_cli.values.periods import Period

JUNE, JULY = Period.parse("2025-06"), Period.parse("2025-07")
DATED = table("customers", "customer_id,start_date,end_date,status", "ann,2025-01-01,,active")
FLAGGED = table("customers", "customer_id,status", "ann,active", "bob,ended")
LISTED = table("customers", "customer_id,segment", "ann,Small")
ENDED = table("customers", "customer_id,end_date,status", "ann,2025-01-01,ended")
SALES = table("invoices", "customer_id,invoice_date,amount", "cy,2025-01-01,10")
TILL = table("invoices", "invoice_date,amount", "2025-01-01,10")


def dataset(backend="pandas", **tables):
    return Dataset(tables, window=Window(months=12), backend=backend)


BASES = {
    "start dates": ({"customers": DATED}, "dates"),
    "start dates before a purchase": ({"customers": DATED, "invoices": SALES}, "dates"),
    "start dates without any row": ({"customers": DATED.slice(0, 0), "invoices": SALES}, "dates"),
    "a status and no dates": ({"customers": FLAGGED}, "flag"),
    "a status before a purchase": ({"customers": FLAGGED, "invoices": SALES}, "flag"),
    "a status beside end dates alone": ({"customers": ENDED, "invoices": SALES}, "activity"),
    "neither dates nor a status, and purchases": (
        {"customers": LISTED, "invoices": SALES},
        "activity",
    ),
    "purchases alone": ({"invoices": SALES}, "activity"),
    "purchases of nobody in particular": ({"customers": LISTED, "invoices": TILL}, None),
    "neither dates nor a status": ({"customers": LISTED}, None),
    "end dates alone": ({"customers": ENDED}, None),
    "nothing": ({}, None),
}


@pytest.mark.parametrize(("tables", "basis"), BASES.values(), ids=BASES)
def test_the_columns_decide_who_was_a_customer(tables, basis):
    data = dataset(**tables)
    found = data.membership(JUNE)
    assert data.basis == basis
    assert (found.basis if found else None) == basis


def test_spells_by_dates_are_those_of_the_table():
    spells = collect(dataset(customers=DATED).membership(JUNE).spells).to_pylist()
    assert spells == [{"customer_id": "ann", "start_date": date(2025, 1, 1), "end_date": None}]


def test_a_basis_that_belongs_to_no_period_is_made_anew_for_each():
    data = dataset(customers=FLAGGED)
    ends = [
        collect(data.membership(period).spells)["end_date"].drop_null().to_pylist()
        for period in (JUNE, JULY)
    ]
    assert ends == [[JUNE.start], [JULY.start]]


def test_another_basis_is_made_once():
    data = dataset(customers=DATED)
    assert data.membership(JUNE) is data.membership(JULY)


STATUSES = table(
    "invoices",
    "invoice_id,customer_id,invoice_date,amount,status",
    "i1,ann,2025-06-01,1,paid",
    "i2,bob,2025-06-02,2,draft",
    "i3,cy,2025-06-03,3,void",
    "i4,dee,2025-06-04,4,",
)


def test_drafts_and_voided_invoices_are_in_the_table_and_not_in_its_frame(backend):
    data = dataset(backend, invoices=STATUSES)
    assert len(data.tables["invoices"]) == 4
    assert data.rows("invoices")["invoice_id"].to_pylist() == ["i1", "i4"]
    assert collect(data.frame("invoices"))["invoice_id"].to_pylist() == ["i1", "i4"]


def test_drafts_and_voided_invoices_make_no_customer():
    spells = collect(dataset(invoices=STATUSES).membership(JUNE).spells)
    assert sorted(spells["customer_id"].to_pylist()) == ["ann", "dee"]


def test_the_status_of_another_kind_leaves_nothing_out():
    customers = table("customers", "customer_id,status", "ann,draft", "bob,void")
    assert len(dataset(customers=customers).rows("customers")) == 2


def test_invoices_without_a_status_are_all_there():
    assert dataset(invoices=SALES).rows("invoices") is SALES


def test_a_frame_keeps_the_types_of_its_table(backend):
    types = {
        name: STATUSES.schema.field(name).type for name in ("invoice_id", "invoice_date", "amount")
    }
    frame = collect(dataset(backend, invoices=STATUSES).frame("invoices"))
    found = {
        name: pa.string() if pa.types.is_large_string(kind) else kind
        for name, kind in ((name, frame.schema.field(name).type) for name in types)
    }
    assert found == types


def test_a_frame_is_made_once():
    data = dataset(invoices=SALES)
    assert data.frame("invoices") is data.frame("invoices")


def test_a_kind_is_there_when_it_was_loaded():
    data = dataset(invoices=SALES)
    assert data.has("invoices")
    assert not data.has("customers")


def _groups(tables, backend):
    whole = worlds.dataset(tables, backend)
    places = {
        kind: pa.array([len(key or "") + sum(map(ord, key or "")) for key in rows["customer_id"].to_pylist()], pa.int64())
        for kind, rows in tables.items()
        if "customer_id" in rows.column_names
    }  # fmt: skip
    return whole, {kind: pc.bit_wise_and(place, 3) for kind, place in places.items()}


def _alone(whole, places, group):
    """The rows of a group as a dataset of their own, filtered by hand."""
    tables = {kind: whole.tables[kind].filter(pc.equal(at, group)) for kind, at in places.items()}
    return replace(whole, tables=tables, whole=whole, _made={})


def _measured(loaded, period=worlds.PERIOD):
    settings = {"csat_top": None, "lifespan_years": None, "response_target": 14_400}
    return computing.compute(kpis.names(), dataset=loaded, period=period, settings=settings)


@pytest.mark.parametrize(
    ("basis", "backend"),
    [("dates", "arrow"), ("flag", "arrow"), ("activity", "arrow"), ("dates", "polars"), ("dates", "pandas")],
)  # fmt: skip
def test_figures_of_a_group_are_those_of_its_rows_alone(basis, backend):
    world = worlds.world(3, basis="dates" if basis == "activity" else basis)
    if basis == "activity":
        world.pop("customers")
    whole, places = _groups(world, backend)
    *_, last = whole.split(places, 4)
    found, expected = _measured(last), _measured(_alone(whole, places, 3))
    assert found == expected
    if (basis, backend) != ("dates", "arrow"):
        return
    for name, one in found.items():
        for key, part in one.parts.items():
            assert part.ids() == expected[name].parts[key].ids(), (name, key)


def test_no_figure_takes_a_group_out_of_the_rows_of_all(monkeypatch):
    whole, places = _groups(worlds.world(3), "arrow")
    monkeypatch.setattr(GroupFrame, "alone", property(lambda _: pytest.fail("a frame of its own")))
    worked = []
    for part in whole.split(places, 4):
        _measured(part)
        worked.append(len(part.together.groups.made))
    # The last groups find nearly everything made: only a scale or a file of their own is new.
    assert worked[-1] - worked[1] < worked[0] / 20


def test_what_two_threads_ask_for_is_made_once():
    loaded, made = dataset(customers=DATED), []

    def make():
        time.sleep(0.02)
        made.append(1)
        return len(made)

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(lambda _: loaded.once("it", make), range(2))) == [1, 1]
