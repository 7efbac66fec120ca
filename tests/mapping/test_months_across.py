"""Months that are columns: what is in them is asked, and read month by month."""

from __future__ import annotations

import json

import pytest

from retention_cli.errors import DataRefusedError
from retention_cli.mapping.month_spans import days_between
from retention_cli.mapping.sheets import assign
from retention_cli.reading.delimited.csv import read_csv

MONTHS = [
    ["Jan 2025", "Feb 2025", "Mar 2025"],
    ["janv. 25", "févr. 25", "mars 25"],
    ["Januar", "Februar", "März"],
    ["2025-01", "2025-02", "2025-03"],
    ["2025-01-01", "2025-02-01", "2025-03-01"],
]


def sheet(headers, name="x.csv"):
    cells = ",".join(["A", *["10.00"] * (len(headers) - 1)])
    return read_csv(f"{','.join(headers)}\n{cells}\n".encode(), file=name)


@pytest.mark.parametrize("months", MONTHS, ids=lambda months: months[0])
def test_what_is_in_the_months_of_a_table_is_asked(months):
    with pytest.raises(DataRefusedError) as refused:
        assign([sheet(["Customer", *months], "Fees 2025.csv")])
    assert f"its months are columns, '{months[0]}' to '{months[2]}', and only its" in str(
        refused.value
    )
    (ask,) = refused.value.asks
    assert f"--map invoices.amount='{ask.proposed}'" in refused.value.hint
    days = days_between(["Customer", *months], ask.proposed)
    assert days == {1: "2025-01-01", 2: "2025-02-01", 3: "2025-03-01"}


def test_months_of_no_year_are_not_proposed_with_one():
    with pytest.raises(DataRefusedError) as refused:
        assign([sheet(["Customer", "Jan", "Feb", "Mar"])])
    assert refused.value.asks == ()
    assert "--map invoices.amount='Jan..Mar', with the year behind the first;" in refused.value.hint


GRID = """Customer,Segment,Nov,Dec,Jan,Sum
Ann,A,10.00,,"1,000.50",1010.50
Bo,B,-,20.00,0,20.00
Total,,10.00,20.00,"1,000.50",1030.50
"""


@pytest.mark.parametrize("by_option", [True, False])
def test_a_table_is_read_once_for_each_month(by_option, retention, folder):
    (folder / "grid.csv").write_text(GRID, "utf-8")
    rule = 'file = "grid.csv"\nkind = "invoices"\n[export.columns]\namount = "Nov 2024..Jan"\n'
    told = ["--map", "invoices.amount=Nov 2024..Jan"] if by_option else []
    if not by_option:
        (folder / "retention.toml").write_text(f"[[export]]\n{rule}", "utf-8")
    ran = retention("explain", "revenue", ".", "--period", "2025-01", "--format", "json", *told)
    figure = json.loads(ran.out)["figure"]
    assert figure["value"] == "1000.50"
    ran = retention("compute", ".", "--period", "2024-12", "--format", "json", *told)
    result = json.loads(ran.out)
    values = {one["kpi"]: one["value"] for one in result["figures"]}
    assert values["revenue"] == "20.00"
    counts = [(one["rows"], one["accepted"], one["skipped"]) for one in result["data"]["files"]]
    assert counts == [(3, 1, 2), (3, 1, 2), (3, 1, 2)]
    said = " ".join(retention("compute", ".", "--period", "2024-12", *told).out.split())
    assert "grid.csv: each row is read once for each month, 'Nov' to 'Jan'" in said
    checked = " ".join(retention("check", ".", *told).out.split())
    assert checked.count("grid.csv: ready") == 2  # The file, and the verdict at the end.
    assert "9 rows = 3 accepted" in checked
    assert "amount Nov to Jan" in checked


@pytest.mark.parametrize("months", MONTHS, ids=lambda months: months[0])
def test_months_beside_what_is_read_are_said(months, retention, folder):
    text = f"customer_id,start_date,{','.join(months)}\n1,2024-01-01,1.00,2.00,3.00\n"
    (folder / "a.csv").write_text(text, "utf-8")
    said = " ".join(retention("compute", "a.csv").out.split())
    assert (
        f"'{months[0]}' to '{months[2]}' are columns of months, and are not read; check says how"
        in said
    )


def test_two_months_or_other_names_are_no_table_of_months():
    for headers in (["Customer", "May", "Mar"], ["Customer", "Mario", "June Lee", "Augusta"]):
        with pytest.raises(DataRefusedError) as refused:
            assign([sheet(headers)])
        assert "months" not in refused.value.message
