from __future__ import annotations

import tomllib

import pytest

from retention_cli.errors import UnrecognisedFileError
from retention_cli.mapping.canonical import canonical
from retention_cli.mapping.kinds import recognise
from retention_cli.mapping.plan import lay_out
from retention_cli.mapping.suggesting import changed_preset, likely_headers, likely_preset
from retention_cli.reading import read_bytes
from retention_cli.records import model
from retention_cli.settings import ExportRule, Settings


@pytest.mark.parametrize(
    ("kind", "column", "headers", "meant"),
    [
        ("invoices", "amount", ["Region", "Net Amout"], "Net Amout"),
        ("customers", "customer_id", ["Costumer ID", "Name"], "Costumer ID"),
        ("invoices", "invoice_date", ["Rechnugsdatum", "Netto"], "Rechnugsdatum"),
        ("invoices", "amount", ["Region", "Colour"], None),
        ("invoices", "amount", ["", "–"], None),  # noqa: RUF001  # a header of no letters
        ("tickets", "created_at or first_response_at", ["created"], None),
    ],
)
def test_a_slip_in_a_header_is_found(kind, column, headers, meant):
    assert likely_headers(headers, model(kind), [column]).get(column) == meant


def test_a_slip_is_proposed_and_never_taken():
    with pytest.raises(UnrecognisedFileError) as refused:
        recognise(["Invoice Date", "Net Amout", "Customer ID"], file="a.csv")
    assert refused.value.hint == (
        "did you mean 'Net Amout'? then add --map 'invoices.amount=Net Amout', or write in retention.toml:"
    )
    assert refused.value.snippet[-1] == 'amount = "Net Amout"'


def test_all_slips_of_a_file_are_proposed_at_once():
    headers = ["Kundenumer", "Rechnungsdatm", "Netobetrag", "Ort"]
    with pytest.raises(UnrecognisedFileError) as refused:
        recognise(headers, file="a.csv")
    assert "looks most like invoices" in refused.value.message
    assert refused.value.hint == (
        "did you mean 'Rechnungsdatm' and 'Netobetrag' and 'Kundenumer'? then add"
        " --map invoices.invoice_date=Rechnungsdatm --map invoices.amount=Netobetrag"
        " --map invoices.customer_id=Kundenumer, or write in retention.toml:"
    )
    (told,) = tomllib.loads("\n".join(refused.value.snippet))["export"]
    assert told["columns"] == {
        "invoice_date": "Rechnungsdatm",
        "amount": "Netobetrag",
        "customer_id": "Kundenumer",
    }


def test_an_amount_with_tax_in_it_is_no_slip_of_a_net_one():
    assert likely_headers(["Montant TTC"], model("invoices"), ["amount"]) == {}


def test_a_header_is_proposed_for_one_column_only():
    assert likely_headers(["Start Dat"], model("customers"), ["end_date", "start_date"]) == {
        "start_date": "Start Dat"
    }


def assumed(header, row, **settings):
    (sheet,) = read_bytes(f"{header}\n{row}\n".encode(), name="a.csv")
    rule = ExportRule(file="a.csv", kind="customers", columns=settings) if settings else None
    layout = lay_out(sheet.headers, kind="customers", file="a.csv", rule=rule)
    return canonical(sheet, layout, settings=Settings(), rule=rule).assumed


def test_a_header_that_is_nearly_one_that_figures_rest_on_is_said_not_to_be_read():
    header, row = "Kundennummer,Vertagsbeginn,Ort", "7,2025-06-01,Ulm"
    (said,) = assumed(header, row)
    assert said == (
        "'Vertagsbeginn' is not read; if it is start_date, write in retention.toml:"
        ' [export.columns] start_date = "Vertagsbeginn"'
    )
    assert assumed(header, row, start_date="Vertagsbeginn") == ()
    assert assumed(f"{header},Vertragsbeginn", f"{row},2025-06-01") == ()
    assert assumed("Kundennummer,State,Contract", "7,Texas,yearly") == ()


def test_an_export_that_lacks_one_column_of_its_system_says_which():
    headers = ["ContactName", "InvoiceNumber", "InvoiceDate", "Type", "Status"]
    with pytest.raises(UnrecognisedFileError) as refused:
        recognise(headers, file="a.csv")
    assert refused.value.message.endswith(
        "; it is sales invoices, one row a line, of Xero except for a column 'LineAmount'"
    )


XERO = (
    "ContactName EmailAddress POAddressLine1 POCity POCountry InvoiceNumber Reference InvoiceDate"
)
XERO += " DueDate Total TaxTotal InvoiceAmountPaid InvoiceAmountDue Description Quantity UnitAmount"
XERO += " Discount LineAmount AccountCode TaxType TaxAmount Currency Type Sent Status"


def test_an_export_whose_system_named_a_column_anew_is_not_read_by_other_columns():
    headers = XERO.replace("LineAmount", "LineTotal").split()
    with pytest.raises(UnrecognisedFileError) as refused:
        lay_out(headers, kind="invoices", file="a.csv")
    assert refused.value.message == (
        "a.csv: it is sales invoices, one row a line, of Xero except for a column 'LineAmount', and"
        " other columns are not read in its place"
    )
    (told,) = tomllib.loads("\n".join(refused.value.snippet))["export"]
    assert told["columns"] == {"invoice_date": "…", "amount": "…"}


def test_columns_that_were_named_by_hand_are_read_all_the_same():
    headers = XERO.replace("LineAmount", "LineTotal").split()
    columns = {"amount": "LineTotal", "customer_id": "ContactName"}
    rule = ExportRule(file="a.csv", kind="invoices", columns=columns)
    layout = lay_out(headers, kind="invoices", file="a.csv", rule=rule)
    assert layout.sources["amount"] == headers.index("LineTotal")


def test_a_list_of_ones_own_with_a_few_names_of_a_system_is_read_by_its_headers():
    for headers in (
        ["First Name", "Last Name", "Email", "Phone", "City", "Country", "Customer ID"],
        ["id", "Customer ID", "Email", "Name", "Created (UTC)", "Status"],
        ["ContactName", "InvoiceNumber", "InvoiceDate", "Type", "Amount"],
        [
            "Organization",
            "First Name",
            "Last Name",
            "Email",
            "Phone",
            "City",
            "Country",
            "Postal Code",
            "Notes",
        ],
    ):
        assert changed_preset(headers) is None


@pytest.mark.parametrize("headers", [[], ["Id", "Name"], ["Record ID"]])
def test_a_few_common_names_are_no_systems(headers):
    assert likely_preset(headers) is None
