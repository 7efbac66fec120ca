from __future__ import annotations

from retention_cli.findings.across_files.invoices_before_the_start import find
from together import only, places, together


def test_on_the_first_day_and_after_it_all_is_well():
    given = together(customers=["ann,2025-01-01,"], invoices=["2025-01-01,1,ann"])
    assert not list(find(given))


def test_credit_notes_and_unknown_customers_are_left_alone():
    rows = ["2024-06-01,-5,ann", "2024-06-01,1,zoe", "2024-06-01,1,"]
    assert not list(find(together(customers=["ann,2025-01-01,"], invoices=rows)))


def test_the_first_of_several_starts_counts():
    spells = ["ann,2025-03-01,", "ann,2025-01-01,2025-02-01"]
    rows = ["2025-01-01,1,ann", "2024-12-31,1,ann"]
    found = only(find, together(customers=spells, invoices=rows))
    assert (found.code, found.kind, found.count) == ("invoiced-before-start", "invoices", 1)
    assert found.message.startswith("1 row of 1 customer (ann) is dated before")
    assert places(found) == [("ann", "invoices.csv", 3)]


def test_without_end_dates_starts_are_known_all_the_same():
    given = together(
        headers={"customers": "customer_id,start_date"},
        customers=["ann,2025-01-01"],
        invoices=["2024-12-31,1,ann"],
    )
    assert only(find, given).count == 1
