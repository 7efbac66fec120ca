"""Costs or invoices in cents beside the other in whole units are said; what is odd alone is not."""

from __future__ import annotations

import pytest

from retention_cli.findings.across_files.one_in_cents import find
from together import only, together

HEADERS = {"invoices": "invoice_date,amount", "costs": "cost_date,category,amount"}
EUROS = ["2025-06-01,121.50", "2025-06-02,99.95", "2025-06-03,120"]
CENTS = ["2025-06-01,hosting,4012", "2025-06-02,hosting,3025", "2025-06-03,hosting,5050"]


def given(invoices, costs):
    return together(headers=HEADERS, invoices=invoices, costs=costs)


@pytest.mark.parametrize("turn", [1, -1])
def test_costs_in_cents_are_said(turn):
    found = only(find, given(EUROS[::turn], CENTS[::turn]))
    assert (found.code, found.kind, found.count) == ("one-in-cents", "costs", 3)
    assert "amounts add up to 35 times those of the invoices" in found.message
    assert 'unit = "cents"' in found.hint


def test_invoices_in_cents_are_said():
    invoices = ["2025-06-01,121500", "2025-06-02,99950", "2025-06-03,120000"]
    costs = ["2025-06-01,hosting,40.12", "2025-06-02,hosting,30.25", "2025-06-03,hosting,50.5"]
    assert only(find, given(invoices, costs)).kind == "invoices"


@pytest.mark.parametrize(
    ("invoices", "costs"),
    [
        (EUROS, [row.replace("4012", "4012.5") for row in CENTS]),
        (EUROS, ["2025-06-01,hosting,60", "2025-06-02,hosting,80", "2025-06-03,hosting,90"]),
        (EUROS, [*CENTS[:2], "2025-06-03,hosting,7"]),
        (["2025-06-01,121", "2025-06-02,100", "2025-06-03,120"], CENTS),
        (EUROS, CENTS[:2]),
    ],
)
def test_what_may_be_in_the_same_unit_is_not(invoices, costs):
    assert not list(find(given(invoices, costs)))
