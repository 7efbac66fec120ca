"""What a basis can say of a period: who has left on a day nobody knows, and how far back it reaches."""

from __future__ import annotations

import itertools
import random
from datetime import date, timedelta

import pyarrow as pa
import pytest

import worlds
from retention_cli.dataset.basis import notes_of, reason_against
from retention_cli.dataset.membership import History, by_activity, by_dates, by_flag
from retention_cli.settings import Window
from retention_cli.values.periods import Period

JUNE = Period.parse("2025-06")
YEAR = Window(months=12)


def people(*rows, without=()):
    """Customers as (id, start, end, status)."""
    names = ("customer_id", "start_date", "end_date", "status")
    told = [dict(zip(names, row, strict=True)) for row in rows]
    return worlds.table("customers", told, without=without)


def day(text):
    return text and date.fromisoformat(text)


def asked(customers, period=JUNE, **told):
    found = by_dates(customers, backend="pandas", **told)
    reason = reason_against(found, period)
    return reason and reason.code, tuple(n for n in notes_of(found, period) if OLD not in n)


def old(customers, period=JUNE):
    return [n for n in notes_of(by_dates(customers, backend="pandas"), period) if OLD in n]


OLD = "the list of customers may be an old one"
LEFT = ("a", day("2025-01-01"), None, "ended")
STAYED = ("b", day("2025-01-01"), None, "active")


def test_who_has_left_on_a_day_nobody_knows_is_counted_and_stops_the_figure():
    found = by_dates(people(LEFT, STAYED, LEFT), backend="pandas")
    reason = reason_against(found, JUNE)
    assert (reason.code, reason.message) == (
        "leavers-without-a-day",
        "1 customer has left by their status, on a day that no end_date says",
    )
    assert 'ended_without_day = "leave-out"' in reason.hint


@pytest.mark.parametrize(
    ("start", "code"),
    [
        pytest.param("2025-06-30", "leavers-without-a-day", id="on its last day"),
        pytest.param("2025-07-01", None, id="after it"),
    ],
)
def test_only_those_who_started_before_the_end_of_the_period_count(start, code):
    assert asked(people(("a", day(start), None, "ended"), STAYED)) == (code, ())


@pytest.mark.parametrize(
    ("rows", "without", "said"),
    [
        ([STAYED, ("c", day("2025-06-02"), None, "active")], (), "no customer has an end"),
        ([STAYED], ("status",), "no customer has an end"),
        ([STAYED], ("end_date",), "no customer has an end"),
        ([("a", day("2025-01-01"), day("2025-06-02"), None)], (), "every customer has an end"),
        ([("a", day("2025-01-01"), day("2025-06-02"), None), STAYED], (), None),
    ],
)
def test_a_list_of_those_who_stayed_or_left_alone_is_said(rows, without, said):
    _, notes = asked(people(*rows, without=without))
    assert [note.partition(":")[0] for note in notes] == ([said] if said else [])


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ([], "the list of customers may be an old one: in it the data end on 2025-02-01, 149 days"),
        ([("x", "2025-07-01", None)], None),
        ([("x", "2025-06-01", None)], None),
        ([("x", "2024-02-01", "2025-06-29")], None),
        ([("x", "2024-02-01", "2025-12-31")], "the list of customers may be an old one"),
    ],
)
def test_a_list_of_customers_that_is_older_than_the_period_is_said(more, said):
    monthly = [(f"c{n}", f"2024-{n:02d}-01", None) for n in range(1, 13)]
    rows = [*monthly, ("z", "2025-01-01", "2025-02-01"), *more]
    people_ = people(*((who, day(start), day(end), None) for who, start, end in rows))
    notes = old(people_)
    assert len(notes) == bool(said)
    assert all(note.startswith(said) for note in notes)
    assert not old(people_, Period.parse("2025-01"))


@pytest.mark.parametrize(
    ("rows", "is_old"),
    [
        ([LEFT, STAYED], True),
        ([LEFT, STAYED, ("c", day("2025-06-02"), None, "active")], False),
        ([("a", day("2024-01-01"), day("2025-05-31"), "ended")], False),
        ([("a", day("2024-07-01"), day("2025-01-01"), "ended")], False),
    ],
    ids=["long silent", "on in June", "silent for a month", "as slow before"],
)
def test_a_list_of_few_days_is_old_where_it_was_never_silent_for_so_long(rows, is_old):
    assert bool(old(people(*rows))) == is_old


def test_they_are_no_customers_where_the_settings_leave_them_out():
    found = by_dates(people(LEFT, STAYED), backend="pandas", leave_out=True)
    assert reason_against(found, JUNE) is None
    assert found.spells.collect()["customer_id"].to_list() == ["b"]
    note, _ = notes_of(found, JUNE)
    assert note == "customers who have left on a day nobody knows are left out (rows: 1)"


