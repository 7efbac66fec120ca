from __future__ import annotations

from datetime import date, timedelta

from retention_cli.findings.across_files.gaps import find
from together import only, together


def daily(first, last):
    days = (last - first).days + 1
    return [f"{first + timedelta(days=n)},1,ann" for n in range(days)]


def test_a_month_without_an_invoice_is_told_with_the_days_around_it():
    rows = daily(date(2025, 1, 1), date(2025, 1, 31)) + daily(date(2025, 3, 2), date(2025, 3, 31))
    found = only(find, together(invoices=rows))
    assert (found.code, found.kind, found.count) == ("gap", "invoices", 1)
    assert found.message.startswith(
        "1 gap of a month or more without any invoices (2025-01-31 to 2025-03-02), though there"
        " are some on 61 days"
    )
    assert [one.value for one in found.examples] == ["2025-01-31 to 2025-03-02"]


def test_a_shorter_silence_is_none():
    rows = daily(date(2025, 1, 1), date(2025, 1, 31)) + daily(date(2025, 2, 28), date(2025, 3, 31))
    assert not list(find(together(invoices=rows)))


def test_who_bills_by_the_quarter_has_no_gaps():
    rows = [f"{year}-{month:02}-01,1,ann" for year in range(2020, 2025) for month in (1, 4, 7, 10)]
    assert not list(find(together(invoices=rows)))


def test_starts_of_customers_have_no_rhythm():
    days = [row.split(",")[0] for row in daily(date(2025, 1, 1), date(2025, 1, 31))]
    spells = [f"c{n},{day}," for n, day in enumerate([*days, "2025-06-01"])]
    assert not list(find(together(customers=spells)))


def test_days_to_come_end_no_gap():
    rows = [*daily(date(2025, 1, 1), date(2025, 1, 31)), "2027-01-01,1,ann"]
    assert not list(find(together(invoices=rows, as_of=date(2025, 2, 3))))
