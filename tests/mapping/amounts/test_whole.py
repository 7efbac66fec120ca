"""Two columns that may each be the amount: the one that sums prove, or a question."""

from __future__ import annotations

from decimal import Decimal

import pytest
from tests.mapping.amounts.test_net import asked, read


@pytest.mark.parametrize(
    ("header", "first", "second"),
    [
        ("Fecha,Cliente,Subtotal,Descuento,Total", "120,20,100", "200,0,200"),
        ("Datum,Kunde,Betrag,km-Betrag,Gesamt", "90,10,100", "200,0,200"),
        ("Date,Customer,Subtotal,Discount,Total", "120,-20,100", "200,0,200"),
        ("Date,Customer,Sub Total,Discount,Grand Total", "120,20,100", "200,0,200"),
        ("Date,Customer,Base Amount,Discount,Amount Paid", "120,20,100", "200,0,200"),
        ("Date,Customer,Taxable Amount,GST Amount,Net Amount", "100,18,118", "200,36,236"),
    ],
)
def test_what_a_discount_leaves_and_what_parts_add_up_to_is_the_amount(header, first, second):
    amounts, assumed = read(header, f"2025-06-03,a,{first}", f"2025-06-04,b,{second}")
    assert amounts == [Decimal(100), Decimal(200)]
    assert any(header.rpartition(",")[2] in said for said in assumed)


@pytest.mark.parametrize(
    ("header", "row"),
    [
        ("Date,Customer,Subtotal,Discount,Total", "120,20,99"),
        ("Date,Customer,Subtotal,Shipping,Total", "90,10,100"),
        ("Date,Customer,Subtotal,Discount,Tax,Total", "120,20,19,119"),
    ],
)
def test_what_no_sum_proves_is_asked_about(header, row):
    assert "could each be it" in str(asked(header, f"2025-06-03,a,{row}"))
