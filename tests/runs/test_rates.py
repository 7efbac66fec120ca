"""Figures in the currency of the reports: the laws of rates, over the command line."""

from __future__ import annotations

import json
import random
import re
from datetime import date, timedelta
from decimal import Decimal

import pytest

pytestmark = pytest.mark.sweep

OPTIONS = ("--as-of", "2025-08-01", "--format", "json", "--quiet")
PERIOD = ("--period", "2025-Q2")
COMMANDS = {
    "compute": PERIOD,
    "accounts": PERIOD,
    "bridge": (*PERIOD, "--members"),
    "clv": ("--period", "2025-01-01..2025-06-30", "--model", "bg-nbd"),
    "cohorts": (),
    "trend": (*PERIOD, "--last", "1", "--kpi", "revenue", "--kpi", "nrr"),
}
AMOUNT = re.compile(r"-?[0-9]+\.[0-9]+")
START = date(2025, 1, 1)


def exports(folder, currencies):
    """Write half a year of invoices and costs in some currencies."""
    draw = random.Random(4)  # noqa: S311  # rows of a test
    folder.mkdir(exist_ok=True)
    people = [
        f"c{n},{START - timedelta(40 * n)},{'2025-05-20' if n % 3 == 0 else ''}" for n in range(9)
    ]
    lines = ["customer_id,start_date,end_date", *people]
    (folder / "customers.csv").write_text("\n".join(lines), "utf-8")
    rows = [
        f"i{n},c{n % 9},{START + timedelta(n * 2)},{draw.randrange(1, 90_000) / 100},{n}.5,{draw.choice(currencies)}"
        for n in range(90)
    ]
    header = "invoice_id,customer_id,invoice_date,amount,cost,currency"
    (folder / "invoices.csv").write_text("\n".join([header, *rows]), "utf-8")
    spent = [
        f"{START + timedelta(n * 9)},c{n % 5},{n}.25,{draw.choice(currencies)}" for n in range(20)
    ]
    lines = ["cost_date,customer_id,amount,currency", *spent]
    (folder / "costs.csv").write_text("\n".join(lines), "utf-8")


def told(folder, rate=None):
    """Say that reports are in EUR, and the rate of every week."""
    (folder / "retention.toml").write_text('report_currency = "EUR"\n', "utf-8")
    days = [START + timedelta(7 * n) for n in range(30)]
    rows = (
        [f"{day},USD,EUR,{rate + n * rate / 64},ECB" for n, day in enumerate(days)] if rate else []
    )
    (folder / "rates.csv").write_text("\n".join(["date,from,to,rate,source", *rows]), "utf-8")


def plain(retention, command, *more):
    ran = retention(command, "in", *COMMANDS[command], *OPTIONS, *more)
    assert ran.code == 0, ran.err
    return ran.out


def money_in(found):
    """Give all amounts of a result, by the way that leads to them."""
    return {
        way: Decimal(cell)
        for way, cell in leaves(found)
        if isinstance(cell, str) and AMOUNT.fullmatch(cell)
    }


def leaves(found, way=()):
    if isinstance(found, dict | list):
        pairs = found.items() if isinstance(found, dict) else enumerate(found)
        for key, one in pairs:
            if key not in {"data", "notes", "benchmark"}:
                yield from leaves(one, (*way, key))
    else:
        yield way, found


@pytest.mark.parametrize("command", COMMANDS)
def test_one_currency_to_the_same_is_equal_to_the_byte(retention, folder, command):
    exports(folder / "in", ["EUR"])
    before = plain(retention, command)
    told(folder / "in")
    assert plain(retention, command) == before


