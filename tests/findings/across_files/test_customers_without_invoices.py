from __future__ import annotations

from retention_cli.findings.across_files.customers_without_invoices import find
from together import only, places, together


def test_without_invoices_nobody_is_silent():
    assert not list(find(together(customers=["ann,2025-01-01,"])))


def test_without_ids_in_the_invoices_nothing_is_said():
    given = together(
        headers={"invoices": "invoice_date,amount"},
        customers=["ann,2025-01-01,"],
        invoices=["2025-06-01,1"],
    )
    assert not list(find(given))


def test_customers_are_counted_once_whatever_their_spells():
    spells = ["bob,2024-01-01,2024-02-01", "ann,2025-01-01,", "bob,2025-01-01,"]
    found = only(find, together(customers=spells, invoices=["2025-06-01,1,ann"]))
    assert (found.code, found.kind, found.count) == ("customer-without-invoice", "customers", 1)
    assert found.message.startswith(
        "1 customer of 2 (50.0 %) has no invoice in these exports (bob)"
    )
    assert places(found) == [("bob", "customers.csv", 2)]
