"""Which kind a header row is of, which column is which, and when the user is asked."""

from __future__ import annotations

from decimal import Decimal
from itertools import combinations

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retention_cli import records
from retention_cli.errors import AmbiguousColumnError, UnknownNameError, UnrecognisedFileError
from retention_cli.mapping.canonical import canonical
from retention_cli.mapping.cells.recipes import multiplied, subtracted
from retention_cli.mapping.headers import folded, match_headers
from retention_cli.mapping.kinds import recognise
from retention_cli.mapping.plan import lay_out
from retention_cli.mapping.recognising import recognised
from retention_cli.reading.delimited.csv import read_csv
from retention_cli.records.base import headers_of
from retention_cli.settings import ExportRule, Settings


def understood(text, *, kind=None, rule=None, **told):
    sheet = read_csv(text.encode(), file="a.csv")
    known = kind or recognise(sheet.headers, file="a.csv")
    layout = lay_out(sheet.headers, kind=known, file="a.csv", rule=rule)
    return canonical(sheet, layout, settings=Settings().with_options(**told), rule=rule)


def cells(text, **options):
    (batch,) = understood(text, **options).batches
    return pa.table(batch.columns).to_pydict()


def rule(kind="customers", **more):
    return ExportRule.model_validate({"file": "a.csv", "kind": kind, **more})


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("customer_id,customer_name,start_date,end_date", "customers"),
        ("Customer ID,Signup Date,Churn Date,Plan", "customers"),
        ("Kundennummer,Kundenname,Vertragsbeginn,Vertragsende", "customers"),
        ("N° client,Nom du client,Date de début,Date de fin", "customers"),
        ("customerID,gender,tenure,Contract,Churn", "customers"),
        ("Rechnungsnummer,Kundennummer,Rechnungsdatum,Nettobetrag", "invoices"),
        ("InvoiceId,CustomerId,InvoiceDate,Total", "invoices"),
        ("N° facture,N° client,Date de facture,Montant HT", "invoices"),
        ("invoice_date,amount", "invoices"),
        ("response_id,responded_at,kind,score,scale_max", "surveys"),
        ("ID,Market,Survey date,Customer Name,NPS", "surveys"),
        ("ticket_id,created_at,first_response_at,resolved_at", "tickets"),
        ("customer_id,cost_date,amount,category,currency", "costs"),
    ],
)
def test_a_header_row_is_recognised(header, kind):
    assert recognise(header.split(","), file="a.csv") == kind


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("a,b,c", "no kind of export"),
        ("InvoiceNo,StockCode,Quantity,InvoiceDate,UnitPrice,CustomerID", "amount"),
        ("InvoiceLineId,InvoiceId,TrackId,UnitPrice,Quantity", "invoice_date"),
        ("customer_id,payment_date,amount", "'payment_date' is a column of something else"),
    ],
)
def test_what_is_no_export_names_the_nearest_and_what_it_lacks(header, said):
    with pytest.raises(UnrecognisedFileError) as refused:
        recognise(header.split(","), file="a.csv")
    assert said in refused.value.message


@pytest.mark.parametrize("kind", records.names())
def test_no_name_of_a_column_is_a_name_of_another(kind):
    fields = records.model(kind).model_fields
    known = {
        column: {
            folded(name) for name in (column, *headers_of(info).strong, *headers_of(info).weak)
        }
        for column, info in fields.items()
    }
    for one, other in combinations(known, 2):
        assert not known[one] & known[other], (one, other)


def test_the_exact_name_goes_before_a_strong_one_and_that_before_a_weak_one():
    model = records.model("invoices")
    for headers, place in ((["Total", "Net Amount"], 1), (["Net Amount", "amount"], 1)):
        assert match_headers(headers, model).found["amount"].index == place


def test_two_columns_that_could_each_be_it_are_asked_about():
    with pytest.raises(AmbiguousColumnError) as refused:
        understood("customer_id,Start,Customer since\n1,2024-01-01,2024-01-02\n", kind="customers")
    assert "'Start' and 'Customer since'" in refused.value.message
    assert refused.value.snippet[-1] == 'start_date = "Start"'


@pytest.mark.parametrize(
    ("header", "yes", "no"),
    [("Churn", "ended", "active"), ("Is active", "active", "ended"), ("status", "Yes", "No")],
)
def test_a_yes_means_what_the_header_says(header, yes, no):
    found = cells(f"customer_id,{header}\n1,Yes\n2,No\n", kind="customers")
    assert found["status"] == [yes, no]


