from __future__ import annotations

from datetime import date, timedelta

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retention_cli.values.coverage import FEWEST_DAYS, days_with_events, reaches_past, silences
from retention_cli.values.periods import Period

JUNE = Period.parse("2025-06")
AUGUST = date(2025, 8, 1)
DAYS = st.dates(date(2023, 1, 1), date(2026, 1, 1))


def every(step, *, until, count=60):
    return [until - timedelta(days=step * n) for n in reversed(range(count))]


def tables(**columns):
    return {
        kind: pa.table({"day": pa.array(days, pa.date32()), "text": ["x"] * len(days)})
        for kind, days in columns.items()
    }


def test_days_of_all_date_columns_of_all_tables_are_listed_once():
    first, second, third = date(2025, 6, 1), date(2025, 6, 2), date(2025, 6, 3)
    found = tables(customers=[third, first], invoices=[first, None])
    found["surveys"] = pa.table(
        {"sent_at": pa.array([second], pa.date32()), "responded_at": pa.array([third], pa.date32())}
    )
    assert days_with_events(found, as_of=AUGUST) == [first, second, third]


@given(st.lists(st.none() | DAYS), st.lists(st.none() | DAYS), DAYS)
def test_no_day_after_the_day_that_is_looked_from_counts(some, others, as_of):
    found = days_with_events(tables(customers=some, invoices=others), as_of=as_of)
    assert found == sorted({day for day in some + others if day is not None and day <= as_of})


def test_without_dates_there_are_no_days():
    assert days_with_events({"customers": pa.table({"status": ["active"]})}, as_of=AUGUST) == []
    assert days_with_events({}, as_of=AUGUST) == []


@pytest.mark.parametrize(
    ("as_of", "unfinished"),
    [(date(2025, 6, 29), True), (date(2025, 6, 30), False), (date(2025, 7, 1), False)],
)
def test_a_period_is_over_when_its_last_day_is_looked_from(as_of, unfinished):
    why = reaches_past(JUNE, [], as_of=as_of)
    assert (why is not None) is unfinished
    if unfinished:
        assert why == f"the period ends on 2025-06-30, and today is {as_of}"


SILENCES = {
    "daily data up to the end": (every(1, until=date(2025, 6, 30)), False),
    "daily data past the end": (every(1, until=date(2025, 7, 9)), False),
    "daily data up to a long weekend before": (every(1, until=date(2025, 6, 27)), False),
    "daily data up to a day more before": (every(1, until=date(2025, 6, 26)), True),
    "weekly data up to a week before": (every(7, until=date(2025, 6, 23)), False),
    "weekly data up to eight days before": (every(7, until=date(2025, 6, 22)), True),
    "monthly data from the start of the month": (every(29, until=date(2025, 6, 1)), False),
    "monthly data that end in May": (every(29, until=date(2025, 5, 31)), True),
}


@pytest.mark.parametrize(("days", "unfinished"), SILENCES.values(), ids=SILENCES)
def test_silence_longer_than_any_before_leaves_the_period_unfinished(days, unfinished):
    assert (reaches_past(JUNE, days, as_of=AUGUST) is not None) is unfinished


def test_what_is_missing_is_said_in_days():
    days = every(1, until=date(2025, 6, 10))
    assert reaches_past(JUNE, days, as_of=AUGUST) == (
        "the data end on 2025-06-10, 20 days before the period does"
    )


def test_one_long_silence_in_the_last_two_years_excuses_another():
    quiet = every(1, until=date(2024, 1, 1)) + every(1, until=date(2025, 6, 10), count=500)
    assert (quiet[60] - quiet[59]).days == 27
    assert reaches_past(JUNE, quiet, as_of=AUGUST) is None


def test_a_silence_more_than_two_years_ago_excuses_nothing():
    old = every(1, until=date(2022, 1, 1)) + every(1, until=date(2025, 6, 10), count=1000)
    assert reaches_past(JUNE, old, as_of=AUGUST) is not None


def test_from_a_few_dates_nothing_is_said():
    days = every(1, until=date(2025, 1, 31), count=FEWEST_DAYS)
    assert reaches_past(JUNE, days, as_of=AUGUST) is not None
    assert reaches_past(JUNE, days[1:], as_of=AUGUST) is None


@given(st.sets(DAYS, min_size=FEWEST_DAYS, max_size=60), st.integers(0, 400))
def test_a_period_is_covered_as_long_as_the_silence_is_no_longer_than_the_longest_gap(days, by):
    listed = sorted(days)
    last = listed[-1] + timedelta(days=by)
    recent = [day for day in listed if (listed[-1] - day).days <= 731]
    longest = max((b - a).days for a, b in zip([recent[0], *recent], recent, strict=False))
    period = Period(last, last + timedelta(days=1))
    covered = reaches_past(period, listed, as_of=last) is None
    assert covered is (by <= max(3, longest))


def test_a_gap_is_longer_than_the_shortest_month_and_half_as_long_again_as_the_usual_one():
    days = [date(2025, 1, 1) + timedelta(days=n) for n in range(30)]
    for gap, found in ((28, 0), (29, 1)):
        later = [days[-1] + timedelta(days=gap + n) for n in range(30)]
        assert len(silences([*days, *later])) == found


def test_who_sells_each_month_has_a_gap_where_one_is_left_out():
    months = [date(2024, month, 1) for month in range(1, 13)]
    assert silences(months) == []
    assert silences([*months[:6], *months[7:], date(2025, 1, 1)]) == [
        (date(2024, 6, 1), date(2024, 8, 1))
    ]


def test_many_gaps_are_a_rhythm_and_few_days_have_none():
    start = date(2024, 1, 1)
    spread = [start + timedelta(days=40 * n + m) for n in range(6) for m in (0, 1, 2)]
    assert silences(spread) == []
    assert silences([start, start + timedelta(days=90)]) == []
