"""Parquet files: what they hold comes back as text, and what would do harm is refused."""

from __future__ import annotations

import gzip
import re
import struct
from contextlib import suppress
from decimal import Decimal

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retention_cli.errors import DataRefusedError
from retention_cli.reading import limits, read_bytes
from typed_files import parquet

TABLE = pa.table({"customer_id": [7, 8], "amount": pa.array([Decimal("1.234"), None])})


def read(data, name="a.parquet"):
    return read_bytes(data, name=name)[0]


def rows(sheet):
    return [sheet.raw(number) for number in sheet.numbers.to_pylist()]


def refusal(data, name="a.parquet"):
    with pytest.raises(DataRefusedError) as caught:
        read(data, name)
    assert caught.value.hint
    return caught.value.message


def test_rows_are_numbered_from_one_and_names_are_not_a_row():
    sheet = read(parquet(TABLE))
    assert (sheet.headers, sheet.header_row, sheet.rows) == (("customer_id", "amount"), 0, 2)
    assert rows(sheet) == [("7", "1.234"), ("8", "")]
    assert sheet.numbers.to_pylist() == [1, 2]
    assert sheet.typed(1).to_pylist() == [True, False]


def test_it_is_known_by_its_content_whatever_it_is_called():
    data = parquet(TABLE)
    assert not read(data).remarks
    (remark,) = read(data, "a.csv").remarks
    assert (remark.code, "is a Parquet file" in remark.message) == ("other-suffix", True)
    assert rows(read(gzip.compress(data), "a.parquet.gz")) == rows(read(data))


def test_a_text_file_with_its_name_is_read_as_text():
    (remark,) = read(b"a,b\n1,2\n").remarks
    assert remark.message == "is a CSV file, though its name ends in .parquet: it is read as one"


def test_rows_in_several_groups_are_in_order_and_blank_ones_counted():
    numbers = [*range(20), None, *range(20)]
    table = pa.table(
        {"id": pa.array(numbers), "who": [None if n is None else f"n{n}" for n in numbers]}
    )
    sheet = read(parquet(table, row_group_size=7))
    assert (sheet.rows, sheet.blank) == (41, 1)
    assert sheet.column(0).to_pylist() == [str(n) for n in numbers if n is not None]
    assert sheet.raw(23) == ("1", "n1")


def test_a_row_below_that_repeats_the_header_is_set_aside():
    sheet = read(parquet(pa.table({"id": ["1", "id", "2"], "who": ["a", "who", "b"]})))
    assert [row.code for row in sheet.aside] == ["repeated-header"]


def test_wrapped_texts_are_unwrapped_as_in_text_files():
    sheet = read(parquet(pa.table({"id": ['="0012"', "7"], "who": ["Smith &amp; Sons", "b"]})))
    assert rows(sheet)[0] == ("0012", "Smith & Sons")


def test_parts_of_a_column_are_columns_and_lists_are_left_out_and_said():
    table = pa.table(
        {
            "id": [1, 2],
            "total": [{"amount": 1.5, "currency": "EUR"}, None],
            "tags": [["a"], []],
            "__index_level_0__": [5, 6],
        }
    )
    sheet = read(parquet(table))
    assert sheet.headers == ("id", "total.amount", "total.currency")
    assert rows(sheet) == [("1", "1.5", "EUR"), ("2", "", "")]
    (remark,) = sheet.remarks
    assert remark.code == "column-not-read"
    assert remark.message.startswith("columns '__index_level_0__', 'tags' are not read")


def test_texts_that_are_not_utf_8_are_read_and_said():
    raw = pa.array([b"Zo\xeb", b"ok", None])
    sheet = read(parquet(pa.table({"id": [1, 2, 3], "who": raw.view(pa.string())})))
    assert sheet.column(1).to_pylist() == ["Zoë", "ok", None]
    assert [one.code for one in sheet.remarks] == ["encoding"]


def test_types_that_nobody_knows_are_left_out_and_said():
    field = pa.field("month", pa.int64(), metadata={"ARROW:extension:name": "pandas.period"})
    schema = pa.schema([pa.field("id", pa.int64()), field])
    sheet = read(parquet(pa.table({"id": [1], "month": [665]}, schema=schema)))
    assert (sheet.headers, [one.code for one in sheet.remarks]) == (("id",), ["column-not-read"])


