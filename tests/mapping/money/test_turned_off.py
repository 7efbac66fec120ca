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
    "plans": lines("Scenario", "100,Actual", "30,Budget"),
    "flags": lines("Intercompany", "100,no", "30,yes"),
    "quotes by their text": lines("Notes", "100,Job", "30,Proforma 7"),
    "quotes by their number": [HEAD, "INV-1,2025-06-01,A,100", "EST-2,2025-06-02,B,30"],
}


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
