"""Headers that say in which unit an amount is, and what is proposed for them."""

from __future__ import annotations

from fractions import Fraction

import pytest

from money_exports import RULE, asked, read
from retention_cli.mapping.amounts.units import unit_in
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
    [
        ("Umsatz in TEUR", "thousands"),
        ("amount_cents", "cents"),
        ("Net Amount (k\u20ac)", "thousands"),
        ("Amount in paise", "cents"),
        ("Net Amount (USD m)", "millions"),
        ("Sales x1000", "thousands"),
    ],
)
def test_a_unit_in_a_header_is_asked_about_with_the_line_that_reads_it(header, unit):
    rows = [
        f"Invoice No,Invoice Date,Customer ID,{header}",
        "1,2025-06-02,A,15",
        "2,2025-06-03,A,25",
    ]
    recipe = f'amount = {{ from = "{header}", unit = "{unit}" }}'
    assert recipe in asked(rows)
    in_units = {"cents": Fraction(1, 100), "thousands": 1_000, "millions": 10**6}[unit]
    told = RULE + f"[export.columns]\n{recipe}\n"
    assert read(rows, toml=told).amounts == [15 * in_units, 25 * in_units]
    told = RULE + f'[export.columns]\namount = {{ from = "{header}" }}\n'
    assert read(rows, toml=told).amounts == [15, 25]


def test_no_name_of_a_column_names_a_unit():
    for kind in ("invoices", "costs"):
        for info in model(kind).model_fields.values():
            names = headers_of(info)
            assert [one for one in (*names.strong, *names.weak) if unit_in(one)] == []
