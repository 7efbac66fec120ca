from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from retention_cli.errors import RetentionError
from retention_cli.values.periods import DAYS_PER_MONTH, Period, add_months

DAY = timedelta(days=1)
DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))
PERIODS = st.tuples(DAYS, DAYS).map(sorted).map(lambda days: Period(days[0], days[1] + DAY))
WHOLE = st.builds(
    lambda day, months: Period(day.replace(day=1), add_months(day.replace(day=1), months)),
    DAYS,
    st.integers(1, 40),
)


@pytest.mark.parametrize(
    ("text", "start", "last", "months"),
    [
        pytest.param("2025", "2025-01-01", "2025-12-31", 12, id="a year"),
        pytest.param("2025-Q1", "2025-01-01", "2025-03-31", 3, id="the first quarter"),
        pytest.param("2025-q4", "2025-10-01", "2025-12-31", 3, id="the last quarter, small"),
        pytest.param("2024-02", "2024-02-01", "2024-02-29", 1, id="a February of 29 days"),
        pytest.param("2025-02", "2025-02-01", "2025-02-28", 1, id="a February of 28"),
        pytest.param("2025-12", "2025-12-01", "2025-12-31", 1, id="a December"),
        pytest.param("2024-07-01..2025-06-30", "2024-07-01", "2025-06-30", 12, id="a fiscal year"),
        pytest.param(
            "2025-06-10..2025-06-10", "2025-06-10", "2025-06-10", 1 / DAYS_PER_MONTH, id="one day"
        ),
        pytest.param(
            "2025-01-02..2025-02-01",
            "2025-01-02",
            "2025-02-01",
            31 / DAYS_PER_MONTH,
            id="31 days that are not calendar month",
        ),
    ],
)
def test_what_users_write(text, start, last, months):
    period = Period.parse(text)
    assert (str(period.start), str(period.last_day)) == (start, last)
    assert period.end == period.last_day + DAY
    assert period.months == months
    assert period.years == Fraction(months) / 12


@pytest.mark.parametrize(
    "text",
    [
        *("", "25", "202", "20255", "2025-13", "2025-00", "2025-1", "2025-Q0", "2025-Q5", "2025Q1"),
        *(
            "2025-06-01",
            "2025-06-01..",
            "..2025-06-01",
            "2025-02-30..2025-03-01",
            "2025-06..2025-07",
        ),
        *("2025-06-01...2025-06-30", "2025-06-01 .. 2025-06-30", " 2025", "2025 ", "2025\n"),
        *("٢٠٢٥", "0000", "9999", "9999-12", "9999-12-31..9999-12-31", "last-month", "yesterday"),
    ],
)
def test_what_is_no_period_is_answered_with_what_is(text):
    with pytest.raises(RetentionError) as refused:
        Period.parse(text)
    assert "2025-Q2" in refused.value.hint


def test_a_period_that_ends_before_it_starts_is_refused():
    with pytest.raises(RetentionError, match="ends on 2025-01-01, before it starts on 2025-06-30"):
        Period.parse("2025-06-30..2025-01-01")


@pytest.mark.parametrize(
    ("text", "as_of", "label"),
    [
        pytest.param("last-month", "2025-07-01", "2025-06", id="on the first of a month"),
        pytest.param("last-month", "2025-07-31", "2025-06", id="on the last of a month"),
        pytest.param("last-month", "2025-01-14", "2024-12", id="in January"),
        pytest.param("last-quarter", "2025-07-01", "2025-Q2", id="on the first of a quarter"),
        pytest.param("last-quarter", "2025-06-30", "2025-Q1", id="on the last of a quarter"),
        pytest.param("last-quarter", "2025-02-14", "2024-Q4", id="in the first quarter"),
    ],
)
def test_the_last_one_is_the_last_that_is_over(text, as_of, label):
    assert Period.parse(text, as_of=date.fromisoformat(as_of)).label == label


@given(DAYS)
@example(date(2000, 3, 30))
@settings(max_examples=50)
def test_the_month_before_a_day_is_over_on_that_day(day):
    month = Period.month_before(day)
    assert month.length == "month"
    assert month.last_day <= day
    following = Period(month.end, add_months(month.end, 1))
    assert following.last_day > day


@given(PERIODS)
@settings(max_examples=50)
def test_a_label_reads_back_as_its_period(period):
    assert Period.parse(period.label) == period


@given(st.one_of(PERIODS, WHOLE))
@settings(max_examples=50)
def test_the_period_before_is_as_long_and_ends_where_this_one_starts(period):
    assume(period.start.year > 1000)
    before = period.previous()
    assert before.end == period.start
    if period.whole_months is None:
        assert before.end - before.start == period.end - period.start
    else:
        assert (before.months, before.length) == (period.months, period.length)


@given(WHOLE)
@settings(max_examples=50)
def test_whole_months_are_counted_one_by_one(period):
    firsts = {
        (day.year, day.month)
        for day in (
            period.start + timedelta(days=n) for n in range((period.end - period.start).days)
        )
    }
    assert period.whole_months == period.months == len(firsts)
    assert period.length == {1: "month", 3: "quarter", 12: "year"}.get(len(firsts))


@given(PERIODS)
@settings(max_examples=50)
def test_other_spans_have_the_mean_length_of_a_month(period):
    starts_a_month, ends_one = period.start.day == 1, (period.last_day + DAY).day == 1
    assert (period.whole_months is None) == (not (starts_a_month and ends_one))
    if period.whole_months is None:
        days = (period.end - period.start).days
        assert period.months == Fraction(days) / Fraction("30.436875")
        assert period.length is None


@given(DAYS, st.integers(-600, 600))
@example(date(2024, 2, 29), 12)
@example(date(2025, 1, 31), 1)
@example(date(2025, 12, 31), -1)
@settings(max_examples=50)
def test_a_moved_day_keeps_its_number_or_is_the_last_of_its_month(day, months):
    moved = add_months(day, months)
    assert (moved.year - day.year) * 12 + moved.month - day.month == months
    assert moved.day == min(day.day, monthrange(moved.year, moved.month)[1])


@pytest.mark.parametrize(("day", "months"), [(date(9999, 12, 1), 1), (date(1, 1, 1), -1)])
def test_days_do_not_move_past_the_calendar(day, months):
    with pytest.raises(ValueError, match="year"):
        add_months(day, months)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        *(("last-mnth", "last-month"), ("lastquarter", "last-quarter"), ("June 2025", "2025-06")),
        *(
            ("2025-6", "2025-06"),
            ("202506", "2025-06"),
            ("06/2025", "2025-06"),
            ("6.2025", "2025-06"),
        ),
        *(("2025Q2", "2025-Q2"), ("q2 2025", "2025-Q2"), ("2025 march", "2025-03")),
        *(
            ("2025-01-01 to 2025-06-30", "2025-01-01..2025-06-30"),
            ("2025-01-01:2025-01-02", "2025-01-01..2025-01-02"),
        ),
    ],
)
def test_a_period_in_another_form_is_answered_with_ours(written, meant):
    with pytest.raises(RetentionError) as caught:
        Period.parse(written, as_of=date(2025, 7, 14))
    assert caught.value.hint.startswith(f"did you mean '{meant}'?")


@pytest.mark.parametrize(
    "written", ["2025-13", "2025-Q5", "june", "2025-02-30..2025-03-01", "20255", ""]
)
def test_what_can_mean_no_period_is_not_guessed(written):
    with pytest.raises(RetentionError) as caught:
        Period.parse(written, as_of=date(2025, 7, 14))
    assert "did you mean" not in caught.value.hint