def test_words_of_the_settings_go_before_our_own():
    told = rule(values={"status": {"open": "ended", "Paused": "active"}})
    found = cells("customer_id,status\n1,OPEN\n2,paused\n3,left\n", rule=told, kind="customers")
    assert found["status"] == ["ended", "active", "ended"]


def test_a_column_that_proves_nothing_follows_its_neighbour():
    text = "customer_id,start_date,end_date\n1,25/12/2024,03/04/2025\n"
    assert cells(text)["end_date"] == ["2025-04-03"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("customer_id,start_date\n1,03/04/2025\n", ["2025-04-03", "2025-03-04"]),
        ("customer_id,start_date\n1,25/12/2024\n2,12/25/2024\n", ["25/12/2024", "12/25/2024"]),
    ],
)
def test_open_dates_are_refused_with_a_cell_for_each_reading(text, said):
    with pytest.raises(AmbiguousColumnError) as refused:
        understood(text)
    assert all(word in refused.value.message for word in said)
    assert "--date-order" in refused.value.hint


def test_a_header_of_the_settings_that_is_not_there_is_answered_with_the_nearest():
    with pytest.raises(UnknownNameError) as unknown:
        understood(
            "Kunde,Seit\n1,2024-01-01\n",
            kind="customers",
            rule=rule(columns={"start_date": "Seid"}),
        )
    assert "'Seit'" in unknown.value.hint


def test_a_column_that_no_kind_has_is_answered_with_the_nearest():
    with pytest.raises(UnknownNameError) as unknown:
        understood("a,b\n1,2\n", kind="customers", rule=rule(columns={"start_dat": "a"}))
    assert "start_date" in unknown.value.hint


@pytest.mark.parametrize(
    ("text", "told", "currencies"),
    [
        ("invoice_date,amount\n2025-06-01,5.00 €\n2025-06-01,$7.00\n", {}, ["EUR", "USD"]),
        ("invoice_date,amount\n2025-06-01,5.00\n", {"currency": "CHF"}, ["CHF"]),
        ("invoice_date,amount,currency\n2025-06-01,5.00,eur\n", {"currency": "CHF"}, ["EUR"]),
    ],
)
def test_where_a_currency_comes_from(text, told, currencies):
    assert cells(text, **told)["currency"] == currencies


def test_ids_are_trimmed_and_composed_and_never_numbers():
    found = cells("customer_id,start_date\n\u00a0007\u200b,2024-01-01\ne\u0301,2024-01-01\n")
    assert found["customer_id"] == ["007", "\u00e9"]


def test_constants_and_recipes_make_what_a_file_does_not_have():
    told = rule(
        kind="invoices",
        columns={"amount": {"multiply": ["Quantity", "UnitPrice"]}},
        constants={"currency": "GBP"},
    )
    text = "InvoiceDate,Quantity,UnitPrice\n2025-06-01,8,2.1\n2025-06-01,-3,0.85\n"
    found = cells(text, kind="invoices", rule=told)
    assert (found["amount"], found["currency"]) == (["16.8", "-2.55"], ["GBP", "GBP"])


def test_amounts_in_cents_are_taken_as_hundredths():
    told = rule(kind="invoices", columns={"amount": {"from": "Betrag", "unit": "cents"}})
    found = cells("Datum,Betrag\n2025-06-01,1999\n2025-06-02,-5\n", kind="invoices", rule=told)
    assert found["amount"] == ["19.99", "-0.05"]


FACTOR = st.decimals(-99_999, 99_999, places=4)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(FACTOR, FACTOR, FACTOR), min_size=1, max_size=5))
def test_recipes_are_exact(rows):
    columns = [pa.array([f"{row[at]:f}" for row in rows]) for at in range(3)]
    products = [Decimal(text) for text in multiplied(columns).to_pylist()]
    rests = [Decimal(text) for text in subtracted(columns).to_pylist()]
    assert products == [a * b * c for a, b, c in rows]
    assert rests == [a - b - c for a, b, c in rows]


def test_the_letters_of_debits_and_credits_are_no_part_of_a_cost():
    text = "Cost Date,Cost\n2025-06-01,100.00 CR\n2025-06-02,50.00\n"
    assert cells(text, kind="costs")["amount"] == ["100.00 CR", "50.00"]


@pytest.mark.parametrize("header", ["Month", "Quarter", "Week"])
def test_sales_without_a_day_are_no_costs_where_the_name_of_the_file_says_invoices(header):
    sheet = read_csv(f"No,{header},Customer,Amount\n1,2025-06,A,5.00\n".encode(), file="a.csv")
    found = recognised(sheet.headers, file="invoices.csv", cells=sheet.held)
    assert found == "invoices"