@pytest.mark.parametrize("options", [{}, {"use_dictionary": False}], ids=["codes", "plain"])
@pytest.mark.parametrize("kind", [pa.string(), pa.large_string()], ids=str)
def test_texts_are_the_same_however_they_are_held(options, kind):
    texts = [f"name {n % 9}" if n % 5 else None for n in range(9000)]
    table = pa.table({"id": range(9000), "who": pa.array(texts, kind), "e": pa.array([""] * 9000)})
    sheet = read(parquet(table, row_group_size=4000, **options))
    assert sheet.column(1).to_pylist() == texts
    assert sheet.column(2).null_count == 9000


def test_few_texts_are_held_as_codes():
    sheet = read(parquet(pa.table({"who": ["a", "b"] * 5000, "n": [1.5, 2.5] * 5000})))
    assert all(pa.types.is_dictionary(sheet.held(place).type) for place in (0, 1))
    assert sheet.column(1).to_pylist() == ["1.5", "2.5"] * 5000


def test_a_header_without_rows_is_kept():
    sheet = read(parquet(TABLE.slice(0, 0)))
    assert (sheet.headers, sheet.rows, sheet.batches) == (("customer_id", "amount"), 0, [])


def test_what_cannot_be_read_is_refused():
    data = parquet(TABLE)
    assert "damaged or half-copied" in refusal(data[:-20])
    assert "damaged or half-copied" in refusal(b"PAR1")
    assert "is encrypted" in refusal(b"PARE" + data[4:])
    assert "has no columns that can be read" in refusal(parquet(pa.table({"a": [["x"]]})))
    wide = {f"c{n}": [1] for n in range(1001)}
    assert "has 1,001 columns, more than 1,000" in refusal(parquet(pa.table(wide)))
    assert "not a Parquet, SQLite or DuckDB file" in refusal(b"\x93\0\x01\x02" * 9, "a.sqlite")


def test_a_file_that_loses_rows_or_whose_pages_changed_is_refused():
    data = parquet(pa.table({"n": range(1000)}))
    places = [found.start() for found in re.finditer(b"\xd0\x0f", data)]  # a thousand, as written
    for at in places:
        with suppress(DataRefusedError):
            assert read(data[:at] + b"\x90\x0e" + data[at + 2 :]).rows == 1000
    assert "different numbers of rows" in refusal(
        data[: places[-1]] + b"\x90\x0e" + data[places[-1] + 2 :]
    )
    plain = {"use_dictionary": False, "compression": "none", "write_statistics": False}
    data = parquet(pa.table({"n": [1.5, 99.5]}), write_page_checksum=True, **plain)
    changed = data.replace(struct.pack("<d", 99.5), struct.pack("<d", 11.5), 1)
    assert "damaged or half-copied" in refusal(changed)


@pytest.mark.parametrize("options", [{}, {"use_dictionary": False}], ids=["codes", "plain"])
def test_a_small_file_that_holds_far_more_is_refused(monkeypatch, options):
    monkeypatch.setattr(limits, "MOST_BYTES", 1 << 20)
    data = parquet(pa.table({"note": ["x" * 1000] * 5000}), compression="zstd", **options)
    assert len(data) < 10_000
    assert "hold more than 1,048,576 bytes" in refusal(data)


def test_a_file_that_needs_more_memory_than_there_is_is_refused(monkeypatch):
    monkeypatch.setattr(limits, "free_memory", lambda: 100)
    assert "would take about" in refusal(parquet(TABLE))


@pytest.mark.parametrize(("place", "byte"), [(-327, 21), (-326, 44)])
def test_a_group_whose_sizes_are_damaged_does_not_end_the_process(place, byte):
    data = bytearray(parquet(pa.table({"id": [str(n) for n in range(50)], "n": range(50)})))
    data[place] = byte
    with suppress(DataRefusedError):
        read_bytes(bytes(data), name="a.parquet")


@given(places=st.lists(st.integers(0, 2000), min_size=1, max_size=9), byte=st.integers(0, 255))
def test_damage_ends_in_a_refusal_or_in_a_table(places, byte):
    data = bytearray(parquet(pa.table({"id": [str(n) for n in range(50)], "n": range(50)})))
    for place in places:
        data[place % len(data)] = byte
    with suppress(DataRefusedError):
        read_bytes(bytes(data), name="a.parquet")
