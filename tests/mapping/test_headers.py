from __future__ import annotations

from collections import Counter

import pytest

from retention_cli import records
from retention_cli.mapping.headers import Strength, folded, match_headers, places_of
from retention_cli.mapping.suggesting import likely_headers
from retention_cli.records.base import headers_of


def found(kind, *headers):
    matches = match_headers(headers, records.model(kind))
    return {name: headers[match.index] for name, match in matches.found.items()}


@pytest.mark.parametrize("kind", records.names())
def test_no_name_stands_for_two_columns(kind):
    names = Counter()
    for column, info in records.model(kind).model_fields.items():
        headers = headers_of(info)
        names.update({folded(name) for name in (column, *headers.strong, *headers.weak)})
    assert {name: count for name, count in names.items() if count > 1} == {}


@pytest.mark.parametrize("kind", records.names())
def test_each_other_name_is_written_once_and_holds_something(kind):
    for info in records.model(kind).model_fields.values():
        headers = headers_of(info)
        names = [folded(name) for name in (*headers.strong, *headers.weak)]
        assert all(names)
        assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    "header", ["Customer ID", "customer_id", "CUSTOMER-ID", "\u00a0customerId ", "Customer\nId"]
)
def test_case_spaces_and_marks_do_not_matter(header):
    assert found("customers", header) == {"customer_id": header}


@pytest.mark.parametrize(
    ("header", "same"), [("Größe", "grosse"), ("Währung", "wahrung"), ("N° client", "nclient")]
)
def test_accents_and_umlauts_are_folded(header, same):
    assert folded(header) == same


def test_an_exact_name_goes_before_a_strong_one_and_that_before_a_weak_one():
    assert found("invoices", "Total", "Net", "amount")["amount"] == "amount"
    assert found("invoices", "Total", "Net")["amount"] == "Net"
    assert found("invoices", "Total")["amount"] == "Total"


def test_two_names_of_one_strength_are_rivals():
    matches = match_headers(["Net", "Date", "Net total"], records.model("invoices"))
    assert matches.rivals == {"amount": (0, 2)}
    assert matches.found["invoice_date"].strength is Strength.WEAK
    assert matches.score == 2


def test_headers_that_fold_to_nothing_name_nothing():
    assert found("customers", "", "№", "客户") == {}


def test_a_header_of_stars_is_found_as_it_stands_and_at_once():
    header = "*" * 40 + "recommend" + "*a" * 20
    headers = ["x" * 60, header, "x" * 50 + "recommend"]
    assert places_of(headers, header) == (1,)
    assert places_of(["x" * 5_000], "*" * 40 + "y") == ()


@pytest.mark.parametrize(
    ("headers", "found"),
    [
        pytest.param(["Canceled At"], {"end_date": 0}, id="alone it is the end"),
        pytest.param(
            ["Ended At", "Canceled At"], {"end_date": 0, "notice_date": 1}, id="an end beside it"
        ),
        pytest.param(
            ["Gekündigt am", "Gekündigt zum"], {"notice_date": 0, "end_date": 1}, id="in German"
        ),
        pytest.param(
            ["Cancellation Date", "end_date"], {"notice_date": 0, "end_date": 1}, id="an exact name"
        ),
        pytest.param(
            ["Notice Given", "Canceled At", "Ended At"],
            {"notice_date": 0, "end_date": 2},
            id="a notice of its own",
        ),
        pytest.param(
            ["Cancel Date", "Canceled At", "Left On"], {"end_date": 2}, id="two days of notice"
        ),
    ],
)
def test_the_day_of_a_notice_is_no_end_beside_the_day_of_the_end(headers, found):
    matches = match_headers(["Customer ID", *headers], records.model("customers"))
    dates = {name: one.index - 1 for name, one in matches.found.items() if name != "customer_id"}
    assert (dates, matches.rivals) == (found, {})


@pytest.mark.parametrize(
    "headers",
    [
        pytest.param(["Canceled At", "Contract End"], id="the end of a term"),
        pytest.param(["Canceled At", "Cancel Date"], id="two days of notice alone"),
        pytest.param(["Ended On", "Churn Date", "Canceled At"], id="two ends"),
    ],
)
def test_which_day_is_the_end_is_asked_where_names_do_not_tell(headers):
    matches = match_headers(["Customer ID", *headers], records.model("customers"))
    assert "end_date" in matches.rivals


@pytest.mark.parametrize("header", ["Cost %", "Cost (%)", "% Cost"])
def test_a_share_is_not_an_amount(header):
    assert "cost" not in match_headers([header], records.model("invoices")).found
    assert likely_headers([header], records.model("invoices"), ["cost"]) == {}
