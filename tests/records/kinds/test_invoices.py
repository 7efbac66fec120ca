from __future__ import annotations

import pytest
from pydantic import ValidationError

from retention_cli.records.kinds.invoices import Invoice

GOOD = {"invoice_date": "2025-06-01", "amount": "10"}


@pytest.mark.parametrize("cells", [{"amount": "-5.0000"}, {"amount": "0"}, {"customer_id": None}])
def test_credit_notes_free_goods_and_invoices_of_nobody_are_accepted(cells):
    assert Invoice.model_validate(GOOD | cells)


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        pytest.param({"amount": None}, "missing-value", id="no amount"),
        pytest.param({"amount": "1_000"}, "bad-number", id="an underscore"),
        pytest.param({"amount": "NaN"}, "bad-number", id="not a number"),
        pytest.param({"amount": "?12.50"}, "bad-number", id="marked as no number"),
        pytest.param({"amount": "1.00001"}, "too-many-decimals", id="five decimals"),
        pytest.param({"cost": "1e5"}, "bad-number", id="a power of ten"),
        pytest.param({"currency": "eur"}, "bad-currency", id="small letters"),
        pytest.param({"invoice_date": None}, "missing-value", id="no date"),
    ],
)
def test_an_invoice_that_cannot_be_says_why(cells, code):
    with pytest.raises(ValidationError) as caught:
        Invoice.model_validate(GOOD | cells)
    assert [found["type"] for found in caught.value.errors()] == [code]
