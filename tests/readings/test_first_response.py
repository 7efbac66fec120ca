"""Readings of the first response against a slow count over random tickets."""

from __future__ import annotations

import random
from datetime import datetime, time, timedelta
from fractions import Fraction
from functools import partial
from inspect import signature
from statistics import mean, median

import pytest

from retention_cli import readings
from retention_cli.dataset.dataset import Dataset
from retention_cli.dataset.ticket_times import timed
from retention_cli.kpis import computing
from retention_cli.readings.first_response import KPIS
from retention_cli.settings import Settings
from retention_cli.testing import table
from retention_cli.values.periods import Period

JUNE = Period.parse("2025-06")
NINE_TO_FIVE = dict.fromkeys(("monday", "tuesday", "wednesday", "friday"), "09:00-17:00")


def tickets(seed):
    rng = random.Random(seed)  # noqa: S311  # draws rows, not secrets
    for number in range(50):
        created = datetime(2025, 6, 1) + timedelta(minutes=rng.randrange(40_000))
        answered = created + timedelta(minutes=rng.choice((5, 60, 700, 3000)) * rng.randrange(1, 4))
        yield f"T{number:02}", created, answered if rng.random() < (0.7, 0.95)[seed % 2] else None


def read(rows, kpi=KPIS[0], **told):
    settings = Settings.model_validate(told)
    lines = [f"{id_},{one.isoformat()},{two.isoformat() if two else ''}" for id_, one, two in rows]
    made = table("tickets", "ticket_id,created_at,first_response_at", *lines)
    hours = settings.business_hours
    dataset = Dataset({"tickets": timed(made, hours=hours)}, window=settings.activity_window)
    functions = {
        name: partial(function, kpi=kpi) if "kpi" in signature(function).parameters else function
        for name, (_, function) in readings.of_kpi(kpi).items()
    }
    return computing.call(functions, dataset=dataset, period=JUNE, settings=dict(settings))


def spans(start, end):
    """The openings that reach into a span, day by day."""
    day = start.date()
    while day <= end.date():
        if day.weekday() in {0, 1, 2, 4}:
            opens, closes = (datetime.combine(day, time(at)) for at in (9, 17))
            yield max(opens, start), min(closes, end)
        day += timedelta(days=1)


def open_seconds(start, end):
    return sum(max(0, int((b - a).total_seconds())) for a, b in spans(start, end))


def is_outside(moment):
    return not any(a <= b for a, b in spans(moment, moment))


def survival(rows, share, spent):
    """Kaplan and Meier, one moment after the other, in fractions."""
    end = max(moment for _, *both in rows for moment in both if moment)
    waits = [(spent(one, two or end), two is not None) for _, one, two in rows]
    left = Fraction(1)
    for moment in sorted({wait for wait, known in waits if known}):
        at_risk = sum(wait >= moment for wait, _ in waits)
        left *= 1 - Fraction(sum(wait == moment and known for wait, known in waits), at_risk)
        if left <= share:
            return moment
    return None


@pytest.mark.parametrize("seed", range(6))
def test_readings_are_those_of_a_slow_count(seed):
    rows = list(tickets(seed))
    done = [(id_, one, two) for id_, one, two in rows if two]
    clock = [Fraction(int((two - one).total_seconds())) for _, one, two in done]
    opened = [Fraction(open_seconds(one, two)) for _, one, two in done]
    outside = {id_ for id_, _, two in done if is_outside(two)}
    zeros = [0 if id_ in outside else f for (id_, _, _), f in zip(done, opened, strict=True)]
    inside = [f for (id_, _, _), f in zip(done, opened, strict=True) if id_ not in outside]
    expected = {
        "ours": mean(opened),
        "mean-by-the-clock": mean(clock),
        "median-by-the-clock": median(clock),
        "mean-in-business-hours": mean(opened),
        "median-in-business-hours": median(opened),
        "counted": mean(opened),
        "zero": mean(map(Fraction, zeros)),
        "left-out": mean(inside),
        "kaplan-meier-median": survival(rows, Fraction(1, 2), open_seconds),
        "kaplan-meier-p90": survival(rows, Fraction(1, 10), open_seconds),
    }
    found = read(rows, business_hours=NINE_TO_FIVE)
    assert {name: one.measure.value for name, one in found.items()} == expected
    assert set(found["zero"].differences().only_here) == outside
    assert set(found["left-out"].differences().only_in_ours) == outside
    waiting = {id_ for id_, _, two in rows if two is None}
    assert set(found["kaplan-meier-median"].differences().only_here) == waiting
    other = {id_ for (id_, _, _), a, b in zip(done, clock, opened, strict=True) if a != b}
    assert set(found["mean-by-the-clock"].differences().only_here) == other


