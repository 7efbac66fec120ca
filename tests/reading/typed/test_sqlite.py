"""SQLite files: tables and views with cells of any type, and nothing is written beside them."""

from __future__ import annotations

import sqlite3

import pyarrow as pa
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from retention_cli.errors import DataRefusedError, UnknownNameError
from retention_cli.reading import limits, read, read_bytes
from retention_cli.reading.typed import database
from retention_cli.reading.typed import sqlite as of_sqlite
from retention_cli.reading.workbooks.cell_text import number_text
from typed_files import sqlite

ENDLESS = (
    "CREATE VIEW endless AS WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c)"
    " SELECT count(*) AS n FROM c"
)


def sheets(data, **options):
    return {one.sheet: one for one in read_bytes(data, name="a.db", **options)}


def one_column(*values):
    rows = ", ".join(f"({value})" for value in values)
    return sheets(sqlite(None, "CREATE TABLE t (c)", f"INSERT INTO t VALUES {rows}"))["t"]  # noqa: S608


def refusal(data, **options):
    with pytest.raises(DataRefusedError) as caught:
        sheets(data, **options)
    assert caught.value.hint
    return caught.value.message


def test_each_table_and_view_is_a_sheet():
    data = sqlite(
        {"customers": pa.table({"id": [1, 2]}), "in voices": pa.table({'a"b': [1.5]})},
        "CREATE VIEW big AS SELECT id FROM customers WHERE id > 1",
        "CREATE INDEX i ON customers(id)",
    )  # fmt: skip
    found = sheets(data)
    assert list(found) == ["customers", "in voices", "big"]
    assert [one.view for one in found.values()] == [False, False, True]
    assert found["in voices"].headers == ('a"b',)
    assert (found["big"].header_row, found["big"].numbers.to_pylist()) == (0, [1])
    assert list(sheets(data, sheet="BIG")) == ["big"]
    with pytest.raises(UnknownNameError, match=r"a\.db: unknown sheet 'bigg'"):
        sheets(data, sheet="bigg")


def test_a_cell_has_a_type_of_its_own():
    sheet = one_column("1", "1.234", "NULL", "'1.234'", "''", "x'ff01'", "x'5a6f'", "1e-7")
    assert sheet.rows == 8
    assert sheet.blank == 2
    assert sheet.column(0).to_pylist() == ["1", "1.234", "1.234", "ff01", "Zo", "0.0000001"]
    assert sheet.typed(0).to_pylist() == [True, True, False, False, False, True]


def test_whole_numbers_and_others_stand_exactly_beside_each_other():
    sheet = one_column("20", "19.99", "9007199254740993", "20.0")
    assert sheet.column(0).to_pylist() == ["20", "19.99", "9007199254740993", "20"]
    assert sheet.typed(0).to_pylist() == [True] * 4


def test_text_is_read_as_in_a_text_file():
    assert one_column("'1.234'", "'x'").typed(0) is None


def test_a_column_of_pictures_is_left_out_and_said():
    data = sqlite(None, "CREATE TABLE t (id, photo)", "INSERT INTO t VALUES (1, randomblob(99))")
    sheet = sheets(data)["t"]
    assert (sheet.headers, [one.code for one in sheet.remarks]) == (("id",), ["column-not-read"])


def test_many_rows_come_in_order():
    amounts = [n % 7 + 0.5 for n in range(70_000)]
    sheet = sheets(sqlite({"t": pa.table({"id": range(70_000), "amount": amounts})}))["t"]
    assert sheet.column(0).to_pylist() == [str(n) for n in range(70_000)]
    assert sheet.column(1).to_pylist() == [number_text(amount) for amount in amounts]
    assert sheet.typed(1).null_count == 0


def test_texts_that_are_not_utf_8_are_read_and_said():
    sheet = one_column("CAST(x'5a6feb' AS TEXT)", "'ok'")
    assert sheet.column(0).to_pylist() == ["Zoë", "ok"]
    assert [one.code for one in sheet.remarks] == ["encoding"]


def test_a_view_that_fails_is_said_and_the_rest_is_read(monkeypatch):
    monkeypatch.setattr(database, "MOST_SECONDS", 0.05)
    table = {"t": pa.table({"id": [1]})}
    data = sqlite(table, "CREATE VIEW gone AS SELECT * FROM nowhere", ENDLESS)
    found = sheets(data)
    assert list(found) == ["t"]
    (remark,) = found["t"].remarks
    assert remark.code == "view-not-read"
    assert remark.message == (
        "view 'gone' cannot be read: no such table: main.nowhere;"
        " view 'endless' cannot be read: it takes longer than the 0 seconds that all views have"
    )
    assert "view 'gone' cannot be read" in refusal(data, sheet="gone")


def test_a_view_without_an_end_to_its_rows_is_refused(monkeypatch):
    monkeypatch.setattr(limits, "MOST_BYTES", 1 << 20)
    view = ENDLESS.replace("count(*) AS n", "n")
    assert "hold more than 1,048,576 bytes" in refusal(sqlite(None, view))


