"""One figure on each basis, against who was there by hand, in every format."""

from __future__ import annotations

import csv
import io
import json

import pytest

ASKED = ("--period", "2025-06", "--map", "customer_id=id", "--bases")


@pytest.fixture
def exports(folder):
    files = {
        "customers": "id,customer_name,start_date,end_date\nC1,Ann,2024-01-01,\n"
        "C2,Bob,2024-01-01,\nC3,Cy,2024-01-01,2025-06-03\nC9,Di,2024-01-01,\n",
        "invoices": "customer_id,invoice_date,amount\nC1,2023-05-01,5\nC1,2025-05-01,10\n"
        "C2,2024-06-10,20\nC4,2025-06-29,5\n",
        "may": "id,customer_name\nC1,Ann\nC2,Bob\nC3,Cy\n",
        "june": "id,customer_name\nC1,Ann\nC3,Cy\nC4,Eve\n",
    }
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(text, "utf-8")
    return ("explain", "retention_rate", "customers.csv", "invoices.csv", *ASKED)


LISTS = ("--start", "may.csv", "--end", "june.csv")
EXPECTED = {
    "C2": ["stayed", "lost", "lost"],
    "C3": ["lost", "stayed", "not there"],
    "C4": ["not there", "new", "new"],
    "C9": ["stayed", "not there", "not there"],
}


def test_each_basis_has_its_figure_and_customers_their_states(retention, exports):
    found = json.loads(retention(*exports, *LISTS, "--format", "json").out)["bases"]
    assert [(one["basis"], one["value"], one["n"]) for one in found["figures"]] == [
        ("dates", 0.75, 4),
        ("snapshots", 2 / 3, 3),
        ("activity", 0.5, 2),
    ]
    assert {one["id"]: list(one["states"].values()) for one in found["disagreeing"]} == EXPECTED
    assert {one["id"]: one["name"] for one in found["disagreeing"]}["C3"] == "Cy"


def test_without_lists_the_others_are_compared(retention, exports):
    ran = retention(*exports, "--format", "markdown")
    assert "| C2 | Bob | stayed | lost |" in ran.out
    assert "customers on whom dates and activity disagree: 4" in ran.out


def test_the_table_and_csv_say_the_same(retention, exports):
    out = retention(*exports, *LISTS).out
    assert "  C4        not there  new        new" in out
    rows = csv.DictReader(io.StringIO(retention(*exports, *LISTS, "--format", "csv").out))
    told = [(row["id"], row["part"]) for row in rows if row["part"].startswith("basis")]
    assert told[0] == ("", "basis dates")
    assert ("C2", "basis dates: stayed") in told
    assert len(told) == 3 + 3 * len(EXPECTED)


def test_a_basis_that_says_nothing_says_why(retention, exports, folder):
    (folder / "invoices.csv").write_text(
        "customer_id,invoice_date,amount\nC1,2025-06-01,5\n", "utf-8"
    )
    out = retention(*exports).out
    assert "activity: undefined, by activity, customers at the start are known from" in out
    assert "disagree" not in out


def test_a_single_basis_is_said_to_be_alone(retention, exports):
    out = retention("explain", "churn", "customers.csv", *ASKED).out
    assert "the exports allow no other basis" in out


def test_other_figures_have_no_basis_to_compare(retention, exports):
    ran = retention("explain", "nps", "customers.csv", "--bases")
    assert (ran.code, ran.err.splitlines()[-1]) == (
        2,
        "hint: retention explain retention_rate PATH --bases",
    )
