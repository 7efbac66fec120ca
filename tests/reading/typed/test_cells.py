"""Typed cells as text: the text of a slow, obvious oracle, and numbers that are marked as such."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retention_cli.reading.typed import cells
from retention_cli.reading.typed.cells import texts_of
from typed_files import column

STAMP = datetime(2025, 6, 3, 14, 5)


def texts(values, kind=None):
    return texts_of(column(values, kind)).cells.to_pylist()


@pytest.mark.parametrize(
    ("values", "kind", "expected"),
    [
        ([True, False, None], None, ["true", "false", None]),
        ([1001, None], pa.int16(), ["1001", None]),
        ([2**64 - 1], pa.uint64(), ["18446744073709551615"]),
        ([19.99, 1001.0, -0.0, 0.1 + 0.2], None, ["19.99", "1001", "0", "0.3"]),
        ([1e20, -2.5e-7], None, ["100000000000000000000", "-0.00000025"]),
        ([19.99], pa.float32(), ["19.99"]),
        ([float("nan"), None, float("inf")], None, [None, None, "inf"]),
        ([Decimal("1.234")], pa.decimal128(9, 3), ["1.234"]),
        ([Decimal("12.30"), Decimal(-7)], pa.decimal128(9, 2), ["12.30", "-7.00"]),
        ([Decimal(0), Decimal("1.5")], pa.decimal128(20, 10), ["0", "1.5"]),
        ([Decimal("-0.0000001")], pa.decimal256(20, 10), ["-0.0000001"]),
        ([Decimal(1200)], pa.decimal128(9, -2), ["1200"]),
        ([date(2025, 6, 3), None], pa.date32(), ["2025-06-03", None]),
        ([date(2025, 6, 3)], pa.date64(), ["2025-06-03"]),
        ([datetime(2025, 6, 3), None], pa.timestamp("ns"), ["2025-06-03", None]),
        ([datetime(1960, 6, 3)], pa.timestamp("s"), ["1960-06-03"]),
        ([datetime(1960, 6, 3, 1)], pa.timestamp("s"), ["1960-06-03 01:00:00"]),
        ([datetime(2025, 6, 3), STAMP], None, ["2025-06-03 00:00:00", "2025-06-03 14:05:00"]),
        ([STAMP], pa.timestamp("us", "UTC"), ["2025-06-03 14:05:00Z"]),
        ([STAMP], pa.timestamp("us", "Europe/Berlin"), ["2025-06-03 16:05:00+0200"]),
        ([STAMP], pa.timestamp("us", "No/Where"), ["2025-06-03 14:05:00Z"]),
        ([datetime(2025, 6, 3)], pa.timestamp("us", "UTC"), ["2025-06-03 00:00:00Z"]),
        ([time(14, 5), None], pa.time64("us"), ["14:05:00", None]),
        ([timedelta(hours=30), None], None, ["30:00:00", None]),
        ([-timedelta(minutes=1, milliseconds=5)], None, ["-0:01:00.005000"]),
        ([pa.MonthDayNano([0, 1, 3600 * 10**9]), None], None, ["25:00:00", None]),
        ([pa.MonthDayNano([1, 0, 0])], None, ["1 months"]),
        (["a", None], pa.large_string(), ["a", None]),
        ([None], pa.null(), [None]),
        ([b"Zo\xc3\xab", None], None, ["Zoë", None]),
        ([b"\xff\x01", None], pa.binary(2), ["ff01", None]),
        ([b"\xff\x01", b"\xff"], None, ["ff01", "ff"]),
        ([b"\x00pw", b"ok"], None, ["007077", "6f6b"]),
    ],
)
def test_each_type_has_one_form(values, kind, expected):
    assert texts(values, kind) == expected


@pytest.mark.parametrize(
    ("values", "kind"),
    [([["a"]], None), ([[("a", 1)]], pa.map_(pa.string(), pa.int8())), ([b"\xff" * 65], None)],
    ids=["lists", "maps", "long bytes"],
)
def test_lists_and_pictures_are_not_text(values, kind):
    assert texts_of(column(values, kind)) is None


def test_numbers_are_marked_and_nothing_else():
    assert texts_of(column([1.5, None, float("inf")])).numbers.to_pylist() == [True, False, False]
    assert texts_of(column([Decimal("1.234"), None])).numbers.to_pylist() == [True, False]
    assert texts_of(column([20250603])).numbers.to_pylist() == [True]
    for values in (["1.234"], [STAMP], [True], [timedelta(1)]):
        assert texts_of(column(values)).numbers is None


def test_ids_of_machines_are_written_as_machines_write_them():
    known = uuid.uuid4()
    stored = pa.array([known.bytes, None], pa.binary(16))
    made = pa.ExtensionArray.from_storage(pa.uuid(), stored)
    assert texts_of(pa.chunked_array([made])).cells.to_pylist() == [str(known), None]


def test_codes_stay_codes_where_each_stands_for_a_text_of_its_own():
    coded = pa.array(["a", None, "a"]).dictionary_encode()
    coded = coded.cast(pa.dictionary(pa.uint8(), pa.string()))  # As an enum of DuckDB has them.
    found = texts_of(pa.chunked_array([coded, coded])).cells
    assert found.type == pa.dictionary(pa.int32(), pa.string())
    assert found.to_pylist() == ["a", None, "a"] * 2
    noisy = pa.array([0.3, 0.1 + 0.2, float("nan")]).dictionary_encode()
    assert texts_of(pa.chunked_array([noisy])).cells.to_pylist() == ["0.3", "0.3", None]
    blank = pa.array([0.5, float("nan")]).dictionary_encode()
    assert texts_of(pa.chunked_array([blank])).cells.null_count == 1


VALUES = {
    pa.int64(): st.integers(-(2**63), 2**63 - 1),
    pa.float64(): st.floats(-1e15, 1e15).map(lambda number: round(number, 4)),
    pa.decimal128(18, 4): st.decimals(-(10**12), 10**12, places=4),
    pa.date32(): st.dates(date(1900, 1, 1)),
    pa.timestamp("us", "UTC"): st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1)),
}


@pytest.mark.parametrize("few", [True, False], ids=["repeated", "each once"])
@pytest.mark.parametrize("kind", VALUES, ids=str)
@given(data=st.data())
def test_whatever_is_held_comes_back(kind, few, data):
    values = data.draw(st.lists(st.none() | VALUES[kind], min_size=1, max_size=8))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cells, "_FEW_ROWS", 2)
        found = texts_of(column(values * (6 if few else 1), kind)).cells.to_pylist()[: len(values)]
    for value, text in zip(values, found, strict=True):
        if value is None:
            assert text is None
        elif isinstance(value, datetime):
            assert datetime.fromisoformat(text) == value.replace(tzinfo=UTC)
        elif isinstance(value, date):
            assert text == str(value)
        elif isinstance(value, float):
            assert float(text) == pytest.approx(value, rel=1e-14)
            assert "e" not in text
        else:
            assert Decimal(text) == value
            assert "E" not in text
