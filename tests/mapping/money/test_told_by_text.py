"""What only the words in another column tell is asked about: bookings, vouchers, amounts with tax."""

from __future__ import annotations

import pytest

from money_exports import asked, lines, read

BOOKED = [
    *(
        "Realised exchange gain",
        "FX loss",
        "Bad debt",
        "Write-off",
        "Written off 2024",
        "Kursgewinne",
    ),
    *("Forderungsausfall", "Ausbuchung", "Écart de change", "Créances irrécouvrables"),
    *("Diferencias de cambio", "Utili su cambi", "Koersverschillen", "Variação cambial"),
]
VOUCHERS = [
    "Voucher SUMMER10",
    "Coupon",
    "Promo code XY12",
    "Gutscheincode",
    "Code promo",
    "Cupón",
    "Freeze credit",
]


@pytest.mark.parametrize("text", BOOKED)
def test_what_is_booked_beside_sales_is_asked_about(text):
    said = asked(lines("Description", "100,Licence", f"7.5,{text}", "200,Licence"))
    assert f"rows with '{text}' in 'Description' may be none that count: 1 row, 7.50" in said


@pytest.mark.parametrize(
    "text", ["Currency exchange desk", "Exchange server", "Write-off-proof paper"]
)
def test_goods_that_are_called_nearly_so_count(text):
    assert len(read(lines("Item", "100,Licence", f"7.5,{text}", "200,Licence")).amounts) == 3


@pytest.mark.parametrize("text", VOUCHERS)
def test_vouchers_that_are_taken_off_without_a_sign_are_asked_about(text):
    said = asked(lines("Item", "100,Chair", f"10,{text}", "200,Table"))
    assert f"'Item' has '{text}' in 1 row, 10.00, and their amounts have no sign" in said
    assert len(read(lines("Item", "100,Chair", f"-10,{text}", "200,Table")).amounts) == 3


@pytest.mark.parametrize(
    ("header", "gross", "net"),
    [
        ("Amounts Are", "Tax Inclusive", "Tax Exclusive"),
        ("Preisart", "Brutto", "Netto"),
        ("Prix", "TTC", "HT"),
        ("Price Basis", "incl. VAT", "excl. VAT"),
    ],
)
def test_amounts_with_their_tax_beside_others_without_are_asked_about(header, gross, net):
    rows = lines(header, f"100,{net}", f"119,{gross}", f"200,{net}")
    said = asked(rows)
    assert f"'{header}' has '{gross}' in 1 row, 119.00 beside '{net}'" in said
    toml = "[[export]]" + said.partition("[[export]]")[2]
    assert len(read(rows, toml=toml).amounts) == 3
    assert len(read(lines(header, f"100,{net}", f"200,{net}")).amounts) == 2


@pytest.mark.parametrize(
    ("word", "payment"),
    [
        ("Pledge", "Pledge payment"),
        ("Dues", "Dues paid"),
        ("Loyer", "Loyer paiement"),
        ("Miete", "Miete Zahlung"),
    ],
)
def test_the_payment_of_another_row_is_asked_about(word, payment):
    said = asked(lines("Kind of Entry", f"100,{word}", f"60,{payment}", f"40,{payment}", "30,Gift"))
    assert (
        f"rows with '{payment}' in 'Kind of Entry' may be none that count: 2 rows, 100.00" in said
    )
    toml = "[[export]]" + said.partition("[[export]]")[2]
    rows = lines("Kind of Entry", f"100,{word}", f"60,{payment}", "30,Gift")
    assert sum(read(rows, toml=toml).amounts) == 130
    assert len(read(lines("Kind of Entry", f"60,{payment}", "30,Gift")).amounts) == 2


@pytest.mark.parametrize("header", ["Credit Note No", "Gutschriftnummer", "Numéro d'avoir"])
def test_rows_that_have_the_number_of_a_credit_note_alone_are_asked_about(header):
    head = f"Invoice,{header},Date,Customer,Amount"
    rows = [head, "1,,2025-01-05,A,100", ",C1,2025-03-05,B,80", "2,,2025-01-07,B,200"]
    said = asked(rows)
    assert f"'{header}' is filled in 1 row, 80.00 that have no 'Invoice'" in said
    toml = "[[export]]" + said.partition("[[export]]")[2]
    assert sum(read(rows, toml=toml).amounts) == 220
    assert len(read([row.replace(",80", ",-80") for row in rows]).amounts) == 3
    assert len(read([head, *rows[1:2], "2,C1,2025-01-07,B,200"]).amounts) == 2


@pytest.mark.parametrize("text", ["customer got money back", "Geld zurück im Mai", "repaid"])
def test_remarks_of_money_that_went_back_are_said(text):
    (said,) = read(lines("Remarks", "100,", f"60,{text}", "30,")).assumed
    assert f"rows with '{text}' as 'Remarks' (1 row, 60.00) count as the others do" in said


def test_a_return_that_has_its_sign_is_not_asked_about():
    rows = lines("Text", "100,Accrual", "-100,Reversal of accrual", "100,Invoice")
    assert len(read(rows).amounts) == 3


@pytest.mark.parametrize(
    "text", ["Authorization", "Pre-authorization", "Autorisierung", "Autorización"]
)
def test_what_is_only_reserved_is_asked_about(text):
    said = asked(lines("Operation", f"100,{text}", "100,Capture", f"60,{text}", "60,Capture"))
    assert f"rows with '{text}' in 'Operation' may be none that count: 2 rows, 160.00" in said
