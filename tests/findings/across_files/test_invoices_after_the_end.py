from __future__ import annotations

from retention_cli.findings.across_files.invoices_after_the_end import find
from together import only, places, together


def test_on_the_last_day_and_before_it_all_is_well():
    given = together(
        customers=["ann,2025-01-01,2025-03-31"], invoices=["2025-03-31,1,ann", "2025-03-01,1,ann"]
    )
    assert not list(find(given))


def test_credit_notes_nobody_and_unknown_customers_are_left_alone():
    given = together(
        customers=["ann,2025-01-01,2025-03-31"],
        invoices=["2025-06-01,-5,ann", "2025-06-01,0,ann", "2025-06-01,1,", "2025-06-01,1,zoe"],
    )
    assert not list(find(given))


def test_who_came_back_is_not_told_and_nor_is_who_never_left():
    spells = ["ann,2025-01-01,2025-03-31", "ann,2025-05-01,", "bob,2025-01-01,"]
    assert not list(
        find(together(customers=spells, invoices=["2025-06-01,1,ann", "2025-06-01,1,bob"]))
    )


def test_rows_after_the_last_of_several_ends_are_told():
    spells = ["ann,2025-01-01,2025-02-01", "ann,2025-03-01,2025-04-01", "bob,2025-01-01,2025-02-01"]
    rows = ["2025-04-01,1,ann", "2025-04-02,1,ann", "2025-05-02,1,ann", "2025-02-02,1,bob"]
    found = only(find, together(customers=spells, invoices=rows))
    assert (found.code, found.kind, found.count) == ("invoiced-after-end", "invoices", 3)
    assert found.message.startswith("3 rows of 2 customers (ann, bob) are dated after")
    assert places(found) == [("ann", "invoices.csv", 3), ("bob", "invoices.csv", 5)]


def test_without_end_dates_nobody_has_left():
    given = together(
        headers={"customers": "customer_id,start_date"},
        customers=["ann,2025-01-01"],
        invoices=["2025-06-01,1,ann"],
    )
    assert not list(find(given))
