from __future__ import annotations

from retention_cli.findings.across_files.several_names import find
from together import only, places, together

HEADERS = {"customers": "customer_id,customer_name,start_date,end_date"}


def names(*rows):
    return together(headers=HEADERS, customers=rows)


def test_case_and_spaces_make_no_other_name():
    rows = ["1,Acme Ltd,2024-01-01,2024-02-01", "1,ACME  LTD,2025-01-01,", "2,Bob,2025-01-01,"]
    assert not list(find(names(*rows)))


def test_a_blank_name_is_no_other_name():
    assert not list(find(names("1,Acme,2024-01-01,2024-02-01", "1,,2025-01-01,")))


def test_two_customers_may_have_one_name():
    assert not list(find(names("1,Acme,2024-01-01,", "2,Acme,2025-01-01,")))


def test_without_names_nothing_is_said():
    assert not list(find(together(customers=["ann,2025-01-01,"])))


def test_a_customer_with_two_names_is_told_with_both():
    found = only(
        find,
        names(
            "2,Bob,2025-01-01,",
            "1,Acme,2024-01-01,2024-02-01",
            "1,Zenith,2025-01-01,",
        ),
    )
    assert (found.code, found.kind, found.count) == ("several-names", "customers", 1)
    assert found.message.startswith("1 customer has several names, such as 1: 'Acme', 'Zenith';")
    assert places(found) == [("1", "customers.csv", 3)]
