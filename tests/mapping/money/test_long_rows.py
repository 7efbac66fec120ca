"""Rows that are other documents, or other figures of an invoice, are asked about; nobodies are said."""

from __future__ import annotations

import pytest

from money_exports import HEAD, RULE, asked, lines, read


def pasted(said):
    return "[[export]]" + said.partition("[[export]]")[2]


@pytest.mark.parametrize(
    ("header", "sale", "other"),
    [
        ("Document", "Invoice", "Delivery note"),
        ("Dokument", "Rechnung", "Lieferschein"),
        ("Papier", "Facture", "Devis"),
        ("Memo", "Invoice", "Payment"),
    ],
)
def test_documents_under_another_name_are_asked_about(header, sale, other):
    rows = lines(header, f"100,{sale}", f"30,{other}")
    said = asked(rows)
    assert f"'{header}' has '{other}' in 1 row, 30.00 beside invoices" in said
    assert read(rows, toml=pasted(said)).amounts == [100]
    assert read(rows, toml=f'{RULE}leave_out = {{ "{header}" = [] }}\n').amounts == [100, 30]


@pytest.mark.parametrize("header", ["Payment Method", "Zahlungsart", "Customer Type"])
def test_how_an_invoice_is_paid_is_no_document(header):
    assert read(lines(header, "100,Invoice", "30,Invoice")).amounts == [100, 30]
    if header.startswith("Pay"):
        assert read(lines(header, "100,Invoice", "30,Transfer")).amounts == [100, 30]


@pytest.mark.parametrize(
    ("header", "first", "second"),
    [
        ("Value Type", "Net", "Gross"),
        ("Measure", "Revenue", "Margin"),
        ("Currency Type", "Local", "Group"),
        ("Betragsart", "Netto", "Brutto"),
        ("X", "net", "gross"),
    ],
)
def test_figures_of_one_invoice_in_rows_are_asked_about(header, first, second):
    rows = [f"{HEAD},{header}"]
    for number, amount in ((1, 100), (2, 50)):
        rows += [f"{number},2025-06-0{number},A,{amount},{first}"]
        rows += [f"{number},2025-06-0{number},A,{amount - 7},{second}"]
    said = asked(rows)
    assert read(rows, toml=pasted(said)).amounts == [100, 50]
    whole = f'{RULE}leave_out = {{ "{header}" = [] }}\n'
    assert len(read(rows, toml=whole).amounts) == 4
    if first.lower() in {"net", "netto"}:
        assert "amounts with their tax and without it" in asked(rows[:-1])
    else:
        assert len(read(rows[:-1]).amounts) == 3


@pytest.mark.parametrize(
    "name", ["ALL", "Test Customer", "Alle Kunden", "Overhead", "Testkunde", "B (DRAFT)"]
)
def test_customers_that_are_nobody_are_said(name):
    rows = [HEAD, "1,2025-06-01,A,100", f"2,2025-06-02,{name},30"]
    (said,) = read(rows).assumed
    assert f"rows with '{name}' as 'Customer' count" in said
    assert read(rows, toml=f'{RULE}leave_out = {{ "Customer" = ["{name}"] }}\n').amounts == [100]
    assert read(rows, toml=f'{RULE}leave_out = {{ "Customer" = [] }}\n').assumed == []


def test_totals_below_the_rows_are_nobody_who_counts():
    found = read([HEAD, "1,2025-06-01,A,100", "2,2025-06-02,B,30", ",,Total,130"])
    assert (found.assumed, found.amounts) == ([], [100, 30])


def test_an_amount_is_no_number_of_a_document():
    rows = lines("Open", "100,380", "30,380.00", "20,381.51")
    assert read(rows).amounts == [100, 30, 20]
