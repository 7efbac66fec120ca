from __future__ import annotations

import pytest

from retention_cli.errors import UnrecognisedFileError
from retention_cli.mapping.plan import recognise
from retention_cli.mapping.suggesting import likely_header, likely_preset
from retention_cli.records import model


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
    assert likely_header(headers, model(kind), column) == meant


def test_a_slip_is_proposed_and_never_taken():
    with pytest.raises(UnrecognisedFileError) as refused:
        recognise(["Invoice Date", "Net Amout", "Customer ID"], file="a.csv")
    assert refused.value.hint == "did you mean 'Net Amout'? say so in retention.toml:"
    assert refused.value.snippet[-1] == 'amount = "Net Amout"'


def test_an_export_that_lacks_one_column_of_its_system_says_which():
    headers = ["ContactName", "InvoiceNumber", "InvoiceDate", "Type", "Status"]
    with pytest.raises(UnrecognisedFileError) as refused:
        recognise(headers, file="a.csv")
    assert refused.value.message.endswith(
        "; it is sales invoices, one row a line, of Xero but for a column 'LineAmount'"
    )


@pytest.mark.parametrize("headers", [[], ["Id", "Name"], ["Record ID"]])
def test_a_few_common_names_are_no_systems(headers):
    assert likely_preset(headers) is None