@pytest.mark.parametrize(
    ("rows", "without", "code"),
    [
        pytest.param([STAYED], ("status",), None, id="an end that nobody has"),
        pytest.param([STAYED], ("end_date",), None, id="a status that all share"),
        pytest.param([LEFT], ("end_date",), "leavers-without-a-day", id="a status that says so"),
        pytest.param([STAYED], ("end_date", "status"), "no-end-dates", id="neither"),
        pytest.param(
            [("a", day("2025-01-01"), None, "Gone fishing"), STAYED],
            (),
            "unknown-status",
            id="a word that nobody knows, and no end",
        ),
        pytest.param([("a", day("2025-01-01"), None, None), STAYED], (), None, id="a blank status"),
    ],
)
def test_what_dates_can_tell_of_leaving(rows, without, code):
    assert asked(people(*rows, without=without))[0] == code


def test_an_unknown_word_is_said_where_ends_tell_who_has_left():
    rows = [
        ("a", day("2025-01-01"), None, "paused"),
        ("b", day("2025-01-01"), day("2025-06-02"), "ended"),
    ]
    code, (said,) = asked(people(*rows))
    assert code is None
    assert said.startswith("status 'paused' and no end date: still a customer (rows like it: 1);")
    assert '[export.values.status] "paused" = "ended" in retention.toml' in said


@pytest.mark.parametrize(
    ("end", "said"),
    [
        pytest.param("2025-06-30", True, id="over in the period"),
        pytest.param("2025-07-01", False, id="still to come at its end"),
    ],
)
def test_an_end_goes_before_a_status_that_says_active_and_that_is_said(end, said):
    code, notes = asked(people(("a", day("2025-01-01"), day(end), "active"), STAYED))
    assert code is None
    text = "1 customer counts as ended by end_date, though their status says active"
    assert notes == ((text,) if said else ())


def test_a_flag_of_a_word_that_nobody_knows_stops_the_figure():
    rows = worlds.table(
        "customers", [{"customer_id": "a", "status": "maybe"}], without=("start_date", "end_date")
    )
    found = by_flag(rows, period=JUNE, backend="pandas")
    assert reason_against(found, JUNE).code == "unknown-status"


def billed(*days):
    rows = [{"customer_id": "a", "invoice_date": day(one), "amount": 1} for one in days]
    return worlds.table("invoices", rows)


@pytest.mark.parametrize(
    ("days", "code", "said"),
    [
        pytest.param(["2024-06-01", "2024-06-09"], None, None, id="on the day"),
        pytest.param(["2024-06-03", "2024-06-05"], None, 2, id="as late as the longest gap"),
        pytest.param(["2024-06-04", "2024-06-06"], "too-little-history", None, id="a day later"),
        pytest.param(["2024-06-08", "2024-09-06"], None, 7, id="a week, whatever the gap"),
        pytest.param(["2024-06-09", "2024-09-06"], "too-little-history", None, id="over a week"),
        pytest.param(["2024-06-02"], "too-little-history", None, id="one day has no gap"),
        pytest.param([], None, None, id="no invoices"),
    ],
)
def test_invoices_may_begin_as_late_as_they_are_apart(days, code, said):
    found = by_activity(billed(*days), window=YEAR, backend="pandas")
    reason, notes = reason_against(found, JUNE), notes_of(found, JUNE)
    assert (reason and reason.code) == code
    assert notes[0] == "a customer is lost after 12 months without a purchase"
    assert len(notes) == (2 if said else 1)
    if said:
        assert notes[1] == (
            f"the invoices begin on {days[0]}, {said} days into the 12 months before 2025-06-01,"
            " which counts as the whole of them"
        )


@pytest.mark.parametrize(
    ("first", "start", "window", "lacking"),
    [
        ("2024-06-01", "2025-06-01", YEAR, 0),
        ("2024-06-02", "2025-06-01", YEAR, 1),
        ("2024-02-29", "2025-02-28", YEAR, 0),
        ("2024-03-01", "2025-02-28", YEAR, 2),
        ("2025-01-31", "2025-02-28", Window(months=1), 0),
        ("2025-03-31", "2025-03-31", Window(months=1), 31),
        ("2025-01-10", "2025-02-01", Window(days=45), 23),
        ("0001-01-09", "0001-01-20", Window(days=10), 0),
    ],
)
def test_the_days_that_a_window_lacks(first, start, window, lacking):
    assert History(day(first), 0).lacking(day(start), window) == lacking


@pytest.mark.parametrize("seed", range(10))
def test_the_longest_gap_is_that_of_two_days_in_a_row(seed):
    rng = random.Random(seed)  # noqa: S311  # no secret
    days = sorted({date(2024, 1, 1) + timedelta(days=rng.randrange(40)) for _ in range(9)})
    gaps = [(later - earlier).days for earlier, later in itertools.pairwise(days)]
    shuffled = rng.sample(days, len(days)) * 2
    found = History.of(pa.table({"invoice_date": shuffled}))
    assert found == History(days[0], min(7, max(gaps)))
