"""Open time against a clock that goes minute by minute, nights of the clock change included."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pyarrow as pa
import pytest

from retention_cli.settings import Settings
from retention_cli.timing import timed

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
    found = timed(tickets, zone=zone, hours=hours(table) if table else None)
    return found["first_response_seconds"][0].as_py()


def by_the_minute(start, end, desk, zone):
    """Walk from one local moment to the other in UTC, and count the minutes the desk is open."""
    local = ZoneInfo(zone) if zone else UTC
    now, last = (moment.replace(tzinfo=local).astimezone(UTC) for moment in (start, end))
    count = 0
    while now < last:
        there = now.astimezone(local)
        minute = there.hour * 60 + there.minute
        openings = desk.week[there.weekday()]
        if there.date() not in desk.holidays:
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
    rng = random.Random(f"{zone} {around}")  # noqa: S311  # a seeded world is no secret
    desk = hours(WEEK)
    for _ in range(8):
        day = datetime(around.year, around.month, around.day) - timedelta(days=2)
        first = day + timedelta(minutes=rng.randrange(4 * 1440))
        last = first + timedelta(minutes=rng.randrange(3 * 1440))
        if zone and any(missing(moment, zone) for moment in (first, last)):
            continue
        assert spent(first, last, table=WEEK, zone=zone) == by_the_minute(first, last, desk, zone)


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
