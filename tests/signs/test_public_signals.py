"""The back-test on public data sets: docs/signals.md has these tables, and this test makes them.

`UPDATE_GOLDEN=1 pytest -m sweep tests/signs/test_public_signals.py` writes them again.
"""

from __future__ import annotations

import csv
import json
import os
import re
from pathlib import Path

import pandas as pd
import pytest

PAGE = Path(__file__).parents[2] / "docs" / "signals.md"
BETWEEN = re.compile("(?<=<!-- public data -->\n).*?(?=<!-- end of public data -->)", re.DOTALL)
TICKETS = """
[[export]]
file = "ravenstack_support_tickets.csv"
kind = "tickets"
[[export]]
file = "ravenstack_support_tickets.csv"
kind = "surveys"
[export.columns]
score = "satisfaction_score"
responded_at = "closed_at"
[export.constants]
kind = "csat"
scale_max = "5"
"""
SHORT = 'activity_window = "14 days"\n[signals]\nhorizon = 14\nrecent = 14\n'
HEADINGS = "| rule | flags | left | precision | recall | lift | beats silence |\n|---|---|---|---|---|---|---|\n"

pytestmark = [pytest.mark.sweep, pytest.mark.shared]


def ravenstack(data, folder):
    """Accounts end on their first churn event; tickets and their scores are as exported."""
    ends = {}
    with (data / "ravenstack" / "ravenstack_churn_events.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            ends[row["account_id"]] = min(row["churn_date"], ends.get(row["account_id"], "9999"))
    with (data / "ravenstack" / "ravenstack_accounts.csv").open(encoding="utf-8") as file:
        people = list(csv.DictReader(file))
    lines = ["customer_id,start_date,end_date"]
    for row in people:
        end = ends.get(row["account_id"], "")
        lines.append(
            f"{row['account_id']},{row['signup_date']},{end if end >= row['signup_date'] else ''}"
        )
    (folder / "customers.csv").write_text("\n".join(lines) + "\n", "utf-8")
    (folder / "retention.toml").write_text(TICKETS, "utf-8")
    tickets = data / "ravenstack" / "ravenstack_support_tickets.csv"
    (folder / tickets.name).write_bytes(tickets.read_bytes())
    return [folder]


def cdnow(data, folder):
    return [data / "cdnow" / "CDNOW_master.txt"]


def telco(data, folder):
    return [data / "telco-ibm" / "Telco-Customer-Churn.csv"]


def online_retail(data, folder):
    (folder / "retention.toml").write_text(
        SHORT + '[[export]]\nfile = "online_retail_*.csv"\nkind = "invoices"\n[export.columns]\n'
        'amount = { multiply = ["Quantity", "UnitPrice"], round = 2 }\n',
        "utf-8",
    )
    files = sorted((data / "online-retail-uci").glob("online_retail_*.csv"))
    return ["--config", folder / "retention.toml", *files]


SETS = {
    "ravenstack": (
        ravenstack,
        "synthetic: accounts that end on their first churn event, tickets and scores",
    ),
    "cdnow": (cdnow, "a log of purchases; leaving is 12 months without one"),
    "online-retail-uci": (
        online_retail,
        "two months of a shop; leaving is 14 days without a purchase, over 14 days",
    ),
    "telco-ibm": (telco, "a flag of who left, without any date"),
}


def table(found):
    test = found["backtest_of"]
    if test["reason"]:
        return f"No test: {test['reason']}.\n"
    lines = []
    for one in found["backtest"]:
        if one["precision"] is None:
            continue
        low, high = one["lift_interval"]
        lift = f"{one['lift']:.2f} ({low:.2f} to {high:.2f})" if one["rule"] != "everyone" else "1"
        beats = {None: "", True: "yes", False: "no"}[one["beats_silence"]]
        shares = [f"{one[name] * 100:.1f} %" for name in ("precision", "recall")]
        cells = (
            f"`{one['rule']}`",
            f"{one['flagged']:,}",
            f"{one['leavers_flagged']:,}",
            *shares,
            lift,
            beats,
        )
        lines.append(f"| {' | '.join(cells)} |\n")
    said = f"{len(test['closes'])} closes up to {test['closes'][-1]}, {test['customers_at_closes']:,} times a"
    return f"{said} customer was there, {test['leavers']:,} times it left.\n\n{HEADINGS}{''.join(lines)}"


def section(name, what, found):
    return f"### {name}\n\n{what[0].upper()}{what[1:]}. {table(found)}\n"


def test_the_page_has_what_the_back_test_finds_on_public_data(retention, shared_data, folder):
    parts = []
    for name, (prepare, what) in SETS.items():
        place = folder / name
        place.mkdir()
        words = prepare(shared_data, place)
        done = retention(
            "signals", *words, "--backtest", "--format", "json", "--max-rejects", "99%"
        )
        refused = {"backtest_of": {"reason": done.err.partition("error: ")[2].partition("\n")[0]}}
        parts.append(section(name, what, json.loads(done.out) if done.code == 0 else refused))
    text = PAGE.read_text("utf-8")
    made = "\n" + "\n".join(parts)
    if os.environ.get("UPDATE_GOLDEN"):
        PAGE.write_text(BETWEEN.sub(lambda _: made, text), "utf-8")
        text = PAGE.read_text("utf-8")
    assert BETWEEN.search(text)[0] == made


CALLS = """
[[export]]
file = "01 Call-Center-Dataset.xlsx"
kind = "tickets"
[export.columns]
ticket_id = "Call Id"
created_at = "Date"
first_response_duration = { from = "Speed of answer in seconds", unit = "seconds" }
[[export]]
file = "01 Call-Center-Dataset.xlsx"
kind = "surveys"
[export.columns]
ticket_id = "Call Id"
responded_at = "Date"
score = "Satisfaction rating"
[export.constants]
kind = "csat"
scale_max = "5"
"""


def rho_of(retention, folder, file, settings):
    (folder / "retention.toml").write_text(settings, "utf-8")
    told = ("--config", folder / "retention.toml", "--format", "json", "--max-rejects", "99%")
    done = retention("review", file, *told)
    assert done.code == 0, done.err
    pairs = json.loads(done.out)["together"]
    return next(p for p in pairs if (p["service"], p["per"]) == ("First response", "ticket"))


def test_csat_beside_response_time_is_that_of_pandas_on_public_tickets(
    retention, shared_data, folder
):
    file = shared_data / "ravenstack" / "ravenstack_support_tickets.csv"
    plain = pd.read_csv(file).dropna(subset=["satisfaction_score"])
    theirs = plain.satisfaction_score.corr(plain.first_response_time_minutes, "spearman")
    found = rho_of(retention, folder, file, TICKETS)
    assert (found["n"], found["rho"]) == (len(plain), pytest.approx(theirs, abs=1e-12))


def test_csat_beside_speed_of_answer_is_that_of_pandas_on_public_calls(
    retention, shared_data, folder
):
    file = shared_data / "tickets-pwc-callcentre" / "01 Call-Center-Dataset.xlsx"
    plain = pd.read_excel(file, engine="openpyxl").dropna(subset=["Satisfaction rating"])
    theirs = plain["Satisfaction rating"].corr(plain["Speed of answer in seconds"], "spearman")
    found = rho_of(retention, folder, file, CALLS)
    assert (found["n"], found["rho"]) == (len(plain), pytest.approx(theirs, abs=1e-12))
