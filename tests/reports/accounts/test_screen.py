"""What `retention accounts` shows on a screen, and what it leaves out unless asked."""

from __future__ import annotations

import csv
import io
import json
from fractions import Fraction

import pytest

from retention_cli.reports.accounts._below import curve
from retention_cli.text.safe_text import for_encoding

CUSTOMERS = ["customer_id,manager,start_date,end_date"]
INVOICES = ["customer_id,invoice_date,amount,cost"]


@pytest.fixture
def accounts(retention, folder):
    """Thirty accounts: the first earns most, the last two lose; one left in the period."""
    people, sold = list(CUSTOMERS), list(INVOICES)
    for number in range(30):
        end = "2025-06-20" if number == 3 else ""
        people.append(f"K{number:02},{'Ada' if number % 2 else 'Bo'},2024-01-01,{end}")
        sold.append(f"K{number:02},2025-05-05,{1000 - number},500")
        cost = 400 if number < 28 else 2000
        sold.append(f"K{number:02},2025-06-05,{1100 - 10 * number},{cost}")
    (folder / "customers.csv").write_text("\n".join(people) + "\n", "utf-8")
    (folder / "invoices.csv").write_text("\n".join(sold) + "\n", "utf-8")
    (folder / "costs.csv").write_text(
        "customer_id,cost_date,amount\n,2025-06-01,10\nK00,2025-06-02,5\n"
    )

    def call(*asked):
        return retention("accounts", ".", "--period", "2025-06", *asked).out

    return call


def test_a_screen_has_both_ends_and_says_how_to_see_the_rest(accounts):
    out = accounts("--limit", "3")
    table = out.split("Cumulative profit")[0]
    assert [word for word in table.split() if word.startswith("K")] == [
        *("K00", "K01", "K02", "K27", "K28", "K29"),
    ]
    assert "24 accounts between; --all shows them" in out
    assert "K15" not in out
    assert len(accounts().splitlines()) <= 60


def test_all_shows_every_account(accounts):
    out = accounts("--all")
    assert all(f"K{number:02}" in out for number in range(30))
    assert "between" not in out


def test_a_few_accounts_are_never_left_out(accounts):
    assert "between" not in accounts("--limit", "14")


def test_what_makes_and_costs_profit_is_said(accounts):
    out = accounts()
    assert "2 accounts lose 2,370.00" in out
    assert "1 customer left: 1 of them made 497.00 in 2025-05" in out
    assert "(tier C): direct cost" in out
    assert "Bo       15        100.0 % of 15" in out


def test_change_status_and_shares_are_in_every_format(accounts):
    told = json.loads(accounts("--format", "json"))
    by_id = {one["customer_id"]: one for one in told["accounts"]}
    assert (by_id["K03"]["status"], by_id["K03"]["profit_before"]) == ("left", "497.00")
    assert told["before"]["label"] == "2025-05"
    assert told["concentration"]["loss_makers"] == 2
    assert told["leavers"] == {
        "customers": 1,
        "profit_before": "497.00",
        "profitable": 1,
        "loss_makers": 0,
        "losses_before": "0.00",
        "revenue_before": "997.00",
    }
    assert [one["retention"] for one in told["managers"]] == [1.0, pytest.approx(14 / 15)]
    first = next(csv.DictReader(io.StringIO(accounts("--format", "csv"))))
    assert (first["status"], first["margin_before"]) == ("customer", "0.5")


def test_members_are_the_lines_behind_the_costs(accounts):
    rows = list(csv.DictReader(io.StringIO(accounts("--members", "--format", "csv"))))
    assert [(one["what"], one["amount"], one["row"]) for one in rows[:2]] == [
        ("direct cost of invoice lines", "400.00", ""),
        ("cost", "5.00", "3"),
    ]
    assert (rows[-1]["customer_id"], rows[-1]["amount"]) == ("", "10.00")
    assert "direct cost of invoice lines" in accounts("--members")


def test_the_curve_falls_where_accounts_lose():
    shares = [Fraction(n, 10) for n in (4, 7, 9, 10, 10, 5)]
    lines = curve(shares, 40)
    assert lines[0].rstrip().endswith("█")
    assert len(lines[0]) < len(lines[-2])
    assert "6 accounts" in lines[-1]


def test_the_curve_has_plain_signs_where_blocks_cannot_be_written(accounts):
    plain = for_encoding(accounts(), "ascii")
    assert "\\u258" not in plain
    assert "100 % " in plain
