from __future__ import annotations

from datetime import date, timedelta

from retention_cli.findings.across_files.unfinished_month import find
from together import only, together


def daily(first, days):
    return [f"{first + timedelta(days=n)},1,ann" for n in range(days)]


def test_a_month_that_ends_with_the_data_is_finished():
    assert not list(find(together(invoices=daily(date(2025, 5, 1), 31), as_of=date(2025, 7, 1))))


def test_without_dates_there_is_no_month():
    given = together(headers={"customers": "customer_id,status"}, customers=["ann,active"])
    assert not list(find(given))


def test_data_that_stop_in_the_month_say_which_to_take():
    found = only(find, together(invoices=daily(date(2025, 5, 1), 41), as_of=date(2025, 8, 1)))
    assert (found.code, found.kind, found.count) == ("unfinished-month", "all", 1)
    assert found.message == (
        "2025-06 is unfinished (the data end on 2025-06-10, 20 days before the period does): its"
        " figures are shown, and not judged"
    )
    assert found.hint == "take the month before: --period 2025-05"


def test_the_month_that_today_is_in_is_unfinished():
    found = only(find, together(invoices=["2025-06-09,1,ann"], as_of=date(2025, 6, 10)))
    assert "today is 2025-06-10" in found.message
