"""Headers that say in which unit an amount is, and what is proposed for them."""

from __future__ import annotations

import pytest

from retention_cli.errors import UnrecognisedFileError
from retention_cli.mapping.amounts.units import unit_in
from retention_cli.mapping.plan import recognise
from retention_cli.records import model
from retention_cli.records.base import headers_of


@pytest.mark.parametrize(
    "header",
    [
        *("Percent", "Cost Center", "Amount", "Total", "Discount", "Amount (EUR)", "Betrag (€)"),
        *("Revenue 2000", "Milestone", "Amount in EUR", "Account", "cents", "in thousands", ""),
    ],
)
def test_no_unit_is_seen_in(header):
    assert unit_in(header) is None


@pytest.mark.parametrize(
    ("header", "found"),
    [
        ("amount_cents", ("amount", "cents")),
        ("amountCents", ("amount", "cents")),
        ("amount_minor_units", ("amount", "cents")),
        ("Amount in pence", ("Amount", "cents")),
        ("Montant en centimes", ("Montant", "cents")),
        ("Importe (céntimos)", ("Importe", "cents")),
        ("Umsatz in TEUR", ("Umsatz", "thousands")),
        ("Umsatz (T€)", ("Umsatz", "thousands")),
        ("Umsatz in Tsd. €", ("Umsatz", "thousands")),
        ("Revenue (k€)", ("Revenue", "thousands")),
        ("Revenue ($000)", ("Revenue", "thousands")),
        ("Revenue ($ in thousands)", ("Revenue", "thousands")),
        ("Net Amount (1,000)", ("Net Amount", "thousands")),
        ("Sales '000", ("Sales", "thousands")),
        ("CA en milliers d'euros", ("CA", "thousands")),
        ("Importe (miles de euros)", ("Importe", "thousands")),
        ("Fatturato (migliaia)", ("Fatturato", "thousands")),
        ("Netto Mio. EUR", ("Netto", "millions")),
        ("Revenue (€m)", ("Revenue", "millions")),
    ],
)
def test_the_unit_of_a_header(header, found):
    assert unit_in(header) == found


@pytest.mark.parametrize(
    ("header", "unit"),
    [("Umsatz in TEUR", "thousands"), ("amount_cents", "cents"), ("Net (kEUR)", "thousands")],
)
def test_what_is_proposed_says_the_unit(header, unit):
    with pytest.raises(UnrecognisedFileError) as refused:
        recognise(["Invoice Date", "Customer ID", header, "Invoice No"], file="a.csv")
    line = f'amount = {{ from = "{header}", unit = "{unit}" }}'
    assert refused.value.snippet[-1] == line


def test_no_name_of_a_column_names_a_unit():
    for kind in ("invoices", "costs"):
        for info in model(kind).model_fields.values():
            names = headers_of(info)
            assert [one for one in (*names.strong, *names.weak) if unit_in(one)] == []
