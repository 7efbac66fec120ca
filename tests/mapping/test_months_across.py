"""Months that are columns: nothing reads them, and that is said."""

from __future__ import annotations

import pytest

from retention_cli.errors import DataRefusedError
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
def test_a_table_of_customers_and_months_is_told_as_that(months):
    with pytest.raises(DataRefusedError) as refused:
        assign([sheet(["Customer", *months])])
    assert refused.value.message.endswith(f"its months are columns, '{months[0]}' to '{months[2]}'")
    assert refused.value.hint.startswith("write a row for each customer and month")


@pytest.mark.parametrize("months", MONTHS, ids=lambda months: months[0])
def test_months_beside_what_is_read_are_said(months, retention, folder):
    text = f"customer_id,start_date,{','.join(months)}\n1,2024-01-01,1.00,2.00,3.00\n"
    (folder / "a.csv").write_text(text, "utf-8")
    said = " ".join(retention("compute", "a.csv").out.split())
    assert f"'{months[0]}' to '{months[2]}' are columns of months, and are not read; a row" in said


def test_two_months_or_other_names_are_no_table_of_months():
    for headers in (["Customer", "May", "Mar"], ["Customer", "Mario", "June Lee", "Augusta"]):
        with pytest.raises(DataRefusedError) as refused:
            assign([sheet(headers)])
        assert "months" not in refused.value.message
