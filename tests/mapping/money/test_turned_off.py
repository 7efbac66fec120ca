"""Each thing that is assumed of invoices can be turned off, by the key that stands beside it."""

from __future__ import annotations

import re

import pytest

from money_exports import HEAD, RULE, lines, read

ASSUMED = {
    "credits by a type": lines("Type", "100,Invoice", "30,Credit Note"),
    "credits by a status": lines("Status", "100,paid", "30,Credit note issued"),
    "credits by a letter": lines("S/H", "100,S", "30,H"),
    "credits by a flag": lines("Is Return", "100,no", "30,yes"),
    "credits by a quantity": lines("Quantity", "100,2", "30,-1"),
    "no invoices": lines("Type", "100,Invoice", "30,Payment"),
    "refunds": lines("Refunded", "100,0", "30,20"),
    "refunds of what was refunded": lines("Status", "100,paid", "30,refunded"),
    "void by a flag": lines("Cancelled", "100,no", "30,yes"),
    "void by a day": lines("Voided At", "100,", "30,2025-06-05"),
    "void by a reason": lines("Stornogrund", "100,", "30,Kundenwunsch"),
    "void by what replaces it": lines("Replaces", "100,", "30,1"),
    "drafts": lines("Posted", "100,yes", "30,no"),
    "discounts": lines("Discount", "100,0", "30,5"),
    "credits used": lines("Credit applied", "100,0", "30,5"),
    "numbers that say void": [HEAD, "1,2025-06-01,A,100", "2-VOID,2025-06-02,B,30"],
    "averages": [HEAD, "1,2025-06-01,A,100", "Average,2025-06-02,B,30"],
    "credits applied": lines("Category", "100,Service", "30,Credit applied"),
    "nobody": [HEAD, "1,2025-06-01,A,100", "2,2025-06-02,All customers,30"],
    "replacements": lines("Order Type", "100,Standard", "30,Warranty replacement"),
    "customers of the own group": lines("Customer Type", "100,External", "30,Intercompany"),
    "parts billed ahead": lines("Betreff", "100,Rechnung", "30,1. Abschlagsrechnung"),
    "payments by their number": [HEAD, "INV-1,2025-06-01,A,100", "PMT-2,2025-06-02,B,30"],
    "quotes by their number": [HEAD, "INV-1,2025-06-01,A,100", "EST-2,2025-06-02,B,30"],
}


RIGHT = {
    "a discount in per cent": lines("Discount %", "100,0", "30,10"),
    "refunds in per cent": lines("Refund %", "100,0", "30,10"),
    "adjustments": lines("Adjustment", "100,0", "30,-4"),
    "tips": lines("Tip", "100,10", "30,0"),
    "amounts written off": lines("Write Off", "100,0", "30,30"),
    "units": lines("Unit", "100,EUR", "30,kEUR"),
    "returned goods": lines("Returned Qty", "100,0", "30,2"),
    "weighted deals": lines("Weighted Amount", "100,100", "30,12"),
    "unknown flags": lines("Frobbed", "100,yes", "30,no"),
    "versions": ["Date,Customer,Amount,Version", "2025-06-01,A,100,1", "2025-06-01,A,90,2"],
    "currencies": [HEAD, "1,2025-06-01,A,$100", "2,2025-06-02,B,$30"],
}
"""What one line says to be right: no figure changes, but for that of currencies."""


def turned_off(said):
    """The settings that the sentence about an assumption proposes."""
    if "leave_out = " in said:
        return RULE + re.search(r"leave_out = \{.*\}", said)[0] + "\n"
    table, line = re.search(r"write in retention.toml: (\[[^]]+\]) (.+?)$", said).groups()
    return f"{RULE}{table}\n{line}\n"


@pytest.mark.parametrize("rows", ASSUMED.values(), ids=ASSUMED)
def test_what_is_assumed_is_turned_off_by_its_key(rows):
    found = read(rows)
    for said in found.assumed:
        told = read(rows, toml=turned_off(said))
        assert said not in told.assumed
        assert told.amounts != found.amounts
    assert found.assumed


@pytest.mark.parametrize("rows", RIGHT.values(), ids=RIGHT)
def test_what_is_right_is_not_said_again(rows):
    found = read(rows)
    (said,) = found.assumed
    told = read(rows, toml=turned_off(said))
    assert told.assumed == []
    assert told.amounts == found.amounts
