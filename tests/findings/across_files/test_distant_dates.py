from __future__ import annotations

import pytest

from retention_cli.findings.across_files.distant_dates import find
from together import only, places, together

ROWS = ["2025-01-01,1,ann", "2025-02-01,1,ann", "2025-03-01,1,ann"]


@pytest.mark.parametrize("day", ["1975-02-02", "2099-01-31"])
def test_half_a_century_before_the_middle_is_near_and_what_is_to_come_is_told_elsewhere(day):
    assert not list(find(together(invoices=[*ROWS, f"{day},1,ann"])))


@pytest.mark.parametrize("day", ["1900-01-01", "1970-01-01", "9999-12-31"])
def test_a_day_that_stands_for_none_is_told(day):
    found = only(find, together(invoices=[*ROWS, f"{day},1,ann", f"{day},1,bob"]))
    assert (found.code, found.kind, found.count) == ("placeholder-date", "invoices", 2)
    assert found.message.startswith(f"2 rows have invoice_date far from the rest, most often {day}")
    assert places(found) == [(day, "invoices.csv", 5), (day, "invoices.csv", 6)]


def test_a_day_of_1900_is_a_blank_even_among_its_like():
    found = only(
        find, together(invoices=["1900-12-31,1,ann", "1900-01-01,1,ann", "1901-01-01,1,b"])
    )
    assert found.count == 2


def test_old_data_are_not_far_from_themselves():
    assert not list(find(together(invoices=["1901-01-01,1,ann", "1902-01-01,1,ann"])))


def test_blank_ends_are_no_days():
    given = together(customers=["ann,2025-01-01,", "bob,2025-01-01,", "cy,2025-01-01,2025-02-01"])
    assert not list(find(given))


def test_an_end_in_9999_is_none():
    spells = ["a,2024-01-01,9999-12-31", "b,2024-01-01,2025-06-10", "c,2025-06-02,9999-12-31"]
    assert not list(find(together(customers=spells)))


def test_an_end_long_ago_is_told():
    spells = ["ann,1899-12-30,1900-01-01", "bob,2025-01-01,2025-02-01", "cy,2025-01-01,2025-03-01"]
    assert [one.column for one in find(together(customers=spells))] == ["start_date", "end_date"]


def test_ends_in_2099_do_not_make_the_others_far():
    given = together(customers=["ann,2025-01-01,2099-12-31", "bob,2025-01-01,2025-02-01"])
    assert not list(find(given))
