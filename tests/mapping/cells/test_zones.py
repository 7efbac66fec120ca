from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retention_cli.mapping.cells.zones import marked_gaps, offset_notes, offsets_in, twice_notes

ZONES = ("Europe/Berlin", "America/New_York", "America/Santiago", "Australia/Lord_Howe", "UTC")


def marked(zone, *stamps):
    return marked_gaps(pa.array(stamps, pa.string()), zone).to_pylist()


def was_shown(stamp, zone):
    """Whether a clock of the zone went past this time, there and back again through UTC."""
    local = datetime.fromisoformat(stamp)
    back = local.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC).astimezone(ZoneInfo(zone))
    return back.replace(tzinfo=None) == local


@pytest.mark.parametrize(
    "stamp",
    [
        pytest.param("2026-03-29T01:59:59", id="the second before the gap"),
        pytest.param("2026-03-29T03:00:00", id="the second after it"),
        pytest.param("2026-10-25T02:30:00", id="a time that comes twice"),
        pytest.param("2026-03-29", id="a day without a time"),
        pytest.param("2026-03-29 02:30:00", id="a stamp that is not canonical"),
        pytest.param("2026-02-30T02:30:00", id="a day of no calendar"),
        pytest.param("soon", id="no stamp"),
        pytest.param(None, id="a blank"),
    ],
)
def test_what_a_clock_showed_and_what_is_no_stamp_stays(stamp):
    assert marked("Europe/Berlin", stamp) == [stamp]
    in_gap = "2026-03-29T02:30:00"
    assert marked("Europe/Berlin", stamp, in_gap) == [stamp, f"?{in_gap}"]


@pytest.mark.parametrize(
    ("zone", "stamp"),
    [
        ("Europe/Berlin", "2026-03-29T02:00:00"),
        ("Europe/Berlin", "2026-03-29T02:59:59"),
        ("America/New_York", "2026-03-08T02:30:00"),
        ("America/Santiago", "2026-09-06T00:30:00"),
    ],
)
def test_what_no_clock_showed_is_marked(zone, stamp):
    assert marked(zone, stamp) == [f"?{stamp}"]


def test_pieces_and_nothing_at_all():
    column = pa.chunked_array([["2026-03-29T02:30:00"], []], pa.string())
    assert marked_gaps(column, "Europe/Berlin").to_pylist() == ["?2026-03-29T02:30:00"]
    assert marked("Europe/Berlin") == []


changes = st.sampled_from(
    [datetime(2026, 3, 8), datetime(2026, 3, 29), datetime(2026, 9, 6), datetime(2026, 10, 4)]
)


@settings(max_examples=80, deadline=None)
@given(
    zone=st.sampled_from(ZONES),
    day=changes,
    seconds=st.lists(st.integers(-3_600, 4 * 3_600), min_size=1, max_size=8),
)
def test_agrees_with_the_clocks_of_zoneinfo(zone, day, seconds):
    stamps = [(day + timedelta(seconds=by)).isoformat() for by in seconds]
    expected = [stamp if was_shown(stamp, zone) else f"?{stamp}" for stamp in stamps]
    assert marked(zone, *stamps) == expected


@pytest.mark.parametrize(
    ("cells", "offsets"),
    [
        (["2025-06-01", None], set()),
        (["2025-06-01 10:00", "1.6.2025 10:00:00"], {""}),
        (["2025-06-01T10:00:00Z", "2025-06-01 10:00 UTC"], {"Z", "UTC"}),
        (["2025-06-01T10:00:00+02:00", "2025-06-01 10:00-0330"], {"+02:00", "-0330"}),
        (["2025-06-01T10:00:00.123+02", "2025-06-01 10:30 PM"], {"+02", ""}),
    ],
)
def test_the_offsets_of_a_column_are_those_its_times_are_written_with(cells, offsets):
    assert offsets_in(pa.array(cells, pa.string())) == offsets


def test_offsets_that_differ_are_said_only_where_no_zone_is_told():
    columns = [pa.array(["2025-06-01 10:00"]), pa.array(["2025-06-01 10:00Z"])]
    assert [note.code for note in offset_notes(columns, None)] == ["mixed-offsets"]
    assert list(offset_notes(columns, "Europe/Berlin")) == []
    assert list(offset_notes(columns[:1], None)) == []


def test_times_that_come_twice_are_counted():
    stamps = pa.array(["2026-10-25T02:30:00", "2026-10-25T01:59:59", None, "2026-10-25T02:00:00"])
    (note,) = twice_notes(stamps, "Europe/Berlin", "created_at")
    assert (note.count, note.column) == (2, "created_at")
    assert list(twice_notes(stamps, "UTC", "created_at")) == []
