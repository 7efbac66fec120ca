from __future__ import annotations

import random

from retention_cli.findings.across_files.unknown_customers import find
from together import only, places, together


def test_without_customers_nobody_is_unknown():
    assert not list(find(together(invoices=["2025-06-01,10,zoe"])))


def test_known_customers_and_rows_of_nobody_are_left_alone():
    given = together(customers=["ann,2025-01-01,"], invoices=["2025-06-01,10,ann", "2025-06-01,1,"])
    assert not list(find(given))


def test_rows_their_share_and_their_revenue_are_counted():
    found = only(
        find,
        together(
            customers=["ann,2025-01-01,"],
            invoices={
                "a.csv": ["2025-06-01,30,ann", "2025-06-02,5,zoe"],
                "b.csv": ["2025-06-02,5,bob", "2025-06-03,10,zoe"],
            },
        ),
    )
    assert (found.code, found.kind, found.count) == ("unknown-customer", "invoices", 3)
    assert found.message.startswith(
        "3 rows of 4 (75.0 %, 40.0 % of revenue) name 2 customers that the customer export does"
        " not have (bob, zoe): "
    )
    assert places(found) == [("bob", "b.csv", 2), ("zoe", "a.csv", 3)]


def test_with_several_currencies_no_share_of_revenue_is_told():
    found = only(
        find,
        together(
            headers={"invoices": "invoice_date,amount,customer_id,currency"},
            customers=["ann,2025-01-01,"],
            invoices=["2025-06-01,30,ann,EUR", "2025-06-01,30,bob,USD"],
        ),
    )
    assert "1 row of 2 (50.0 %) names 1 customer" in found.message


def test_answers_are_held_against_the_customers_too():
    found = only(
        find,
        together(
            headers={"surveys": "score,customer_id,scale_min,scale_max,kind"},
            customers=["ann,2025-01-01,"],
            surveys=["5,bob,1,5,csat"],
        ),
    )
    assert (found.kind, found.count) == ("surveys", 1)


def test_counts_are_those_of_a_slow_count():
    draw = random.Random(7)  # noqa: S311
    known = {f"c{n}" for n in range(0, 30, 2)}
    rows = [f"c{draw.randrange(30)}" for _ in range(200)]
    found = only(
        find,
        together(
            customers=[f"{one},2025-01-01," for one in sorted(known)],
            invoices=[f"2025-06-01,1,{one}" for one in rows],
        ),
    )
    assert found.count == sum(one not in known for one in rows)
    strange = sorted({one for one in rows if one not in known})
    assert [(e.value, e.row) for e in found.examples] == [
        (one, rows.index(one) + 2) for one in strange[:5]
    ]


# Ids of another system

CUSTOMERS = "customer_id,start_date,customer_name,Plan"
PEOPLE = ["1,2025-01-01,Ann,basic", "2,2025-01-01,Bob,basic", "3,2025-01-01,Cy,pro"]
TICKETS = "ticket_id,customer_id,created_at,Requester"


def hint(*tickets, customers=PEOPLE):
    given = together(
        headers={"customers": CUSTOMERS, "tickets": TICKETS},
        customers=customers,
        tickets=[line.replace("@", "2025-06-01T09:00:00") for line in tickets],
    )
    return only(find, given).hint


def test_a_column_that_has_the_ids_of_customers_is_named():
    assert hint("9,Ann,@,1", "8,Bob,@,2") == (
        "'Requester' of tickets has the ids of customers: to join by it, say customer_id ="
        ' "Requester" for tickets, under [export.columns] in retention.toml'
    )


def test_ids_that_are_names_of_customers_are_told_so():
    assert hint("9,Ann,@,x", "8,Bob,@,y") == (
        "the ids of tickets are what customers have in 'customer_name': to join by it, say"
        ' customer_id = "customer_name" for customers, and so on for every other kind, under'
        " [export.columns] in retention.toml"
    )


def test_two_other_columns_with_the_same_values_are_named_both():
    assert hint("9,u1,@,Ann", "8,u2,@,Bob", "7,u3,@,Zoe") == (
        "'Requester' of tickets is what customers have in 'customer_name': to join by it, say"
        ' customer_id = "Requester" for tickets, customer_id = "customer_name" for customers, and'
        " so on for every other kind, under [export.columns] in retention.toml"
    )


def test_few_values_in_common_a_column_of_groups_or_some_known_id_join_nothing():
    usual = "export all customers, also those who left, or correct the ids"
    assert hint("9,u1,@,Ann", "8,u2,@,Yan", "7,u3,@,Zoe") == usual
    assert hint("9,u1,@,basic", "8,u2,@,pro") == usual
    assert hint("9,1,@,Ann", "8,u2,@,Bob") == usual
    assert hint("9,u1,@,") == usual
