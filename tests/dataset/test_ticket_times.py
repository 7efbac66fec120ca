"""Open time against a clock that goes minute by minute, nights of the clock change included."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pyarrow as pa
import pytest

from retention_cli.dataset.ticket_times import timed
from retention_cli.errors import DataRefusedError
from retention_cli.settings import Settings
from retention_cli.testing import table as checked_table
from seeded import seeds

WEEK = {
    "monday": "09:00-17:00",
    "tuesday": ["08:00-12:00", "13:00-17:30"],
    "wednesday": "00:00-24:00",
    "friday": "22:00-24:00",
    "saturday": "00:00-06:00",
    "sunday": "00:00-12:00",
    "holidays": ["2026-03-30"],
}


def hours(table):
    return Settings.model_validate({"business_hours": table}).business_hours


def spent(start, end, *, table=None, zone=None):
    tickets = pa.table(
        {
            "created_at": pa.array([start], pa.timestamp("s")),
            "first_response_at": pa.array([end], pa.timestamp("s")),
        }
    )
    found = timed(tickets, zone=zone, hours=hours(table) if table else ())
    return found["first_response_seconds"][0].as_py()


def by_the_minute(start, end, desk, zone):
    """Walk from one local moment to the other in UTC, and count the minutes the desk is open."""
    local = ZoneInfo(zone) if zone else UTC
    now, last = (moment.replace(tzinfo=local).astimezone(UTC) for moment in (start, end))
    count = 0
    while now < last:
        there = now.astimezone(local)
        minute = there.hour * 60 + there.minute
        ours = [one for one in desk if one.from_ is None or one.from_ <= there.date()][-1]
        openings = ours.week[there.weekday()]
        if all(there.date() not in one.holidays for one in desk):
            count += any(one.opens <= minute < one.closes for one in openings)
        now += timedelta(minutes=1)
    return count * 60


@pytest.mark.parametrize(
    ("start", "end", "table", "seconds"),
    [
        pytest.param((4, 18, 0), (5, 8, 0), None, 14 * 3600, id="14 hours by the clock"),
        pytest.param(
            (4, 18, 0),
            (5, 8, 0),
            {"wednesday": "07:00-17:00", "thursday": "07:00-17:00"},
            3600,
            id="one hour of the desk",
        ),
        pytest.param(
            (2, 8, 30), (2, 9, 15), {"monday": "09:00-17:00"}, 900, id="in before it opens"
        ),
        pytest.param((2, 18, 0), (2, 19, 0), {"monday": "09:00-17:00"}, 0, id="both outside of it"),
        pytest.param(
            (2, 16, 0), (2, 18, 0), {"monday": "08:00-17:00"}, 3600, id="a reply after hours"
        ),
        pytest.param(
            (6, 18, 0),
            (9, 18, 0),
            {"monday": "09:00-17:00", "friday": "09:00-17:00"},
            8 * 3600,
            id="over a weekend",
        ),
    ],
)
def test_worked_cases(start, end, table, seconds):
    first, last = (datetime(2025, 6, day, hour, minute) for day, hour, minute in (start, end))
    assert spent(first, last, table=table) == seconds


@pytest.mark.parametrize("zone", [None, "Europe/Berlin", "America/New_York"])
@pytest.mark.parametrize("around", [date(2026, 3, 29), date(2026, 10, 25), date(2026, 3, 8)])
def test_agrees_with_a_clock_that_goes_minute_by_minute(zone, around):
    rng = random.Random(f"{zone} {around}")  # noqa: S311  # a seeded world is not a secret
    changed = {
        "from": str(around),
        **dict.fromkeys(WEEKDAYS, "10:00-11:00"),
        "sunday": "10:00-20:00",
    }
    week = [WEEK, changed]
    desk = hours(week)
    for _ in range(8):
        day = datetime(around.year, around.month, around.day) - timedelta(days=2)
        first = day + timedelta(minutes=rng.randrange(4 * 1440))
        last = first + timedelta(minutes=rng.randrange(3 * 1440))
        if zone and any(missing(moment, zone) for moment in (first, last)):
            continue
        assert spent(first, last, table=week, zone=zone) == by_the_minute(first, last, desk, zone)


def test_hours_may_change_on_a_day_and_holidays_hold_in_all():
    nine, ten = (dict.fromkeys(WEEKDAYS, f"{at}:00-17:00") for at in ("09", "10"))
    week = [{**ten, "from": "2025-06-03", "holidays": ["2025-06-02"]}, nine]
    first, last = datetime(2025, 5, 30, 16), datetime(2025, 6, 3, 10, 30)
    assert spent(first, last, table=week) == 3600 + 1800
    assert spent(first, last, table=[nine]) == 3600 + 8 * 3600 + 5400


def test_tickets_from_before_all_hours_are_asked_about():
    week = [{"monday": "09:00-17:00", "from": "2025-06-03"}]
    with pytest.raises(DataRefusedError, match="begin on 2025-06-02, before the business hours"):
        spent(datetime(2025, 6, 2), datetime(2025, 6, 9), table=week)
    assert spent(datetime(2025, 6, 3), datetime(2025, 6, 9, 10), table=week) == 3600


def missing(moment, zone):
    """Whether no clock of the zone showed that moment."""
    local = ZoneInfo(zone)
    there = moment.replace(tzinfo=local).astimezone(UTC).astimezone(local)
    return there.replace(tzinfo=None) != moment


def test_the_clock_change_is_an_hour_of_waiting():
    evening, morning = datetime(2026, 3, 28, 20), datetime(2026, 3, 29, 8)
    assert spent(evening, morning) == 12 * 3600
    assert spent(evening, morning, zone="Europe/Berlin") == 11 * 3600


def test_durations_stay_as_exported_within_business_hours():
    tickets = pa.table(
        {
            "created_at": pa.array([datetime(2025, 6, 2, 9)], pa.timestamp("s")),
            "first_response_duration": pa.array([5400], pa.int64()),
        }
    )
    found = timed(tickets, hours=hours({"monday": "09:00-10:00"}))
    assert found["first_response_seconds"].to_pylist() == [5400]


def test_days_are_those_of_the_written_clock():
    tickets = pa.table(
        {"created_at": pa.array([datetime(2025, 6, 30, 23, 59, 59)], pa.timestamp("s"))}
    )
    assert timed(tickets)["created_on"].to_pylist() == [date(2025, 6, 30)]


WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")
SHIFT = ["00:00-01:00", "17:00-24:00"]


def at(text):
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("start", "end", "opens", "seconds"),
    [
        pytest.param("2025-06-02 08:30", "2025-06-02 09:15", "09:00-17:00", 900, id="15 min"),
        pytest.param("2025-06-03 18:00", "2025-06-04 09:00", "08:00-17:00", 3_600, id="1 h"),
        pytest.param("2025-06-03 18:00", "2025-06-04 08:00", "07:00-17:00", 3_600, id="not 14 h"),
        pytest.param("2025-06-03 19:00", "2025-06-03 21:00", "08:00-17:00", 0, id="off hours"),
        pytest.param("2025-06-03 16:00", "2025-06-03 18:00", "08:00-17:00", 3_600, id="late"),
        pytest.param("2025-06-03 10:00", "2025-06-03 11:30", "09:00-17:00", 5_400, id="1 h 30"),
        pytest.param("2015-02-23 16:00", "2015-02-24 14:20", "07:00-16:00", 26_400, id="at close"),
        pytest.param("2015-02-23 16:01", "2015-02-24 14:20", "07:00-16:00", 26_400, id="after it"),
        pytest.param("2016-06-17 18:00", "2016-06-20 18:00", "09:00-17:00", 28_800, id="one day"),
        pytest.param(
            "2019-06-08 23:07:02", "2019-06-11 02:53:20", "00:00-24:00", 96_800, id="to the second"
        ),
        pytest.param("2025-06-03 02:00", "2025-06-03 04:48", SHIFT, 0, id="off the night shift"),
        pytest.param("2025-06-03 23:30", "2025-06-04 02:00", SHIFT, 5_400, id="the night shift"),
    ],
)
def test_cases_that_help_desks_and_bug_reports_tell(start, end, opens, seconds):
    assert spent(at(start), at(end), table=dict.fromkeys(WEEKDAYS, opens)) == seconds


SPANS = ([], "09:00-17:00", ["08:00-12:00", "13:15-18:30"], "00:00-24:00", ["00:00-01:30"], SHIFT)


@pytest.mark.parametrize("seed", seeds(10, 30))
def test_any_week_agrees_with_a_clock_that_goes_minute_by_minute(seed):
    """Openings neither begin nor end within the hour that clocks skip or repeat."""
    rng = random.Random(seed)  # noqa: S311  # a seeded world is not a secret
    zone = rng.choice((None, "Europe/Berlin"))
    around = rng.choice((datetime(2026, 3, 29), datetime(2026, 10, 25), datetime(2026, 7, 1)))
    days = (*WEEKDAYS, "saturday", "sunday")
    week = {day: rng.choice(SPANS) for day in days} | {"friday": "09:00-17:00"}
    week["holidays"] = [str((around + timedelta(days=rng.randrange(-3, 4))).date())]
    desk, firsts, lasts = hours(week), [], []
    for _ in range(12):
        first = around + timedelta(minutes=rng.randrange(-2 * 1440, 2 * 1440))
        last = first + timedelta(minutes=rng.choice((0, 1, 30, rng.randrange(3 * 1440))))
        if not (zone and any(missing(moment, zone) for moment in (first, last))):
            firsts.append(first)
            lasts.append(last)
    tickets = pa.table(
        {
            "created_at": pa.array(firsts, pa.timestamp("s")),
            "resolved_at": pa.array(lasts, pa.timestamp("s")),
        }
    )
    walked = [
        by_the_minute(first, last, desk, zone) for first, last in zip(firsts, lasts, strict=True)
    ]
    assert timed(tickets, zone=zone, hours=desk)["resolution_seconds"].to_pylist() == walked


@pytest.mark.parametrize(
    ("start", "end", "opens", "seconds"),
    [
        pytest.param("2026-03-29 00:00", "2026-03-29 12:00", "02:30-10:00", 7 * 3_600, id="gap"),
        pytest.param("2026-03-29 00:00", "2026-03-29 12:00", "02:15-02:45", 0, id="inside of it"),
        pytest.param("2026-03-29 00:00", "2026-03-30 00:00", "00:00-24:00", 23 * 3_600, id="23 h"),
        pytest.param("2026-10-25 00:00", "2026-10-26 00:00", "00:00-24:00", 25 * 3_600, id="25 h"),
        pytest.param(
            "2026-10-25 01:00", "2026-10-25 02:30", "00:00-24:00", 5_400, id="the first 02:30"
        ),
    ],
)
def test_the_hour_that_clocks_skip_or_repeat(start, end, opens, seconds):
    found = spent(at(start), at(end), table={"sunday": opens}, zone="Europe/Berlin")
    assert found == seconds


def test_a_day_whose_midnight_no_clock_showed_begins_when_its_clocks_do():
    """A day without a time is its midnight, which Santiago skips on 2026-09-06."""
    assert spent(at("2026-09-06"), at("2026-09-06 02:00"), zone="America/Santiago") == 3_600


@pytest.mark.parametrize(
    ("start", "end"),
    [
        pytest.param("2026-01-01", "9999-12-31 23:59:59", id="the last day"),
        pytest.param("0001-01-01", "2026-01-01", id="the first day"),
    ],
)
def test_days_at_the_ends_of_the_calendar_are_days_as_well(start, end):
    assert spent(at(start), at(end), table={"monday": "09:00-17:00"}) % (8 * 3_600) == 0
    assert spent(at(start), at(end)) == (at(end) - at(start)).total_seconds()


def test_a_desk_that_is_never_open_in_the_days_of_an_export():
    closed = {"monday": "09:00-17:00", "holidays": ["2025-06-02"]}
    assert spent(at("2025-06-02 08:00"), at("2025-06-03 08:00"), table=closed) == 0


def tickets_of(**columns):
    kinds = {"_at": pa.timestamp("s"), "ion": pa.int64()}
    return pa.table(
        {
            name: pa.chunked_array([pa.array(cells, kinds.get(name[-3:], pa.string()))])
            for name, cells in columns.items()
        }
    )


NINE, TEN, NOON = (datetime(2025, 6, 2, hour) for hour in (9, 10, 12))


@pytest.mark.parametrize("table", [None, {"monday": "09:00-11:00"}])
def test_the_unanswered_wait_until_the_last_moment_of_the_export(table):
    tickets = tickets_of(created_at=[NINE, TEN], resolved_at=[None, NOON])
    found = timed(tickets, hours=hours(table) if table else ())
    assert found["waiting_seconds"].to_pylist() == ([7_200, 3_600] if table else [10_800, 7_200])


def test_stamps_go_before_durations_and_blanks_stay_blank():
    tickets = tickets_of(
        created_at=[NINE, NINE, NINE],
        first_response_at=[TEN, None, None],
        first_response_duration=[1, 2, None],
        resolved_at=[NOON, None, None],
        resolution_duration=[3, 86_400, None],
    )
    found = timed(tickets)
    assert found["first_response_seconds"].to_pylist() == [3_600, 2, None]
    assert found["resolution_seconds"].to_pylist() == [10_800, 86_400, None]
    assert found["resolved_on"].to_pylist() == [date(2025, 6, 2), date(2025, 6, 3), None]


@pytest.mark.parametrize(
    ("columns", "added"),
    [
        ({"contacts": ["1"]}, set()),
        ({"created_at": [NINE]}, {"created_on", "waiting_seconds"}),
        ({"created_at": [None]}, {"created_on"}),
        ({"created_at": []}, {"created_on"}),
        ({"first_response_at": [NINE]}, set()),
        ({"resolved_at": [NINE]}, {"resolved_on"}),
        ({"first_response_duration": [1]}, {"first_response_seconds"}),
        ({"resolution_duration": [1]}, {"resolution_seconds"}),
        (
            {"resolved_at": [NINE], "resolution_duration": [1]},
            {"resolved_on", "resolution_seconds"},
        ),
        (
            {"created_at": [NINE], "resolution_duration": [1]},
            {"created_on", "waiting_seconds", "resolved_on", "resolution_seconds"},
        ),
    ],
)
@pytest.mark.parametrize("table", [None, {"monday": "09:00-11:00"}])
def test_only_what_the_export_can_tell_is_added(columns, added, table):
    found = timed(tickets_of(**columns), hours=hours(table) if table else ())
    assert {*found.column_names} - {*columns} == added


def test_pieces_of_a_table_are_one_table():
    tickets = tickets_of(created_at=[NINE, TEN], first_response_at=[TEN, None])
    apart = pa.concat_tables([tickets.slice(0, 1), tickets.slice(1)])
    assert timed(apart).to_pydict() == timed(tickets).to_pydict()


BERLIN = ZoneInfo("Europe/Berlin")


def stamped(*rows, zone=None, table=None):
    """Time tickets of which each is written as its creation and its first response."""
    lines = [f"{number},{created},{answered}" for number, (created, answered) in enumerate(rows)]
    tickets = checked_table("tickets", "ticket_id,created_at,first_response_at", *lines)
    return timed(tickets, zone=zone, hours=hours(table) if table else ())


def times(tickets):
    return tickets["first_response_seconds"].to_pylist()


MOMENTS = [
    pytest.param("2025-06-02T10:00:00+02:00", "2025-06-02T08:30:00+00:00", 1_800, id="two zones"),
    pytest.param("2025-06-02T10:00:00+02:00", "2025-06-02T10:30:00+01:00", 5_400, id="an hour on"),
    pytest.param("2025-10-26T02:50:00+02:00", "2025-10-26T02:10:00+01:00", 1_200, id="both hours"),
    pytest.param("2025-10-26T02:30:00+01:00", "2025-10-26T03:30:00+01:00", 3_600, id="the second"),
    pytest.param("2025-03-30T01:30:00+01:00", "2025-03-30T03:30:00+02:00", 3_600, id="the gap"),
    pytest.param("2025-06-02T10:00:00+02:00", "2025-06-02T08:00:00+00:00", 0, id="at once"),
]


@pytest.mark.parametrize("zone", [None, "Europe/Berlin", "Asia/Kathmandu"])
@pytest.mark.parametrize(("start", "end", "seconds"), MOMENTS)
def test_between_two_stamps_with_offsets_is_what_really_passed(start, end, seconds, zone):
    found = stamped((start, end), zone=zone)
    assert times(found) == [seconds]
    assert "first_response_seconds_unplaced" not in found.column_names


def test_a_stamp_with_an_offset_and_one_without_give_no_time():
    aware, naive = "2025-06-02T09:00:00+00:00", "2025-06-02T10:00:00"
    found = stamped((aware, naive), (naive, aware), (naive, naive), (aware, aware), (aware, ""))
    assert times(found) == [None, None, 0, 0, None]
    marked = found["first_response_seconds_unplaced"].to_pylist()
    assert marked == [True, True, False, False, False]
    assert found["waiting_seconds"].null_count == 5


def test_a_zone_places_the_stamps_without_an_offset():
    found = stamped(("2025-06-02T07:00:00+00:00", "2025-06-02T09:30:00"), zone="Europe/Berlin")
    assert times(found) == [1_800]


def test_opening_hours_need_a_zone_for_stamps_with_offsets():
    aware = ("2025-06-02T08:00:00+00:00", "2025-06-02T09:00:00+00:00")
    table = {"monday": "09:00-17:00"}
    assert times(stamped(aware, table=table)) == [None]
    assert stamped(aware, table=table)["waiting_seconds"].to_pylist() == [None]
    berlin = ("2025-06-02T10:00:00+02:00", "2025-06-02T11:00:00+02:00")
    assert times(stamped(berlin, table=table, zone="Europe/Berlin")) == [3_600]


def test_the_data_end_with_the_last_moment_not_with_the_latest_clock():
    found = stamped(
        ("2025-06-02T10:00:00+00:00", ""),
        ("2025-06-02T11:30:00+02:00", "2025-06-02T12:30:00+02:00"),
    )
    assert found["waiting_seconds"].to_pylist() == [1_800, 3_600]


def test_a_resolution_so_long_after_the_creation_is_of_the_day_on_the_clock():
    header = "ticket_id,created_at,resolution_duration"
    lines = ("1,2025-03-29T23:30:00+01:00,82800", "2,2025-10-25T22:30:00+02:00,93600")
    found = timed(checked_table("tickets", header, *lines), zone="Europe/Berlin")
    assert found["resolved_on"].to_pylist() == [date(2025, 3, 30), date(2025, 10, 26)]


@pytest.mark.parametrize("zone", [None, "Europe/Berlin"])
def test_any_two_moments_agree_with_datetime(zone):
    rng = random.Random(f"moments {zone}")  # noqa: S311  # a seeded world is not a secret
    rows, passed = [], []
    for _ in range(300):
        around = rng.choice((datetime(2025, 3, 30), datetime(2025, 10, 26), datetime(2025, 7, 1)))
        start = around.replace(tzinfo=UTC) + timedelta(seconds=rng.randrange(-43_200, 43_200))
        end = start + timedelta(seconds=rng.choice((0, 1, 60, rng.randrange(200_000))))
        written = []
        for moment in (start, end):
            offset = rng.choice((-39_600, -12_600, 0, 3_600, 7_200, 20_700))
            there = BERLIN if zone else timezone(timedelta(seconds=offset))
            written.append(moment.astimezone(there).isoformat())
        rows.append(tuple(written))
        passed.append(int((end - start).total_seconds()))
    assert times(stamped(*rows, zone=zone)) == passed


def test_columns_of_the_export_with_our_names_give_way(retention, folder):
    rows = (
        "ticket_id,created_at,first_response_at,waiting_seconds,created_on",
        "1,{0} 09:00,{0} 10:00,5,x",
    )
    (folder / "tickets.csv").write_text("\n".join(rows).format("2025-06-02") + "\n", "utf-8")
    ran = retention("compute", ".", "--period", "2025-06", "--format", "csv")
    assert ran.code == 0
    assert "first_response_time,,,3600.0,seconds" in ran.out