@pytest.mark.parametrize("command", COMMANDS)
def test_twice_the_rates_make_twice_the_amounts_and_rate_1_changes_notes_alone(
    retention, folder, command
):
    exports(folder / "in", ["USD"])
    before = plain(retention, command)
    results = []
    for rate in (Decimal("0.5"), Decimal(1)):
        told(folder / "in", rate)
        results.append(json.loads(plain(retention, command)))
    once, twice = map(money_in, results)
    assert once
    assert once.keys() == twice.keys()
    for way, amount in once.items():
        # A model is fitted anew, and comes to the same up to where its search ends.
        most = max(Decimal("0.0002"), abs(amount) / 10_000 if command == "clv" else 0)
        assert abs(twice[way] - 2 * amount) <= most, way
    assert "converted from USD to EUR at" in json.dumps(results)
    (folder / "in" / "rates.csv").write_text(
        "\n".join(["date,from,to,rate", *(f"{START + timedelta(n)},USD,EUR,1" for n in range(220))])
    )
    ours = {
        way: cell for way, cell in leaves(json.loads(plain(retention, command))) if cell != "EUR"
    }
    assert ours == {way: cell for way, cell in leaves(json.loads(before)) if cell != "USD"}


def test_several_currencies_are_added_up_by_rates_of_the_settings(retention, folder):
    exports(folder / "in", ["USD", "EUR"])
    assert "amounts are in EUR and USD" in plain(retention, "compute")
    (folder / "in" / "retention.toml").write_text(
        'report_currency = "EUR"\nrate_max_age = 366\n[rates]\nsource = "budget"\n'
        "[rates.USD]\n2025-01-01 = 0.5\n2025-06-01 = 0.75\n",
        "utf-8",
    )
    figures = {f["kpi"]: f for f in json.loads(plain(retention, "compute"))["figures"]}
    amounts = [
        line.split(",")
        for line in (folder / "in" / "invoices.csv").read_text("utf-8").splitlines()[1:]
    ]
    expected = sum(
        Decimal(amount)
        * (1 if code == "EUR" else Decimal("0.75") if day >= "2025-06-01" else Decimal("0.5"))
        for _, _, day, amount, _, code in amounts
        if "2025-04-01" <= day < "2025-07-01"
    )
    assert Decimal(figures["revenue"]["value"]) == round(expected, 4)
    assert figures["revenue"]["notes"] == [
        "converted from USD to EUR at 0.5 to 0.75 (rates of 2025-01-01 to 2025-06-01, budget)"
    ]
    assert figures["net_revenue_retention"]["value"] is not None
    assert figures["retention_rate"]["notes"] == []


def test_a_missing_rate_stops_the_run_with_the_day_and_the_pair(retention, folder):
    exports(folder / "in", ["USD"])
    told(folder / "in")
    ran = retention("compute", "in", *PERIOD)
    assert ran.code == 3
    assert "no rate from USD to EUR for 2025-01-01" in ran.err
    assert "in/costs.csv row 2" in ran.err
    assert "19 more days" in ran.err


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (["31.01.2025,USD,EUR,1,"], "row 2: the date '31.01.2025' is not written as 2025-06-30"),
        (["2025-01-31,USD,EUR,0,"], "row 2: '0' is not a rate"),
        (['2025-01-31,USD,EUR,"1,234",'], "may be 1.234 or 1234"),
        (["2025-01-31,USD,,1,"], "the rate has no to"),
        (["2025-01-31,dollar,EUR,1,"], "'dollar' is not a currency code"),
        (
            ["2025-01-31,USD,EUR,1,", "2025-01-31,USD,EUR,2,"],
            "two rates from USD to EUR on 2025-01-31",
        ),
    ],
)
def test_rates_that_cannot_be_followed_are_refused(retention, folder, rows, said):
    exports(folder / "in", ["EUR"])
    told(folder / "in")
    lines = ["Date,From,To,Rate,Source", *rows]
    (folder / "in" / "rates.csv").write_text("\n".join(lines), "utf-8")
    ran = retention("compute", "in", *PERIOD)
    assert (ran.code, said in ran.err) == (3, True), ran.err


def test_rates_without_a_currency_of_the_reports_are_said_to_have_no_effect(retention, folder):
    exports(folder / "in", ["EUR"])
    (folder / "in" / "retention.toml").write_text("[rates.USD]\n2025-06-01 = 0.5\n", "utf-8")
    ran = retention("compute", "in", *PERIOD)
    assert "have no effect without report_currency" in ran.err
    (folder / "in" / "retention.toml").write_text("[rates]\nUSD = 0.5\n", "utf-8")
    wrong = retention("compute", "in", *PERIOD)
    assert (wrong.code, "[rates.USD]" in wrong.err) == (2, True), wrong.err
