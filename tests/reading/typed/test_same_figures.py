"""Exports of every kind give the same figures from Parquet, SQLite and DuckDB as from CSV."""

from __future__ import annotations

import json
import random
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pyarrow as pa
import pytest
from pyarrow import csv

import typed_files

START = date(2025, 1, 1)
MONEY = pa.decimal128(12, 3)
RNG = random.Random(12)  # noqa: S311  # a seed


def _days(count, within=180):
    return [START + timedelta(days=RNG.randrange(within)) for _ in range(count)]


def _moments(days, hours=None):
    """Stamps in UTC; the later ones so many hours after the first."""
    return [
        datetime(d.year, d.month, d.day, 9, 30, tzinfo=UTC) + timedelta(hours=hours or 0)
        for d in days
    ]


CREATED = _days(60)
TABLES = {
    "customers": pa.table(
        {
            "customer_id": pa.array(range(1, 41), pa.int32()),
            "customer_name": [f"Firm {number}" for number in range(1, 41)],
            "start_date": pa.array([date(2024, 1 + n % 12, 3) for n in range(40)]),
            "end_date": pa.array(
                [datetime(2025, 3, 1 + n % 28) if n % 5 == 0 else None for n in range(40)],
                pa.timestamp("ns"),
            ),
            "segment": pa.array(["Small", "Large"] * 20).dictionary_encode(),
        }
    ),
    "invoices": pa.table(
        {
            "invoice_id": pa.array(range(1000, 1200), pa.int64()),
            "customer_id": pa.array([n % 40 + 1 for n in range(200)], pa.uint16()),
            "invoice_date": pa.array(_days(200)),
            # In thousands, were the point taken for a comma.
            "amount": pa.array([Decimal(RNG.randrange(1000, 9999)).scaleb(-3) for _ in range(200)], MONEY),
            "cost": pa.array([float(RNG.randrange(100)) / 100 for _ in range(200)]),
            "currency": ["EUR"] * 200,
        }
    ),
    "tickets": pa.table(
        {
            "ticket_id": pa.array(range(1, 61)),
            "customer_id": pa.array([n % 40 + 1 for n in range(60)]),
            "created_at": pa.array(_moments(CREATED), pa.timestamp("ms", "UTC")),
            "first_response_at": pa.array(_moments(CREATED, 3), pa.timestamp("ms", "UTC")),
            "resolved_at": pa.array(_moments(CREATED, 30), pa.timestamp("ms", "UTC")),
            "first_contact_resolved": pa.array([n % 3 == 0 for n in range(60)]),
        }
    ),
    "surveys": pa.table(
        {
            "response_id": pa.array(range(1, 51)),
            "customer_id": pa.array([n % 40 + 1 for n in range(50)]),
            "score": pa.array([RNG.randrange(1, 6) for _ in range(49)] + [None], pa.float64()),
            "responded_at": pa.array(_days(50)),
            "kind": ["csat"] * 50,
        }
    ),
    "costs": pa.table(
        {
            "cost_date": pa.array(_days(30)),
            "customer_id": pa.array([n % 40 + 1 for n in range(30)]),
            "amount": pa.array([Decimal("1.250")] * 30, MONEY),
            "category": ["Support"] * 30,
        }
    ),
}  # fmt: skip


def _in_text(folder):
    for name, table in TABLES.items():
        csv.write_csv(table, folder / f"{name}.csv")


def _in_parquet(folder):
    for name, table in TABLES.items():
        (folder / f"{name}.parquet").write_bytes(typed_files.parquet(table, row_group_size=37))


FORMS = {
    "parquet": _in_parquet,
    "sqlite": lambda folder: (folder / "exports.db").write_bytes(typed_files.sqlite(TABLES)),
    "duckdb": lambda folder: (folder / "all.duckdb").write_bytes(
        typed_files.duckdb(folder, TABLES)
    ),
}


def _computed(retention, folder, write, mark):
    exports = folder / "exports"
    exports.mkdir(exist_ok=True)
    for path in exports.iterdir():
        path.unlink()
    write(exports)
    (exports / "made.duckdb").unlink(missing_ok=True)
    before = {path.name for path in exports.iterdir()}
    asked = ("--period", "2025-Q2", "--format", "json", "--decimal", mark)
    ran = retention("compute", "exports", *asked)
    assert ran.code == 0, ran.err
    assert {path.name for path in exports.iterdir()} == before
    result = json.loads(ran.out)
    counts = {one["kind"]: (one["rows"], one["accepted"]) for one in result["data"]["files"]}
    return result["figures"], counts


@pytest.fixture(scope="module")
def of_text():
    return []


@pytest.mark.parametrize("form", FORMS)
def test_every_form_gives_the_figures_of_text(retention, folder, of_text, form):
    # Whatever is said of text: in a number that is held as one, no point parts thousands.
    made = _computed(retention, folder, FORMS[form], ",")
    if not of_text:
        of_text.append(_computed(retention, folder, _in_text, "."))
    assert made == of_text[0]
