"""Costs that the settings price or spread, by group: what groups have adds up to what all have."""

from __future__ import annotations

import json

import pytest

pytestmark = pytest.mark.sweep

DRIVERS = """[cost_drivers]
contact = "1.50"
order = "3.20"
line = "0.40"
ticket = { default = "2.00", category = { "Complaint" = "9.00" } }
"""
SETTINGS = {
    "drivers": DRIVERS,
    "by category": '[spread]\n"Rent" = "equally"\nsupport = "tickets"\n',
    "all": f'spread = "tickets"\n{DRIVERS}',
}


@pytest.fixture
def exports(folder):
    """Thirty customers of four segments, of whom some have tickets alone."""
    spells = "".join(f"K{n},2024-01-01,,S{n % 4}\n" for n in range(30))
    bills = (
        f"F{n // 2},2025-0{5 + n // 2 % 2}-03,K{n // 2 % 25},{n % 9 - 1}.50\n" for n in range(90)
    )
    desk = (
        f"T{n},2025-06-0{n % 9 + 1},K{n % 29},{'Complaint' if n % 3 else ''},{n % 4}\n"
        for n in range(70)
    )
    spent = (
        f"2025-06-0{n % 9 + 1},{f'K{n}' if n % 3 else ''},{n}.25,{'Rent' if n % 2 else 'support'}\n"
        for n in range(20)
    )
    header = {
        "customers": "customer_id,start_date,end_date,segment\n" + spells,
        "invoices": "invoice_id,invoice_date,customer_id,amount\n" + "".join(bills),
        "tickets": "ticket_id,created_at,customer_id,category,contacts\n" + "".join(desk),
        "costs": "cost_date,customer_id,amount,category\n" + "".join(spent),
    }
    for kind, text in header.items():
        (folder / f"{kind}.csv").write_text(text, "utf-8")
    return [f"{kind}.csv" for kind in header]


@pytest.mark.parametrize("settings", SETTINGS)
def test_accounts_of_groups_add_up_to_those_of_all(retention, folder, exports, settings):
    (folder / "retention.toml").write_text(SETTINGS[settings], "utf-8")
    asked = ("--period", "2025-06", "--by", "segment", "--format", "json", "--max-rejects", "50%")
    ran = retention("compute", *exports, *asked)
    assert ran.code == 0, ran.err
    figures = json.loads(ran.out)["figures"]
    told, *groups = (one for one in figures if one["kpi"] == "unprofitable_accounts")
    assert len(groups) >= 4
    assert told["value"] == sum(one["value"] or 0 for one in groups) > 0
    assert told["n"] == sum(one["n"] or 0 for one in groups)
