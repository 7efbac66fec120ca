from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retention_cli.mapping.cells.dates import rewrite_dates
from retention_cli.mapping.cells.zones import offset_notes, offsets_in, twice_notes

ZONES = ("Europe/Berlin", "America/New_York", "America/Santiago", "Australia/Lord_Howe", "UTC")


def there(zone, *stamps):
    """Read stamps on the clock of a zone."""
    return rewrite_dates(pa.array(stamps, pa.string()), None, zone=zone, keep_time=True).to_pylist()


def by_zoneinfo(stamp, zone):
    """Give a stamp with its offset, or with a question mark where no clock of the zone showed it."""
    local = datetime.fromisoformat(stamp).replace(tzinfo=ZoneInfo(zone))
    back = local.astimezone(UTC).astimezone(ZoneInfo(zone))
    return local.isoformat() if back.replace(tzinfo=None).isoformat() == stamp else f"?{stamp}"


@pytest.mark.parametrize(
    ("stamp", "read"),
    [
        pytest.param("2026-03-29T01:59:59", "2026-03-29T01:59:59+01:00", id="before the gap"),
        pytest.param("2026-03-29T03:00:00", "2026-03-29T03:00:00+02:00", id="after the gap"),
        pytest.param("2026-10-25T02:30:00", "2026-10-25T02:30:00+02:00", id="the first of two"),
        pytest.param("2026-10-25T02:30:00+01:00", "2026-10-25T02:30:00+01:00", id="the second"),
        pytest.param("2026-10-25T01:30:00Z", "2026-10-25T02:30:00+01:00", id="the second in UTC"),
        pytest.param("2026-03-29", "2026-03-29T00:00:00+01:00", id="a day begins at midnight"),
        pytest.param("9999-12-31 23:59", "9999-12-31T23:59:00+01:00", id="the last day there is"),
        pytest.param("9999-12-31", "9999-12-31T00:00:00+01:00", id="its midnight"),
        pytest.param("1890-01-01 12:00", "1890-01-01T12:00:00+00:53:28", id="by the sun"),
        pytest.param("2026-02-30T02:30:00", "2026-02-30T02:30:00", id="a day of no calendar"),
        pytest.param("soon", "soon", id="no stamp"),
        pytest.param(None, None, id="a blank"),
    ],
)
def test_a_stamp_has_the_offset_that_its_zone_has_then(stamp, read):
    assert there("Europe/Berlin", stamp) == [read]
    in_gap = "2026-03-29T02:30:00"
    assert there("Europe/Berlin", stamp, in_gap) == [read, f"?{in_gap}"]


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
    assert there(zone, stamp) == [f"?{stamp}"]


def test_a_day_that_begins_without_its_midnight_is_no_gap():
    assert there("America/Santiago", "2026-09-06") == ["2026-09-06T00:00:00-04:00"]


def test_pieces_and_nothing_at_all():
    column = pa.chunked_array([["2026-03-29T02:30:00"], []], pa.string())
    found = rewrite_dates(column, None, zone="Europe/Berlin", keep_time=True)
    assert found.to_pylist() == ["?2026-03-29T02:30:00"]
    assert there("Europe/Berlin") == []


changes = st.sampled_from(
    [
        *(datetime(2026, 3, 8), datetime(2026, 3, 29), datetime(2026, 9, 6), datetime(2026, 10, 4)),
        *(datetime(2026, 10, 25), datetime(2026, 11, 1), datetime(2026, 4, 5)),
    ]
)


@settings(max_examples=40, deadline=None)
@given(
    zone=st.sampled_from(ZONES),
    day=changes,
    seconds=st.lists(st.integers(-3_600, 4 * 3_600), min_size=1, max_size=8),
)
def test_agrees_with_the_clocks_of_zoneinfo(zone, day, seconds):
    stamps = [(day + timedelta(seconds=by)).isoformat() for by in seconds]
    assert there(zone, *stamps) == [by_zoneinfo(stamp, zone) for stamp in stamps]


@settings(max_examples=40, deadline=None)
@given(
    zone=st.sampled_from(ZONES),
    day=changes,
    seconds=st.lists(st.integers(-14 * 3_600, 14 * 3_600), min_size=1, max_size=8),
    offset=st.sampled_from(["Z", "+02:00", "+0100", "-11", " +10:30", " GMT"]),
)
def test_a_moment_stays_the_moment_it_was(zone, day, seconds, offset):
    stamps = [f"{(day + timedelta(seconds=by)).isoformat()}{offset}" for by in seconds]
    plain = offset.strip().replace("GMT", "Z")
    meant = [
        datetime.fromisoformat(f"{(day + timedelta(seconds=by)).isoformat()}{plain}")
        for by in seconds
    ]
    expected = [moment.astimezone(ZoneInfo(zone)).isoformat() for moment in meant]
    assert there(zone, *stamps) == expected


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


def twice(zone, *cells):
    column = pa.array(cells, pa.string())
    stamps = rewrite_dates(column, None, zone=zone, keep_time=True)
    return [(note.count, note.column) for note in twice_notes(column, stamps, zone, "created_at")]


def test_times_that_come_twice_are_counted():
    cells = ("2026-10-25T02:30:00", "2026-10-25T01:59:59", None, "2026-10-25 02:00", "2026-10-25")
    assert twice("Europe/Berlin", *cells) == [(2, "created_at")]
    assert twice("UTC", *cells) == []


def test_an_offset_says_which_of_the_two_it_is():
    cells = ("2026-10-25T02:30:00+01:00", "2026-10-25T00:30:00Z", "2026-10-25 02:30 +0200")
    assert twice("Europe/Berlin", *cells) == []
    assert twice("Europe/Berlin", *cells, "2026-10-25 2:30 AM") == [(1, "created_at")]


def test_days_of_times_with_and_without_an_offset_are_said_to_be_as_written():
    days = [pa.array(["2025-06-01T00:30:00+02:00", "2025-06-30 22:00"]), pa.array(["2025-06-01"])]
    (note,) = offset_notes(days, None, are_days=True)
    assert note.message == (
        "its times are written with the offsets +02:00 and with none; days are as they are written"
    )
    assert not list(offset_notes(days, "Europe/Berlin", are_days=True))
