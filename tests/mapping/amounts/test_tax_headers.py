from __future__ import annotations

import pytest

from retention_cli.errors import UnrecognisedFileError
from retention_cli.mapping.amounts.tax_headers import gross_header, is_tax
from retention_cli.mapping.canonical import canonical
from retention_cli.mapping.kinds import recognise
from retention_cli.mapping.plan import lay_out
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
    assert (
        f"if '{headers[2]}' is the amount including tax, name both in retention.toml:"
        in refused.value.hint
    )
    first, *_, last = refused.value.snippet
    assert (first, last) == ('tax = "included 19%"', f'amount = "{headers[2]}"')


@pytest.mark.parametrize("net", ["Nettobetrag", "Montant HT", "Base imponible", "Net Amount"])
def test_the_net_amount_beside_it_is_taken_and_nothing_need_be_said(net):
    assert recognise(["Rechnungsdatum", "Brutto", net], file="a.csv") == "invoices"
    assert assumed(f"Rechnungsdatum,MwSt,Brutto,{net}", "2025-06-01,19,119,100") == ()


@pytest.mark.parametrize(
    "header",
    ["VAT", "Tax (EUR)", "MwSt. 19 %", "Umsatzsteuer", "Total Tax", "IVA", "Montant TVA", "BTW"],
)
def test_these_are_amounts_of_tax(header):
    assert is_tax(header)


@pytest.mark.parametrize(
    "header",
    ["VAT %", "Tax Rate", "MwSt-Satz", "Taux TVA", "Tax ID", "VAT Number", "Taxi", "Total"],
)
def test_these_are_no_amounts_of_tax(header):
    assert not is_tax(header)


def test_an_amount_with_the_tax_of_a_column_in_it_is_proposed_without_it():
    with pytest.raises(UnrecognisedFileError) as refused:
        recognise(["Rechnungsdatum", "Kundennummer", "Brutto", "MwSt"], file="a.csv")
    assert refused.value.snippet[-1] == 'amount = { subtract = ["Brutto", "MwSt"] }'


def test_no_name_of_an_amount_is_one_of_gross_amounts():
    known = headers_of(model("invoices").model_fields["amount"])
    assert gross_header([*known.strong, *known.weak]) is None
