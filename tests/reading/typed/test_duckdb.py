"""DuckDB files: tables and views that can read nothing else; nothing is written beside them."""

from __future__ import annotations

import re
import sys
from datetime import date, timedelta
from decimal import Decimal

import pyarrow as pa
import pytest

import typed_files
from retention_cli.errors import DataRefusedError, UnknownNameError
from retention_cli.memory import limit
from retention_cli.reading import read, read_bytes
from retention_cli.reading.typed import database
from retention_cli.reading.typed import duckdb as of_duckdb

TABLE = pa.table({"id": [1, 2], "amount": pa.array([Decimal("1.234"), None])})


@pytest.fixture
def made(tmp_path):
    return lambda *statements, **tables: typed_files.duckdb(tmp_path, tables, *statements)


def sheets(data, **options):
    return {one.sheet: one for one in read_bytes(data, name="a.duckdb", **options)}


def refusal(data, **options):
    with pytest.raises(DataRefusedError) as caught:
        sheets(data, **options)
    return caught.value


def test_each_table_and_view_is_a_sheet(made):
    data = made(
        "CREATE SCHEMA shop",
        "CREATE TABLE shop.t AS SELECT 7 AS id",
        "CREATE VIEW big AS SELECT id FROM invoices WHERE id > 1",
        invoices=TABLE,
    )
    found = sheets(data)
    assert list(found) == ["invoices", "shop.t", "big"]
    assert [one.view for one in found.values()] == [False, False, True]
    assert found["invoices"].raw(1) == ("1", "1.234")
    assert found["invoices"].typed(1).to_pylist() == [True, False]
    assert found["big"].numbers.to_pylist() == [1]
    assert list(sheets(data, sheet="Shop.T")) == ["shop.t"]
    with pytest.raises(UnknownNameError, match="unknown sheet 'ship'"):
        sheets(data, sheet="ship")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("DATE '2025-06-03'", "2025-06-03"),
        ("TIMESTAMP '2025-06-03 14:05:00'", "2025-06-03 14:05:00"),
        ("TIMESTAMPTZ '2025-06-03 14:05:00+02'", "2025-06-03 12:05:00Z"),
        ("INTERVAL '30 hours'", "30:00:00"),
        ("UUID '6d1b1f2e-0000-4000-8000-000000000001'", "6d1b1f2e-0000-4000-8000-000000000001"),
        ("170141183460469231731687303715884105727::HUGEINT", str(2**127 - 1)),
        ("'a'::ENUM ('a', 'b')", "a"),
        ("1.0::DOUBLE / 3", "0.333333333333333"),
        ("'\\xFF'::BLOB", "ff"),
    ],
)
def test_each_type_has_one_form(made, value, text):
    data = made(f"CREATE TABLE t AS SELECT {value} AS c")  # values of this test
    assert sheets(data)["t"].column(0).to_pylist() == [text]


@pytest.mark.parametrize(
    "view",
    ["SELECT * FROM read_csv('beside.csv')", "SELECT * FROM 'beside.csv'", "SELECT * FROM nowhere"],
)
def test_a_view_reads_nothing_but_the_tables_beside_it(made, folder, view):
    (folder / "beside.csv").write_text("secret\n1\n", "utf-8")
    data = made(
        "CREATE TABLE nowhere (id INT)", f"CREATE VIEW v AS {view}", "DROP TABLE nowhere", t=TABLE
    )
    found = sheets(data)
    assert list(found) == ["t"]
    assert [one.code for one in found["t"].remarks] == ["view-not-read"]


def test_a_view_that_never_ends_is_said(made, monkeypatch):
    monkeypatch.setattr(database, "MOST_SECONDS", 0.2)
    endless = "SELECT sum(a.range * b.range) AS s FROM range(10000000) a, range(10000000) b"
    found = sheets(made(f"CREATE VIEW endless AS {endless}", t=TABLE))
    assert list(found) == ["t"]
    assert "it takes longer than" in found["t"].remarks[0].message


def test_what_a_view_makes_is_counted_as_it_comes(made, monkeypatch):
    seen = []
    monkeypatch.setattr(
        of_duckdb, "refuse_what_expands", lambda held, rows, **_: seen.append((held, rows))
    )
    view = "CREATE VIEW v AS SELECT repeat('x', 1000) AS b, range AS n FROM range(10000)"
    assert sheets(made(view, t=TABLE))["v"].rows == 10_000
    assert max(rows for _, rows in seen[:2]) <= 1 << 11
    assert seen[-1][0] > 10_000_000


def test_a_view_that_makes_more_than_fits_is_said(made, monkeypatch):
    monkeypatch.setattr(of_duckdb, "_MOST_AT_ONCE", 200 << 20)
    before = limit()
    view = "CREATE VIEW v AS SELECT repeat(chr((65 + range % 26)::INT), 1000000) FROM range(3000)"
    found = sheets(made(view, t=TABLE))
    assert list(found) == ["t"]
    assert "Out of Memory" in found["t"].remarks[0].message
    assert limit() == before


def test_moments_do_not_depend_on_the_zone_of_the_machine(made, monkeypatch):
    data = made("CREATE TABLE t AS SELECT TIMESTAMPTZ '2025-06-03 14:05:00+00' AS c")
    monkeypatch.setenv("TZ", "America/New_York")
    assert sheets(data)["t"].column(0).to_pylist() == ["2025-06-03 14:05:00Z"]


def test_what_cannot_be_read_is_refused(made):
    data = made(t=TABLE)
    assert "damaged or half-copied" in refusal(data[:5000]).message
    assert "has no tables" in refusal(made()).message


def test_a_file_of_another_version_says_what_to_type(made):
    data = bytearray(made(t=TABLE))
    data[12:20] = (7).to_bytes(8, "little")
    wrong = re.search(r"computed checksum (\d+)", refusal(bytes(data)).message)
    data[:8] = int(wrong[1]).to_bytes(8, "little")
    refused = refusal(bytes(data))
    assert "was written by another version of DuckDB" in refused.message
    assert refused.hint == "upgrade it: pip install --upgrade duckdb"


def test_without_duckdb_the_message_says_what_to_type(made, monkeypatch):
    data = made(t=TABLE)
    monkeypatch.setitem(sys.modules, "duckdb", None)
    refused = refusal(data)
    assert "is not installed" in refused.message
    assert refused.hint == "install it: pip install 'retention-cli[duckdb]'"


def test_nothing_is_written_beside_it_and_changes_not_in_it_are_asked_for(made, folder):
    (folder / "a.duckdb").write_bytes(made(t=TABLE))
    (sheet,) = read(folder / "a.duckdb", name="a.duckdb")
    assert sheet.rows == 2
    assert "a.duckdb" in [path.name for path in folder.iterdir()]
    assert not [path for path in folder.iterdir() if path.name.endswith(".wal")]
    (folder / "a.duckdb.wal").write_bytes(b"changes")
    with pytest.raises(DataRefusedError, match=r"they are in a\.duckdb\.wal"):
        read(folder / "a.duckdb", name="a.duckdb")


def test_spans_of_days_and_dates_stay_apart(made):
    table = pa.table({"d": [date(2025, 6, 3)], "s": [timedelta(hours=1)]})
    assert sheets(made(t=table))["t"].raw(1) == ("2025-06-03", "1:00:00")