def test_empty_pages_are_not_an_endless_field(folder, monkeypatch):
    monkeypatch.setattr(limits, "LARGE_BYTES", 1 << 20)
    fill = ("CREATE TABLE p (x)", "INSERT INTO p VALUES (zeroblob(3000000))", "DELETE FROM p")
    (folder / "a.db").write_bytes(sqlite({"t": pa.table({"id": [1]})}, *fill))
    assert [one.rows for one in read(folder / "a.db", name="a.db")] == [1, 0]


def test_what_cannot_be_read_is_refused():
    table = pa.table({"id": [f"customer {n}" for n in range(2000)]})
    data = sqlite({"t": table})
    assert "damaged or half-copied" in refusal(data[: len(data) // 2])
    assert "damaged or half-copied" in refusal(data[:60])
    assert "has no tables" in refusal(sqlite(None, "CREATE TABLE t (a)", "DROP TABLE t"))


def test_pages_that_lost_rows_are_refused():
    data = sqlite({"t": pa.table({"id": [f"customer {n}" for n in range(2000)]})})
    size = 4096
    leaf = next(at for at in range(size, len(data), size) if data[at] == 13)
    lost = data[: leaf + 3] + b"\0\5" + data[leaf + 5 :]
    swapped = data[: -2 * size] + data[-size:] + data[-2 * size : -size]
    for one in (lost, swapped):
        assert "damaged or half-copied" in refusal(one)
    unused = sqlite({"t": pa.table({"id": [1]})}, "PRAGMA writable_schema = 1",
        "CREATE TABLE gone (a)", "DELETE FROM sqlite_master WHERE name = 'gone'")  # fmt: skip
    assert sheets(unused)["t"].rows == 1


def test_what_a_view_makes_is_counted_as_it_comes(monkeypatch):
    monkeypatch.setattr(limits, "MOST_BYTES", 1 << 22)
    monkeypatch.setattr(of_sqlite, "_LONGEST_CELL", 1 << 20)
    ends = "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c LIMIT 9000000)"
    view = f"CREATE VIEW v AS {ends} SELECT n, hex(zeroblob(300000)) AS b FROM c"  # noqa: S608
    assert "hold more than" in refusal(sqlite({"t": pa.table({"id": [1]})}, view))


def test_a_column_whose_name_is_no_text_is_refused():
    sql = b'CREATE TABLE t ("\xff")'.hex()
    data = sqlite({"t": pa.table({"id": [1]})}, "PRAGMA writable_schema = 1",
        f"UPDATE sqlite_master SET sql = CAST(x'{sql}' AS TEXT)")  # fmt: skip  # noqa: S608
    assert "damaged or half-copied" in refusal(data)


@pytest.fixture
def in_use(folder):
    base = sqlite3.connect(folder / "a.db")
    base.execute("PRAGMA journal_mode = WAL")
    base.execute("CREATE TABLE t (id)")
    base.execute("INSERT INTO t VALUES (1)")
    base.commit()
    yield base
    base.close()


def test_changes_that_are_not_in_the_file_yet_are_asked_for(in_use, folder):
    with pytest.raises(DataRefusedError, match=r"changes that are not in it yet; .* a\.db-wal"):
        read(folder / "a.db", name="a.db")
    in_use.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    before = sorted(path.name for path in folder.iterdir())
    (sheet,) = read(folder / "a.db", name="a.db")
    assert sheet.column(0).to_pylist() == ["1"]
    assert sorted(path.name for path in folder.iterdir()) == before


def test_a_file_that_another_program_has_locked_is_read(folder):
    (folder / "a.db").write_bytes(sqlite({"t": pa.table({"id": [1]})}))
    with sqlite3.connect(folder / "a.db", isolation_level=None) as other:
        other.execute("BEGIN EXCLUSIVE")
        (sheet,) = read(folder / "a.db", name="a.db")
        other.execute("ROLLBACK")
    other.close()
    assert sheet.rows == 1
    assert [path.name for path in folder.iterdir()] == ["a.db"]


@given(
    st.lists(
        st.none() | st.integers(-(2**63), 2**63 - 1) | st.floats(-1e9, 1e9) | st.text(max_size=3),
        min_size=1,
        max_size=9,
    )
)
@example([10**15 + 1, 0.0])
def test_whatever_is_stored_comes_back(values):
    with sqlite3.connect(":memory:") as base:
        base.execute("CREATE TABLE t (id, c)")
        base.executemany("INSERT INTO t VALUES (?, ?)", [*enumerate(values)])
        base.commit()
        sheet = sheets(base.serialize())["t"]
    base.close()
    expected = [
        number_text(value) if isinstance(value, float) else None if value is None else str(value) or None
        for value in values
    ]  # fmt: skip
    assert sheet.column(1).to_pylist() == expected
    marks = sheet.typed(1)
    numbers = [isinstance(value, (int, float)) for value in values]
    assert (marks.to_pylist() if marks else [False] * len(values)) == numbers
