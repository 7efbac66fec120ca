"""`tax = "included 19%"` from the settings to the result."""

from __future__ import annotations

import json


def test_a_target_is_held_against_the_net_amount(retention, folder):
    (folder / "invoices.csv").write_text(
        "Invoice Date,Amount,Customer ID,Cost\n2025-06-02,119.00,a,60.00\n2025-06-03,0.10,b,0.05\n",
        "utf-8",
    )
    (folder / "retention.toml").write_text('tax = "included 19%"\ncurrency = "EUR"\n', "utf-8")
    (folder / "benchmarks.toml").write_text(
        '[[benchmark]]\nkpi = "revenue"\ntarget = "100.09 EUR"\n', "utf-8"
    )
    ran = retention(
        "compute", ".", "--period", "2025-06", "--format", "json", "--as-of", "2025-07-02"
    )
    figures = {line["kpi"]: line for line in json.loads(ran.out)["figures"]}
    revenue = figures["revenue"]
    assert (revenue["value"], revenue["parts"]["revenue"]) == ("100.084", "100.084")
    assert revenue["notes"] == ["tax of 19 % taken out"]
    assert figures["gross_margin"]["parts"] == {"revenue": "100.084", "cost": "60.05"}
    assert (revenue["verdict"], revenue["gap"]) == ("misses", "-0.006")
    ran = retention("accounts", ".", "--period", "2025-06", "--format", "json")
    result = json.loads(ran.out)
    assert [one["revenue"] for one in result["accounts"]] == ["100.00", "0.084"]
    assert (result["totals"]["revenue"], result["totals"]["profit"]) == ("100.084", "40.034")
    assert "tax of 19 % taken out" in result["notes"]
