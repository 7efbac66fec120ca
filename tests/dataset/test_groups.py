"""`--by`: which group a row is of, and that groups add up to their total."""

from __future__ import annotations

from fractions import Fraction

import pyarrow as pa
import pytest

import worlds
from retention_cli import kpis
from retention_cli.dataset.groups import MOST_GROUPS, group_by, manager_column, splits_up
from retention_cli.errors import RetentionError, UnknownNameError
from retention_cli.kpis import computing
from retention_cli.scoring.figures import why_whole
from retention_cli.settings import Window
from retention_cli.testing import table

pytestmark = pytest.mark.sweep

SEEDS = range(6)
SETTINGS = {"csat_top": None, "lifespan_years": None, "response_target": 14_400}
SEGMENTS = ("Small", "Large", None)


def dataset(**tables):
    return worlds.dataset(tables)


def with_segments(tables):
    """The tables of a world, its customers in segments by the last figure of their ids."""
    customers = tables["customers"]
    segment = [SEGMENTS[int(key[-1]) % 3] for key in customers["customer_id"].to_pylist()]
    return tables | {"customers": customers.append_column("customer_name", pa.array(segment))}


def measures(loaded, period=worlds.PERIOD):
    return computing.compute(kpis.names(), dataset=loaded, period=period, settings=SETTINGS)


@pytest.mark.parametrize("basis", ["dates", "flag"])
@pytest.mark.parametrize("seed", SEEDS)
def test_the_parts_of_the_groups_add_up_to_those_of_the_total(seed, basis):
    tables = with_segments(worlds.world(seed, basis=basis))
    grouping = group_by(worlds.dataset(tables), (), "customer_name")
    assert grouping.values == ("Large", "Small", None)
    total = measures(grouping.dataset)
    groups = [measures(part) for _, part in grouping.datasets()]
    checked = 0
    for name, whole in total.items():
        assert why_whole(name, grouping) is None
        for part, expected in whole.parts.items():
            added = sum(one[name].parts[part].total for one in groups if part in one[name].parts)
            assert added == expected.total, (name, part)
            checked += 1
    assert checked > 30


@pytest.mark.parametrize("seed", SEEDS)
def test_a_group_is_what_an_export_of_its_customers_alone_would_give(seed):
    tables = with_segments(worlds.world(seed))
    grouping = group_by(worlds.dataset(tables), (), "customer_name")
    ids = tables["customers"]["customer_id"].to_pylist()
    small = {key for key in ids if SEGMENTS[int(key[-1]) % 3] == "Small"}
    alone = {
        kind: rows.filter(pa.array([key in small for key in rows["customer_id"].to_pylist()]))
        for kind, rows in tables.items()
    }
    found = measures(dict(grouping.datasets())["Small"])
    for name, expected in measures(worlds.dataset(alone)).items():
        assert (found[name].value, found[name].sample_size) == (
            *(expected.value, expected.sample_size),
        ), name


def test_a_customer_is_of_the_group_of_its_latest_spell():
    customers = table(
        "customers",
        *("customer_id,start_date,end_date,customer_name", "ann,2025-01-01,,Large"),
        *("ann,2023-01-01,2024-01-01,Small", "bob,2024-01-01,,Small"),
    )
    invoices = table("invoices", "customer_id,invoice_date,amount", "ann,2023-05-01,9")
    grouping = group_by(dataset(customers=customers, invoices=invoices), (), "customer_name")
    assert grouping.of_customers() == {"ann": "Large", "bob": "Small"}
    large = dict(grouping.datasets())["Large"]
    assert (len(large.tables["customers"]), len(large.tables["invoices"])) == (2, 1)


def test_rows_of_nobody_and_of_unknown_customers_are_a_group_of_their_own():
    customers = table("customers", "customer_id,customer_name", "ann,Large", "bob,")
    lines = ("ann,2025-06-01,9", "ghost,2025-06-01,8", ",2025-06-01,7", "bob,2025-06-01,6")
    invoices = table("invoices", "customer_id,invoice_date,amount", *lines)
    grouping = group_by(dataset(customers=customers, invoices=invoices), (), "customer_name")
    rows = {
        value: part.tables["invoices"]["amount"].to_pylist() for value, part in grouping.datasets()
    }
    assert rows == {"Large": [90_000], None: [80_000, 70_000, 60_000]}


def test_a_column_of_the_customers_goes_before_one_of_the_export_itself():
    customers = table("customers", "customer_id,status", "ann,active")
    invoices = table("invoices", "customer_id,invoice_date,amount,status", "ann,2025-06-01,9,paid")
    assert group_by(dataset(customers=customers, invoices=invoices), (), "status").values == (
        "active",
    )


