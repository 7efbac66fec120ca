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


SQUARE = "Date,Item,Event Type,Gross Sales,Net Sales,Tax,Transaction ID,Customer ID\n"


def computed(retention, *names):
    ran = retention("compute", *names, "--period", "2025-06", "--format", "json")
    figures = {line["kpi"]: line for line in json.loads(ran.out)["figures"]}
    return figures["revenue"], ran.err


def test_an_export_that_parts_the_tax_is_left_alone_beside_one_that_does_not(retention, folder):
    (folder / "square.csv").write_text(
        f"{SQUARE}2025-06-02,Tea,Payment,100.00,100.00,19.00,p1,a\n", "utf-8"
    )
    (folder / "shop.csv").write_text("Invoice Date,Amount\n2025-06-03,119.00\n", "utf-8")
    (folder / "retention.toml").write_text('tax = "included 19%"\n', "utf-8")
    revenue, said = computed(retention, "square.csv", "shop.csv")
    assert (revenue["value"], revenue["notes"]) == ("200.00", ["tax of 19 % taken out"])
    assert "amounts are net of sales tax, as the export separates it" in said
    revenue, said = computed(retention, "square.csv")
    assert (revenue["value"], revenue["notes"]) == ("100.00", [])
    (folder / "retention.toml").write_text("", "utf-8")
    revenue, said = computed(retention, "square.csv")
    assert (revenue["value"], "net of sales tax" in said) == ("100.00", False)


def test_a_column_that_the_settings_name_is_not_taken_for_the_net_one(retention, folder):
    (folder / "square.csv").write_text(
        f"{SQUARE}2025-06-02,Tea,Payment,119.00,100.00,19.00,p1,a\n", "utf-8"
    )
    (folder / "retention.toml").write_text(
        'tax = "included 19%"\n[[export]]\nfile = "square.csv"\nkind = "invoices"\n'
        '[export.columns]\namount = "Gross Sales"\n',
        "utf-8",
    )
    revenue, _ = computed(retention, "square.csv")
    assert (revenue["value"], revenue["notes"]) == ("100.00", ["tax of 19 % taken out"])
