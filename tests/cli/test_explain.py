"""`retention explain`: definitions without data, members with it."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from collections import Counter
from pathlib import Path

import pytest

from retention_cli import kpis
from retention_cli.kpis import registry
from retention_cli.kpis.definitions import asked_for

CASE = Path(__file__).parents[1] / "cases" / "joined-and-left-inside"


@pytest.fixture
def joined(folder):
    shutil.copytree(CASE, folder / "exports")
    return ("exports", "--period", "2025")


def test_without_data_it_says_what_a_figure_means(retention):
    ran = retention("explain", "nrr")
    assert ran.code == 0
    for said in ("Net revenue retention", "Formula: now / before", "Needs: customers, invoices"):
        assert said in ran.out
    assert 'kpi = "net_revenue_retention"' in ran.out
    assert ">>> figure(" in ran.out


def test_without_data_it_lists_the_readings_and_asks_for_data_to_read(retention):
    assert "Other readings (--as): ours, top-two, mean" in retention("explain", "csat").out
    for asked in (("--as", "all"), ("--bases",), ("--members", "CS")):
        ran = retention("explain", "churn", *asked)
        assert (ran.code, "no PATH was given" in ran.err) == (2, True)


@pytest.mark.parametrize("name", kpis.names())
def test_every_kpi_is_explained_in_json(retention, name):
    told = json.loads(retention("explain", name, "--format", "json").out)
    said = told["definition"]
    assert (told["schema"], said["kpi"]) == ("retention-explain/1", name)
    assert all(said[key] for key in ("formula", "unit", "needs", "undefined", "source", "example"))
    assert (told["figure"], told["members"], told["readings"]) == (None, {}, [])


def test_aliases_are_nobody_elses():
    words = Counter(word for kpi in registry.every() for word in (kpi.name, *kpi.aliases))
    assert [word for word, times in words.items() if times > 1] == []


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("grr", "gross_revenue_retention"),
        ("fcr", "first_contact_resolution"),
        ("FRT", "first_response_time"),
        ("ltv", "clv"),
        ("churn", "churn_rate"),
        ("Customer churn rate", "churn_rate"),
        ("net-revenue-retention", "net_revenue_retention"),
    ],
)
def test_people_may_use_their_own_names(word, name):
    assert asked_for(word).name == name


def test_an_unknown_name_is_answered_with_the_nearest(retention):
    ran = retention("explain", "nrrr")
    assert (ran.code, ran.err) == (2, "error: unknown KPI 'nrrr'\nhint: did you mean 'nrr'?\n")
    assert retention("explain").code == 2


def test_members_are_those_of_each_part(retention, joined):
    told = json.loads(retention("explain", "churn_rate", *joined, "--format", "json").out)
    assert told["figure"]["value"] == 0.1
    assert {name: len(them) for name, them in told["members"].items()} == {"CS": 200, "lost": 20}
    first = told["members"]["lost"][0]
    assert (first["id"], first["name"], first["row"]) == ("B0001", "Customer B0001", 182)
    assert first["cells"]["end_date"] == "2025-05-10"


def test_the_table_shows_the_first_members_and_how_to_see_all(retention, joined):
    out = retention("explain", "churn_rate", *joined).out
    assert out.count("\n  B00") == 5
    assert "and 15 more: --members lost, or --format csv" in out
    whole = retention("explain", "churn_rate", *joined, "--members", "lost").out
    assert whole.count("\n  B00") == 20
    assert "CS: 200" not in whole


def test_an_unknown_part_is_answered_with_the_nearest(retention, joined):
    ran = retention("explain", "churn_rate", *joined, "--members", "lots")
    assert (ran.code, ran.err.splitlines()[-1]) == (2, "hint: did you mean 'lost'?")


def test_csv_has_all_members_and_adds_up(retention, joined):
    out = retention("explain", "retention", *joined, "--format", "csv", "-q").out
    rows = list(csv.DictReader(io.StringIO(out)))
    sums = Counter()
    for row in rows:
        sums[row["part"]] += int(row["adds"] or 0)
    assert sums == {"CS": 200, "CE": 218, "CN": 38}


def test_a_folder_of_exports_passes_over_members_that_were_written_there(retention, joined):
    retention("explain", "retention", *joined, "--output", "exports/members.csv")
    again = retention("explain", "retention", *joined, "--format", "json", "-v")
    assert again.code == 0
    assert "members.csv" in again.err


def test_no_width_cuts_an_id_or_a_row(retention, joined, monkeypatch):
    for columns in ("60", "80", "120"):
        monkeypatch.setenv("COLUMNS", columns)
        out = retention("explain", "churn_rate", *joined, "--members", "lost").out
        assert len(re.findall(r"B00\d\d\b", out)) >= 20


# One customer


@pytest.fixture
def of_one(folder):
    exports = folder / "exports"
    exports.mkdir()
    (exports / "customers.csv").write_text(
        "customer_id,customer_name,start_date,end_date\n"
        "C0042,Acme,2024-01-01,2025-02-28\nC0042,Acme,2025-05-01,\nc0042,Other,2024-01-01,\n"
        "C0043,Third,2024-01-01,\n",
        "utf-8",
    )
    (exports / "invoices.csv").write_text(
        "invoice_id,customer_id,invoice_date,amount\n"
        "I1,C0042,2025-05-15,10.00\nI2,C0042,2025-06-15,12.50\nI3,C0043,2025-06-15,99\n"
        "I4,C0042,31.02.2025,5\n",
        "utf-8",
    )
    (exports / "surveys.csv").write_text(
        "response_id,customer_id,responded_at,score,kind,scale_max\n"
        "R1,C0042,2025-06-20,9,nps,10\nR2,C0043,2025-06-20,3,nps,10\n",
        "utf-8",
    )
    return ("--id", "C0042", "exports", "--period", "2025-06", "--max-rejects", "50%")


def test_a_customer_is_shown_in_order_of_time(retention, of_one):
    told = json.loads(retention("explain", *of_one, "--format", "json").out)["customer"]
    assert (told["id"], told["name"], told["alike"]) == ("C0042", "Acme", ["c0042"])
    assert [(row["date"], row["kind"], row["row"]) for row in told["rows"]] == [
        ("2024-01-01", "customers", 2),
        ("2025-05-01", "customers", 3),
        ("2025-05-15", "invoices", 2),
        ("2025-06-15", "invoices", 3),
        ("2025-06-20", "surveys", 2),
    ]
    assert [(row["row"], row["code"]) for row in told["left_out"]] == [(5, "bad-date")]


def test_a_customer_is_shown_in_each_part_with_its_rows(retention, of_one):
    told = json.loads(retention("explain", *of_one, "--format", "json").out)["customer"]
    figures = {one["figure"]["kpi"]: one for one in told["figures"]}
    assert [m["row"] for m in figures["retention_rate"]["members"]["CS"]] == [3]
    assert figures["churn_rate"]["members"]["lost"] == []
    assert [(m["id"], m["adds"]) for m in figures["revenue"]["members"]["revenue"]] == [
        ("I2", "12.50")
    ]
    assert [m["id"] for m in figures["nps"]["members"]["promoters"]] == ["R1"]
    assert figures["nps"]["members"]["detractors"] == []
    assert "active at the close of the day before" in figures["churn_rate"]["rules"]["CS"]
    assert figures["csat"]["figure"]["reason"]


def test_a_customer_is_shown_for_people(retention, of_one):
    out = retention("explain", *of_one).out
    assert "nearly alike: 'c0042', which counts as another customer" in out
    assert "Customer churn rate: not in lost: those of them not active" in out
    assert "Revenue: in revenue with 12.50, by invoices.csv row 3" in out
    one = retention("explain", "churn", *of_one).out
    assert "Customer churn rate: in CS" in one
    assert "Revenue: " not in one
    rows = list(csv.DictReader(io.StringIO(retention("explain", *of_one, "--format", "csv").out)))
    assert [row["part"] for row in rows if not row["kpi"]] == [
        "customers",
        "customers",
        "invoices",
        "invoices",
        "surveys",
    ]


def test_hours_and_their_rate_are_shown_as_people_write_them(retention, of_one, folder):
    (folder / "exports" / "costs.csv").write_text(
        "customer_id,cost_date,hours,rate\nC0042,2025-06-03,1.5,58.00\nC0042,2025-06-04,2,60\n",
        "utf-8",
    )
    told = json.loads(retention("explain", *of_one, "--format", "json").out)["customer"]
    cells = [row["cells"] for row in told["rows"] if row["kind"] == "costs"]
    assert [(one["hours"], one["rate"], one["amount"]) for one in cells] == [
        (1.5, "58.00", "87.00"),
        (2, "60.00", "120.00"),
    ]


def test_an_unknown_customer_is_answered_with_the_nearest(retention, of_one):
    ran = retention("explain", "--id", "C043", *of_one[2:])
    assert (ran.code, ran.err.splitlines()[-1]) == (2, "hint: did you mean 'C0043'?")


# Readings


def readings_of(retention, joined, kpi, asked):
    told = json.loads(retention("explain", kpi, *joined, "--as", asked, "--format", "json").out)
    return {one["name"]: one for one in told["readings"]}


def test_the_three_readings_of_the_textbook_formula(retention, joined):
    found = readings_of(retention, joined, "retention_rate", "all")
    values = {name: found[name]["value"] for name in list(found)[:3]}
    assert values == {"ours": 0.9, "headcount-acquired": 0.89, "headcount-still-there": 0.915}
    five, three = [f"D000{one}" for one in range(1, 6)], [f"E000{one}" for one in range(1, 4)]
    acquired, there = found["headcount-acquired"], found["headcount-still-there"]
    assert (acquired["only_here"], acquired["only_in_ours"]) == (five, three)
    assert (there["only_here"], there["only_in_ours"]) == ([], three)
    assert (found["ours"]["as_ours"], found["standard"]["as_ours"]) == (True, True)
    assert not acquired["as_ours"]
    assert found["due-for-renewal"]["value"] is None
    assert "renewal_date" in found["due-for-renewal"]["reason"]


def test_readings_may_be_named(retention, joined):
    assert list(readings_of(retention, joined, "churn", "rolling-30, Ours")) == [
        "rolling-30",
        "ours",
    ]
    assert readings_of(retention, joined, "churn", "ours")["ours"]["value"] == 0.1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("churn", "exports", "--as", "headcount"), "did you mean 'headcount-acquired'?"),
        (("revenue", "exports", "--as", "all"), "leave --as out"),
        (("churn", "exports", "--as", "rolling-30=5"), "write no-repeat-in=14"),
        (("--id", "A0001", "exports", "--as", "all"), "churn_rate PATH --as all"),
    ],
)
def test_what_cannot_be_read_so_is_refused(retention, joined, arguments, said):
    ran = retention("explain", *arguments)
    assert (ran.code, said in ran.err) == (2, True), ran.err


def test_the_table_shows_readings_and_whom_they_count_otherwise(retention, joined):
    out = retention("explain", "churn", *joined, "--as", "all").out
    assert "only in ours as new: E0001, E0002, E0003" in out
    assert "as ours" in out


def test_groups_have_readings_of_their_own(retention, folder):
    exports = folder / "exports"
    exports.mkdir()
    (exports / "customers.csv").write_text(
        "customer_id,start_date,end_date,plan,renewal_date\n"
        "a1,2024-01-01,2025-06-10,A,2025-06-10\na2,2024-01-01,,A,2025-06-12\n"
        "b1,2024-01-01,,B,2025-07-01\nb2,2025-06-02,2025-06-20,B,\n",
        "utf-8",
    )
    asked = ("explain", "churn", "exports", "--period", "2025-06", "--by", "plan", "--as")
    names = "due-for-renewal,start-plus-new"
    told = json.loads(retention(*asked, names, "--format", "json").out)
    found = [
        [(one["value"], one["only_here"]) for one in figure["readings"]]
        for figure in (told, *told["groups"])
    ]
    assert found == [
        [(0.5, []), (0.5, ["b2"])],
        [(0.5, []), (0.5, [])],
        [(None, []), (0.5, ["b2"])],
    ]
    out = retention(*asked, "all").out
    assert "Other readings, plan: B" in out
    assert "## Other readings, plan: B" in retention(*asked, "all", "--format", "markdown").out
    rows = csv.DictReader(io.StringIO(retention(*asked, names, "--format", "csv").out))
    assert [(row["group"], row["part"], row["id"], row["adds"]) for row in rows][-3:] == [
        ("B", "due-for-renewal", "", ""),
        ("B", "start-plus-new", "", "0.5"),
        ("B", "start-plus-new only_here", "b2", ""),
    ]


def test_readings_that_are_not_told_by_group_say_so(retention, folder):
    (folder / "customers.csv").write_text(
        "customer_id,start_date,end_date\na,2024-01-01,2025-06-10\nb,2024-01-01,\n", "utf-8"
    )
    (folder / "invoices.csv").write_text(
        "customer_id,invoice_date,amount\na,2025-05-01,5\nb,2025-05-02,7\n", "utf-8"
    )
    (folder / "surveys.csv").write_text(
        "customer_id,responded_at,score,kind,channel\na,2025-06-02,9,nps,web\nb,2025-06-03,4,nps,web\n",
        "utf-8",
    )
    asked = (".", "--period", "2025-06", "--by", "channel", "--as", "all")
    out = retention("explain", "churn", *asked).out
    assert "Other readings, not by channel: the customers have no such column" in out
    assert "Other readings, channel" not in out
    told = json.loads(retention("explain", "nps", *asked, "--format", "json").out)
    found = {one["name"]: (one["value"], one["reason"]) for one in told["groups"][0]["readings"]}
    assert found["per-account"] == (0, None)
    assert found["by-revenue"][1].startswith("not by channel: an export that it rests on")
    assert next(one for one in told["readings"] if one["name"] == "by-revenue")["value"] < 0


# What is below


def test_the_screen_says_what_changes_the_figure_and_where_the_rest_is(retention, of_one):
    out = retention("explain", "revenue", *of_one[2:]).out
    assert out.rstrip().splitlines()[-1].endswith("more: --verbose, retention check")
    assert (
        "\nProblems" in out,
        "\nProblems" in retention("explain", "revenue", *of_one[2:], "-v").out,
    ) == (
        False,
        True,
    )


def test_net_amounts_of_gross_files_are_said_to_be(retention, of_one, folder):
    (folder / "exports" / "retention.toml").write_text('tax = "included 19%"', "utf-8")
    said = "amounts of invoices are shown without the tax"
    assert said in retention("explain", "revenue", *of_one[2:]).out
    assert said not in retention("explain", "nps", *of_one[2:]).out