def test_an_export_without_customer_ids_is_split_by_its_own_column():
    customers = table("customers", "customer_id,status", "ann,active")
    invoices = table("invoices", "invoice_date,amount,status", "2025-06-01,9,paid")
    grouping = group_by(dataset(customers=customers, invoices=invoices), (), "status")
    assert grouping.values == ("active", "paid")


def test_a_column_of_tickets_splits_service_and_nothing_else():
    tickets = table(
        "tickets",
        "ticket_id,customer_id,contacts,agent",
        *("1,ann,1,Rae", "2,ann,2,Rae", "3,bob,1,Sam", "4,bob,1,"),
    )
    loaded = dataset(tickets=tickets, customers=table("customers", "customer_id,status", "ann,"))
    grouping = group_by(loaded, (), "Agent")
    assert grouping.values == ("Rae", "Sam", None)
    assert why_whole("first_contact_resolution", grouping) is None
    assert (
        why_whole("retention_rate", grouping) == "not by Agent: the customers have no such column"
    )
    values = {
        value: measures(part)["first_contact_resolution"].value
        for value, part in grouping.datasets()
    }
    assert values == {"Rae": Fraction(1, 2), "Sam": 1, None: 1}


def test_by_activity_a_group_is_known_from_the_first_invoice_of_all():
    lines = ("ann,2023-01-10,9,EUR", "ann,2025-01-10,9,EUR", "bob,2024-12-10,9,USD")
    invoices = table("invoices", "customer_id,invoice_date,amount,currency", *lines)
    grouping = group_by(dataset(invoices=invoices), (), "currency")
    found = {value: measures(part)["retention_rate"] for value, part in grouping.datasets()}
    assert (found["USD"].value, found["USD"].parts["CS"].total) == (1, 1)


def test_what_is_in_several_groups_is_not_split():
    lines = ("A,ann,2025-02-01,9,Chair", "A,ann,2025-02-01,7,Table")
    invoices = table("invoices", "invoice_id,customer_id,invoice_date,amount,product", *lines)
    grouping = group_by(dataset(invoices=invoices), (), "product")
    whole = measures(grouping.dataset)
    groups = [measures(part) for _, part in grouping.datasets()]
    splits = {
        name: splits_up(whole[name], [one[name] for one in groups])
        for name in ("revenue", "average_purchase_value", "repeat_purchase_rate")
    }
    assert splits == {
        "revenue": True,  # a line is of one product
        "average_purchase_value": False,  # an invoice is of two
        "repeat_purchase_rate": False,
    }


def test_an_unknown_column_is_answered_with_the_nearest():
    loaded = dataset(customers=table("customers", "customer_id,status", "ann,active"))
    with pytest.raises(UnknownNameError, match=r"--by: unknown column 'statuss'"):
        group_by(loaded, (), "statuss")


def test_more_groups_than_a_thousand_are_refused():
    rows = [f"c{number},n{number}" for number in range(MOST_GROUPS + 1)]
    loaded = dataset(customers=table("customers", "customer_id,customer_name", *rows))
    with pytest.raises(RetentionError, match=r"'customer_name' has 1,001 values"):
        group_by(loaded, (), "customer_name")


def test_an_account_of_several_groups_is_refused():
    lines = ("ann,2025-06-01,9,Chair", "ann,2025-06-01,7,Table")
    invoices = table("invoices", "customer_id,invoice_date,amount,product", *lines)
    grouping = group_by(dataset(invoices=invoices), (), "product")
    with pytest.raises(RetentionError, match=r"customer 'ann' have several values of 'product'"):
        grouping.of_customers()


@pytest.mark.parametrize(
    ("headers", "found"),
    [
        (["Plan", "CSM", "Account Manager"], "Account Manager"),
        (["account_manager", "MANAGER"], "MANAGER"),
        (["Plan"], None),
    ],
)
def test_who_looks_after_a_customer(headers, found):
    assert manager_column(headers) == found


def test_the_window_of_a_group_is_that_of_the_whole():
    lines = ("ann,2025-06-01,9,EUR",)
    invoices = table("invoices", "customer_id,invoice_date,amount,currency", *lines)
    whole = worlds.dataset({"invoices": invoices}, window=Window(months=3))
    ((_, part),) = group_by(whole, (), "currency").datasets()
    assert (part.window, part.backend, part.whole) == (whole.window, whole.backend, whole)