def test_the_statistic_is_that_of_the_figure_asked_for():
    rows = list(tickets(1))
    inside = sorted(open_seconds(one, two) for _, one, two in rows if two and not is_outside(two))
    found = read(rows, "first_response_median", business_hours=NINE_TO_FIVE)
    assert found["left-out"].measure.value == median(map(Fraction, inside))
    assert found["ours"].measure.value == found["median-in-business-hours"].measure.value


def test_a_half_that_answers_exactly_is_found():
    """(3/4)(2/3) is one half in fractions, and may be more in floats; so it is of any size."""
    begin = datetime(2025, 6, 2, 9)
    for size in (4, 6, 98, 1000):
        rows = [
            (f"T{at:04}", begin, begin + timedelta(minutes=at + 1) if at < size // 2 else None)
            for at in range(size)
        ]
        found = read(rows)["kaplan-meier-median"].measure
        assert found.value == 60 * (size // 2), size


def test_a_curve_that_stays_up_is_undefined():
    begin = datetime(2025, 6, 2, 9)
    rows = [("a", begin, begin + timedelta(hours=1)), ("b", begin, None), ("c", begin, None)]
    found = read(rows)["kaplan-meier-median"].measure
    assert (found.reason.code, found.parts["waiting"].total) == ("curve-too-high", 2)
    assert "fewer than 50 % of the tickets" in found.reason.message


def test_without_hours_it_is_said_what_to_set():
    found = read(list(tickets(2)))
    for name in ("mean-in-business-hours", "counted", "zero", "left-out"):
        assert found[name].measure.reason.hint == "set [business_hours] in retention.toml"
    assert found["mean-by-the-clock"].measure.value == found["ours"].measure.value
    assert found["mean-by-the-clock"].differences().only_here == ()


def stamp(text):
    return datetime.fromisoformat(f"2025-06-{text}")


@pytest.mark.parametrize(
    ("opens", "created", "answered", "reading", "seconds"),
    [
        pytest.param("09:00-17:00", "02 08:30", "02 09:15", "counted", 900, id="timetoreply.com"),
        pytest.param("08:00-17:00", "03 19:00", "03 21:00", "zero", 0, id="Keeping, older"),
        pytest.param("08:00-17:00", "03 19:00", "03 21:00", "left-out", None, id="Keeping, newer"),
        pytest.param("08:00-17:00", "03 16:00", "03 18:00", "left-out", None, id="late, newer"),
        pytest.param("08:00-17:00", "03 16:00", "03 18:00", "counted", 3600, id="late, ours"),
        pytest.param("07:00-17:00", "03 18:00", "04 08:00", "counted", 3600, id="in hours"),
        pytest.param(
            "07:00-17:00", "03 18:00", "04 08:00", "mean-by-the-clock", 14 * 3600, id="by the clock"
        ),
    ],
)
def test_published_examples(opens, created, answered, reading, seconds):
    week = dict.fromkeys(("monday", "tuesday", "wednesday"), opens)
    rows = [("1", stamp(created), stamp(answered))]
    assert read(rows, business_hours=week)[reading].measure.value == seconds
