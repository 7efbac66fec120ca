from __future__ import annotations

import pytest

from money_exports import RULE, asked, lines, read


@pytest.mark.parametrize(
    "header",
    [
        "Refunded Amount",
        "Refund",
        "Erstattet",
        "Montant remboursé",
        "Importe reembolsado",
        "Returns",
    ],
)
@pytest.mark.parametrize("minus", ["", "-"])
def test_a_column_of_refunds_is_taken_off_and_said(header, minus):
    found = read(lines(header, "100,", f"80,{minus}30.50", "60,0.00"))
    assert [float(amount) for amount in found.amounts] == [100, 49.5, 60]
    (said,) = found.assumed
    assert f"'{header}' is taken off 'Amount' (1 row, 49.50 after it)" in said
    told = RULE + '[export.columns]\namount = { from = "Amount" }\n'
    assert read(lines(header, "100,", f"80,{minus}30.50"), toml=told).amounts == [100, 80]


@pytest.mark.parametrize(
    ("header", "cell"),
    [
        ("Refund Reason", "late"),
        ("Refund ID", "77"),
        ("Refunded", "0"),
    ],
)
def test_what_is_no_amount_is_not_taken_off(header, cell):
    found = read(lines(header, f"100,{cell}", f"80,{cell}"))
    assert found.amounts[-1] == 80


def test_a_day_of_refund_is_a_status_unless_a_column_says_how_much():
    assert read(lines("Refund Date", "100,", "80,2025-06-07")).amounts == [100, 0]
    rows = lines("Refund Date,Refund", "100,,", "80,2025-06-07,30")
    assert read(rows).amounts == [100, 50]


def test_an_amount_that_is_without_refunds_by_proof_is_left_as_it_is():
    found = read(lines("Gross,Refunds", "100,100,", "50,80,30", "0,20,20"))
    assert found.amounts == [100, 50, 0]
    (said,) = found.assumed
    assert said.startswith("'Amount' is 'Gross' less 'Refunds', and taken as it stands; if")
    assert 'amount = { from = "Amount", less = ["Refunds"] }' in said


def test_what_may_be_off_already_is_asked_about():
    assert "less than 'Refund'" in asked(lines("Refund", "100,", "50,80"))
    assert "amounts below zero" in asked(lines("Refund", "100,20", "-20,"))
    rows = ["Date,Net Sales,Refunds", "2025-06-01,100,", "2025-06-02,80,30"]
    said = asked(rows)
    assert "'Net Sales'" in said
    assert 'amount = { from = "Net Sales", less = [] }' in said
    assert 'less = ["Refunds"]' in said
    told = RULE + '[export.columns]\namount = { from = "Net Sales", less = [%s] }\n'
    assert read(rows, toml=told % "").amounts == [100, 80]
    assert read(rows, toml=told % '"Refunds"').amounts == [100, 50]


def test_a_refunded_status_beside_the_column_counts_once():
    found = read(lines("Refund,Status", "100,0,paid", "80,80,refunded", "60,10,partially refunded"))
    assert found.amounts == [100, 0, 50]


ORDER = "Order ID,Date,Customer,Qty,Unit Price,Total,Refunded"
LINES = ("1,2025-06-01,C1,2,30,100,{}", "1,2025-06-01,C1,1,40,100,40", "2,2025-06-02,C2,1,50,50,0")


def test_refunds_are_taken_off_amounts_of_lines_that_add_up_to_a_total():
    found = read([ORDER, *(line.format(0) for line in LINES)])
    assert found.amounts == [60, 0, 50]
    assert (
        """if it is off already, write in retention.toml: [export.columns] amount = { multiply = ["Qty", "Unit Price"], less = [] }"""
        in found.assumed[1]
    )


def test_a_refund_that_is_the_same_on_all_rows_of_an_invoice_is_asked_about():
    said = asked([ORDER, *(line.format(40) for line in LINES)])
    assert "'Refunded' beside it, the same on each row of an invoice" in said
    assert "subtract" not in said


def test_a_refund_beside_an_amount_that_the_settings_make_is_said_not_to_be_read():
    told = RULE + '[export.columns]\namount = { subtract = ["Total", "VAT"] }\n'
    rows = ["Invoice,Date,Customer,Total,VAT,Refunded", "1,2025-06-01,C1,119,19,10"]
    found = read(rows, toml=told)
    assert found.amounts == [100]
    assert "'Refunded' is not read" in found.assumed[0]


def test_the_lines_of_two_questions_are_pasted_one_below_the_other():
    rows = [ORDER.replace("Qty,Unit Price", "Item"), "1,2025-06-01,C1,X,100,40"]
    rows += ["1,2025-06-01,C1,Y,100,40", "2,2025-06-02,C2,X,50,0"]
    first = asked(rows).partition("[[export]]")
    toml = "".join(line for line in first[1:] if not line.startswith("#"))
    second = "[[export]]" + asked(rows, toml=toml).partition("[[export]]")[2]
    assert 'amount = { from = "Total", once_per = "Order ID", less = [] }' in second
    assert read(rows, toml=f"{toml}\n{second}").amounts == [100, 0, 50]
