"""Whole amounts among ids of payment systems may be in cents: that is asked, and not guessed."""

from __future__ import annotations

import pytest

from money_exports import RULE, asked, lines, read


@pytest.mark.parametrize(
    ("header", "one", "other"),
    [
        ("Charge", "ch_3NabcdQ", "ch_3NabcdR"),
        ("Payment", "pay_Kx81a0", "pay_Kx81a1"),
        ("Mandate", "PM0012ABCDEFGH", "PM0013ABCDEFGH"),
        ("balance_transaction", "", "x"),
        ("amount_captured", "1000", "2050"),
    ],
)
def test_whole_amounts_of_a_payment_system_are_asked_about(header, one, other):
    rows = lines(header, f"1000,{one}", f"2050,{other}")
    assert 'unit = "cents"' in asked(rows)
    told = RULE + '[export.columns]\namount = { from = "Amount", unit = "cents" }\n'
    assert [float(amount) for amount in read(rows, toml=told).amounts] == [10, 20.5]
    told = RULE + '[export.columns]\namount = { from = "Amount" }\n'
    assert read(rows, toml=told).amounts == [1000, 2050]


@pytest.mark.parametrize(
    ("header", "rows"),
    [
        ("Payment", ["1000,pay-1", "2050,pay-2"]),
        ("Payment", ["1000.00,pay_Kx81a0", "2050,pay_Kx81a1"]),
        ("Payment", ["1000,pay_Kx81a0", "20,pay_Kx81a1"]),
        ("Payment,Currency", ["1000,pay_Kx81a0,JPY", "2050,pay_Kx81a1,jpy"]),
    ],
)
def test_other_amounts_are_what_they_say(header, rows):
    assert read(lines(header, *rows)).assumed == []
