from __future__ import annotations

from datetime import date

from retention_cli.findings.across_files.future_dates import find
from together import only, places, together

TODAY = date(2025, 6, 30)


def test_today_is_not_the_future():
    assert not list(find(together(invoices=["2025-06-30,1,ann"], as_of=TODAY)))


def test_without_a_day_to_look_from_nothing_is_to_come():
    assert not list(find(together(invoices=["2999-06-30,1,ann"])))


def test_an_end_may_be_known_before_it_comes():
    assert not list(find(together(customers=["ann,2025-01-01,2026-01-01"], as_of=TODAY)))


def test_a_day_that_stands_for_no_day_is_told_elsewhere():
    assert not list(find(together(invoices=["9999-12-31,1,ann"], as_of=TODAY)))


def test_days_to_come_are_counted_for_each_column():
    given = together(
        headers={"surveys": "score,sent_at,responded_at,scale_min,scale_max,kind"},
        surveys=["5,2025-07-01,2025-07-02,1,5,csat", "5,2025-06-01,2025-07-03,1,5,csat"],
        as_of=TODAY,
    )
    found = {one.message.split(" after")[0]: one for one in find(given)}
    assert set(found) == {"1 row has sent_at", "2 rows have responded_at"}
    two = found["2 rows have responded_at"]
    assert "after 2025-06-30, up to 2025-07-03" in two.message
    assert places(two) == [("2025-07-02", "surveys.csv", 2), ("2025-07-03", "surveys.csv", 3)]


def test_the_day_of_a_ticket_is_taken_from_its_time():
    given = together(
        headers={"tickets": "ticket_id,created_at"},
        tickets=["1,2025-06-30T23:59:59", "2,2025-07-01T00:00:00"],
        as_of=TODAY,
    )
    assert places(only(find, given)) == [("2025-07-01", "tickets.csv", 3)]
