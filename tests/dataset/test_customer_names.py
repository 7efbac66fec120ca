"""Names of customers come from their list, and from invoices where it has none."""

from __future__ import annotations

import json

PEOPLE = "Customer ID,Start,{}\nA,2024-01-02,{}\nB,2024-01-02,\n"
SALES = (
    "Invoice No,Date,Customer ID,Customer Name,Net Amount,Cost\n"
    "1,2025-06-02,A,Ada Ltd,100,40\n2,2025-06-03,B,,50,60\n3,2025-06-09,A,Ada GmbH,10,4\n"
    "4,2025-05-09,B,Bo Ltd,10,4\n"
)


def names(folder, retention, people=None):
    (folder / "invoices.csv").write_text(SALES, "utf-8")
    if people:
        (folder / "customers.csv").write_text(people, "utf-8")
    ran = retention("accounts", ".", "--period", "2025-06", "--format", "json")
    found = {one["customer_id"]: one["customer_name"] for one in json.loads(ran.out)["accounts"]}
    opened = retention("explain", "revenue", ".", "--period", "2025-06").out
    assert all((name or "") in opened for name in found.values())
    return found


def test_names_are_those_of_the_last_invoice_that_has_one(folder, retention):
    assert names(folder, retention) == {"A": "Ada GmbH", "B": "Bo Ltd"}


def test_a_list_without_names_leaves_them_to_invoices(folder, retention):
    people = PEOPLE.format("Plan", "x")
    assert names(folder, retention, people) == {"A": "Ada GmbH", "B": "Bo Ltd"}


def test_a_list_of_names_goes_first_and_invoices_fill_its_gaps(folder, retention):
    people = PEOPLE.format("Customer Name", "Ada & Co")
    assert names(folder, retention, people) == {"A": "Ada & Co", "B": "Bo Ltd"}
