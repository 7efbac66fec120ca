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
VOUCHERS = ["Voucher SUMMER10", "Coupon", "Promo code XY12", "Gutscheincode", "Code promo", "Cupón"]


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
