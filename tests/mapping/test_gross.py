from __future__ import annotations

import pytest

from retention_cli.errors import UnrecognisedFileError
from retention_cli.mapping.canonical import canonical
from retention_cli.mapping.gross import gross_header
from retention_cli.mapping.plan import lay_out, recognise
from retention_cli.reading import read_bytes
from retention_cli.records import model
from retention_cli.records.base import headers_of
from retention_cli.settings import Settings


def assumed(header, row, **settings):
    (sheet,) = read_bytes(f"{header}\n{row}\n".encode(), name="a.csv")
    layout = lay_out(sheet.headers, kind="invoices", file="a.csv")
    return canonical(sheet, layout, settings=Settings(**settings)).assumed


@pytest.mark.parametrize(
    "headers",
    [
        ["Rechnungsdatum", "Kundennummer", "Rechnungsbetrag"],
        ["Rechnungsdatum", "Kundennummer", "Brutto"],
        ["Date de facture", "N\u00b0 client", "Montant TTC"],
        ["Fecha de factura", "N\u00ba cliente", "Total con IVA"],
        ["Invoice Date", "Customer ID", "Total incl. VAT"],
    ],
)
def test_an_amount_with_tax_in_it_is_never_taken_by_itself(headers):
    with pytest.raises(UnrecognisedFileError) as refused:
        recognise(headers, file="a.csv")
    assert "looks most like invoices, but has no column for amount, which is net" in (
        refused.value.message
    )
    assert f"if '{headers[2]}' is the amount, with tax in it" in refused.value.hint
    first, *_, last = refused.value.snippet
    assert (first, last) == ('tax = "included 19%"', f'amount = "{headers[2]}"')


@pytest.mark.parametrize("net", ["Nettobetrag", "Montant HT", "Base imponible", "Net Amount"])
def test_the_net_amount_beside_it_is_taken_and_nothing_need_be_said(net):
    assert recognise(["Rechnungsdatum", "Brutto", net], file="a.csv") == "invoices"
    assert assumed(f"Rechnungsdatum,MwSt,Brutto,{net}", "2025-06-01,19,119,100") == ()


@pytest.mark.parametrize("amount", ["Total", "Amount", "Betrag", "Montant", "Invoice amount"])
def test_what_may_have_the_tax_of_another_column_in_it_is_said_to_be_taken_as_net(amount):
    (said,) = assumed(f"Invoice Date,{amount},VAT", "2025-06-01,119,19")
    assert said == (
        f"'{amount}' is taken as net of the tax in 'VAT'; if that is in it, write in retention.toml:"
        f' [export.columns] amount = {{ subtract = ["{amount}", "VAT"] }}'
    )
    assert assumed(f"Invoice Date,{amount},VAT", "2025-06-01,119,19", tax="none") == ()
    assert assumed(f"Invoice Date,{amount},Region", "2025-06-01,119,19") == ()


def test_no_name_of_an_amount_is_one_of_gross_amounts():
    known = headers_of(model("invoices").model_fields["amount"])
    assert gross_header([*known.strong, *known.weak]) is None
