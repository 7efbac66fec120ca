"""Accounts of a period: ranked by profit, with totals that add up to the ledger."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retention_cli.cli import run
from retention_cli.dataset.dataset import Dataset
from retention_cli.dataset.groups import group_by
from retention_cli.scoring.accounts import Occasion, rank_accounts
from retention_cli.settings import Window
from retention_cli.testing import table
from retention_cli.values.periods import Period

JUNE = Period.parse("2025-06")
INVOICES = "customer_id,invoice_date,amount,cost"
COSTS = "customer_id,cost_date,amount"


def ranking(invoices, costs=None, header=INVOICES, customers=None):
    tables = {"invoices": table("invoices", header, *invoices)}
    if costs is not None:
        tables["costs"] = table("costs", COSTS, *costs)
    if customers is not None:
        tables["customers"] = table("customers", "customer_id,customer_name,start_date", *customers)
    return rank_accounts(Dataset(tables, window=Window(months=12)), Occasion(JUNE))[0]


def test_the_worked_example_of_one_account():
    found = ranking(["A1,2025-06-30,260000,182000"], ["A1,2025-06-30,22350"])
    (account,) = found.accounts
    assert (account.profit, account.margin) == (556_500_000, Fraction(55_650, 260_000))
    assert (account.rank, account.share, account.tier) == (1, 1, "A")


def test_ties_stand_in_the_order_of_their_ids():
    found = ranking(["b,2025-06-02,10,5", "a,2025-06-02,10,5", "c,2025-06-02,10,1"])
    assert [account.customer_id for account in found.accounts] == ["c", "a", "b"]


def test_tiers_follow_the_share_of_profit_before_an_account():
    rows = [("a", 79), ("b", 2), ("c", 14), ("d", 5), ("e", 0), ("f", -9)]
    found = ranking([f"{key},2025-06-02,{profit},0" for key, profit in rows])
    tiers = {account.customer_id: account.tier for account in found.accounts}
    assert tiers == {"a": "A", "c": "A", "d": "B", "b": "C", "e": "C", "f": "C"}


def test_sums_of_several_currencies_are_unknown_and_never_0():
    lines = ["a,2025-06-02,10,1,EUR", "b,2025-06-02,10,1,USD", ",2025-06-03,5,1,EUR"]
    found = ranking(lines, header=f"{INVOICES},currency")
    assert (found.accounts, found.reason.code) == ((), "several-currencies")
    for sums in (found.totals, found.unallocated):
        assert (sums.revenue, sums.direct_cost, sums.cost_to_serve) == (None, None, None)


def test_without_cost_data_profit_and_margin_are_unknown_and_never_100_percent():
    found = ranking(["a,2025-06-02,10"], header="customer_id,invoice_date,amount")
    (account,) = found.accounts
    assert (account.revenue, account.profit, account.margin, account.tier) == (
        *(100_000, None, None, None),
    )
    assert "cost" in found.reason.message


@pytest.mark.parametrize(
    ("header", "rows", "costs", "missing"),
    [
        (INVOICES, ["a,2025-06-02,10,1"], None, "cost_to_serve"),
        ("customer_id,invoice_date,amount", ["a,2025-06-02,10"], ["a,2025-06-02,1"], "direct_cost"),
    ],
)
def test_a_half_that_no_export_has_is_unknown_and_noted(header, rows, costs, missing):
    found = ranking(rows, costs, header=header)
    assert getattr(found.accounts[0], missing) is None
    assert found.accounts[0].profit == 90_000
    assert any("counts 0" in note for note in found.notes)


def test_an_account_of_costs_alone_has_no_margin():
    found = ranking(["a,2025-06-02,10,1"], ["b,2025-06-02,3"])
    loser = found.accounts[-1]
    assert (loser.customer_id, loser.profit, loser.margin) == ("b", -30_000, None)


def test_names_are_those_of_the_latest_spell():
    people = ["a,Old name,2023-01-01", "a,New name,2025-01-01"]
    found = ranking(["a,2025-06-02,10,1"], customers=people)
    assert found.accounts[0].customer_name == "New name"


def test_revenue_whose_cost_is_blank_stands_apart_from_profit():
    found = ranking(["a,2025-06-02,10,4", "a,2025-06-03,7,", "b,2025-06-02,5,"])
    sure, unknown = found.accounts
    assert (sure.revenue, sure.revenue_without_cost, sure.profit) == (170_000, 70_000, 60_000)
    assert sure.margin == Fraction(6, 10)
    assert (unknown.customer_id, unknown.revenue, unknown.revenue_without_cost) == (
        *("b", 50_000, 50_000),
    )
    assert [unknown.profit, unknown.margin, unknown.rank, unknown.share, unknown.tier] == [None] * 5
    assert unknown.cumulative_share is None
    assert (found.totals.revenue_without_cost, found.totals.profit) == (120_000, 60_000)


def test_a_cost_of_serving_makes_the_profit_of_an_account_known():
    found = ranking(["a,2025-06-02,10,4", "b,2025-06-02,5,"], ["b,2025-06-02,3"])
    assert [(one.customer_id, one.profit, one.rank) for one in found.accounts] == [
        *(("a", 60_000, 1), ("b", -30_000, 2)),
    ]


def test_accounts_without_a_known_cost_stand_below_those_that_lose():
    found = ranking(["a,2025-06-02,10,", "b,2025-06-02,5,9", "c,2025-06-02,1,"])
    assert [one.customer_id for one in found.accounts] == ["b", "a", "c"]


AMOUNT = st.decimals(-10_000, 10_000, places=2)
OWNER = st.sampled_from(["", "a", "b", "c", "007", "7"])
DAYS = st.dates(date(2025, 5, 20), date(2025, 7, 10))


@settings(deadline=None, max_examples=25)
@given(
    invoices=st.lists(st.tuples(OWNER, DAYS, AMOUNT, AMOUNT), min_size=1, max_size=12),
    costs=st.lists(st.tuples(OWNER, DAYS, AMOUNT), max_size=8),
)
def test_accounts_and_unallocated_are_the_ledger_to_the_cent(invoices, costs):
    found = ranking(
        [f"{owner},{day},{amount},{cost}" for owner, day, amount, cost in invoices],
        [f"{owner},{day},{amount}" for owner, day, amount in costs],
    )
    there = [row for row in invoices if JUNE.start <= row[1] < JUNE.end]
    spent = [row for row in costs if JUNE.start <= row[1] < JUNE.end]
    ledger = {
        "revenue": sum((row[2] for row in there), Decimal(0)),
        "direct_cost": sum((row[3] for row in there), Decimal(0)),
        "cost_to_serve": sum((row[2] for row in spent), Decimal(0)),
    }
    for name, expected in ledger.items():
        of_accounts = sum(getattr(account, name) for account in found.accounts)
        whole = of_accounts + getattr(found.unallocated, name)
        assert getattr(found.totals, name) == of_accounts
        assert Decimal(whole) / 10_000 == expected
    gains = sum(max(account.profit, 0) for account in found.accounts)
    if gains:
        assert found.accounts[-1].cumulative_share == Fraction(found.totals.profit, gains)


class TestTheCommand:
    @pytest.fixture
    def exports(self, tmp_path, monkeypatch):
        monkeypatch.chdir(tmp_path)
        lines = "a,2025-06-02,100.50,40.25,EUR", "b|x,2025-06-03,10,30,EUR", ",2025-06-04,5,1,EUR"
        text = "\n".join(["customer_id,invoice_date,amount,cost,currency", *lines])
        (tmp_path / "invoices.csv").write_text(text, "utf-8")
        return tmp_path

    @pytest.fixture
    def written(self, exports, capsys):

        def call(*options):
            capsys.readouterr()
            assert run(["accounts", ".", "--period", "2025-06", *options]) == 0
            return capsys.readouterr().out

        return call

    def test_json_has_money_as_text_and_totals(self, written):
        result = json.loads(written("--format", "json"))
        assert result["schema"] == "retention-accounts/1"
        first = result["accounts"][0]
        assert list(first) == [
            *("customer_id", "customer_name", "manager", "revenue", "revenue_without_cost"),
            *(
                "direct_cost",
                "cost_to_serve",
                "profit",
                "margin",
                "rank",
                "share",
                "cumulative_share",
            ),
            *("currency", "tier", "status", "profit_before", "margin_before", "shared_cost"),
        ]
        assert (first["profit"], first["cost_to_serve"]) == ("60.25", None)
        assert result["totals"]["profit"] == "40.25"
        assert result["unallocated"]["revenue"] == "5.00"

    def test_csv_has_the_fields_of_the_json(self, written):
        rows = list(csv.DictReader(io.StringIO(written("--format", "csv"))))
        assert [row["profit"] for row in rows] == ["60.25", "-20.00"]
        assert rows[0]["currency"] == "EUR"

    def test_markdown_escapes_what_would_break_its_table(self, written):
        out = written("--format", "markdown")
        assert "b\\|x" in out
        assert "| Total |" in out

    def test_the_table_ends_with_the_total_and_what_is_no_account_s(self, written):
        out = written()
        assert out.index("Total") < out.index("Unallocated")

    def test_no_invoices_are_no_accounts(self, tmp_path, monkeypatch, capsys):

        monkeypatch.chdir(tmp_path)
        (tmp_path / "customers.csv").write_text("customer_id,start_date\n1,2024-01-01\n", "utf-8")
        assert run(["accounts", "."]) == 3
        assert "invoice" in capsys.readouterr().err


MANAGED = "customer_id,customer_name,start_date"


def test_groups_add_up_to_the_total():
    people = ["a,Ada,2023-01-01", "b,Bo,2023-01-01", "c,Ada,2023-01-01", "d,,2023-01-01"]
    rows = ["a,2025-06-02,10,1", "b,2025-06-02,20,5", "c,2025-06-02,30,40", "x,2025-06-02,5,1"]
    tables = {
        "invoices": table("invoices", INVOICES, *rows, ",2025-06-03,7,2"),
        "customers": table("customers", MANAGED, *people),
    }
    dataset = Dataset(tables, window=Window(months=12))
    found = rank_accounts(dataset, Occasion(JUNE), group_by(dataset, (), "customer_name"))[0]
    shown = [(g.by, g.value, g.accounts, g.totals.profit, g.totals.margin) for g in found.groups]
    assert shown == [
        ("customer_name", "Ada", 2, -10_000, Fraction(-1, 40)),
        ("customer_name", "Bo", 1, 150_000, Fraction(3, 4)),
        ("customer_name", None, 1, 40_000, Fraction(4, 5)),
    ]
    for name in ("revenue", "direct_cost", "profit"):
        added = sum(getattr(group.totals, name) for group in found.groups)
        assert added == getattr(found.totals, name)
    assert {one.customer_id: one.group for one in found.accounts} == {
        "a": "Ada",
        "b": "Bo",
        "c": "Ada",
        "x": None,
    }


def test_by_a_column_each_format_has_the_groups(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "invoices.csv").write_text(f"{INVOICES}\na,2025-06-02,10,1\nb,2025-06-02,20,5\n")
    (tmp_path / "customers.csv").write_text("customer_id,Manager\na,Ada\nb,=Bo\n")
    said = {}
    for form in ("json", "csv", "table", "markdown"):
        arguments = ["accounts", ".", "--period", "2025-06", "--by", "manager", "--format", form]
        assert run(arguments) == 0
        said[form] = capsys.readouterr().out
    result = json.loads(said["json"])
    assert [(one["group"], one["accounts"], one["profit"]) for one in result["groups"]] == [
        ({"by": "manager", "value": "=Bo"}, 1, "15.00"),
        ({"by": "manager", "value": "Ada"}, 1, "9.00"),
    ]
    assert result["accounts"][0]["group"] == {"by": "manager", "value": "=Bo"}
    rows = list(csv.DictReader(io.StringIO(said["csv"])))
    assert [(row["customer_id"], row["group_by"], row["group"]) for row in rows] == [
        *(("b", "manager", "'=Bo"), ("a", "manager", "Ada")),
    ]
    assert "manager: Ada" in said["table"]
    assert "| manager: Ada | 1 account |" in said["markdown"]
