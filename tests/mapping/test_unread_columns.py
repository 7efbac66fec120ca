from __future__ import annotations

import json
from pathlib import Path

import pytest

from retention_cli.mapping.unread_columns import looks_like


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        pytest.param("Plan", ["Pro", "Basic"], id="words"),
        pytest.param("Seats", ["5", "12"], id="whole numbers"),
        pytest.param("Score", ["4.5", "3.25"], id="decimals"),
        pytest.param("Renewed", ["2025-06-01", "never"], id="not all days"),
        pytest.param("Partner ID", ["P1", "P1"], id="an id that repeats"),
        pytest.param("Partner ID", ["P1"], id="one id"),
        pytest.param("Paid", ["1234.5678", "12.00"], id="four decimals"),
        pytest.param("Phone", ["12-34-56", "1.2.3.4"], id="numbers with marks"),
        pytest.param("Empty", [], id="nothing"),
    ],
)
def test_other_cells_look_like_nothing(header, cells):
    assert looks_like(header, cells) is None


@pytest.mark.parametrize(
    ("header", "cells", "looks"),
    [
        ("Renewed", ["2025-06-01", "2025-07-01 10:00"], "dates"),
        ("Seen", ["31.12.2025", "1.1.26"], "dates"),
        ("Seen", ["06/01/2025"], "dates"),
        ("Fee", ["9.50", "1,234.00"], "money"),
        ("Gebühr", ["9,50", "-3,00"], "money"),
        ("Fee", ["€ 9", "$12"], "money"),
        ("Partner ID", ["P1", "P2"], "ids"),
        ("Kontonummer", ["1", "2"], "ids"),
        ("partnerId", ["1", "2"], "ids"),
        ("ID", ["1", "2"], "ids"),
    ],
)
def test_days_money_and_ids_are_told(header, cells, looks):
    assert looks_like(header, cells) == looks


def test_check_names_what_looks_like_something_and_is_not_read(retention):
    header = "customer_id,start_date,Renewed,Fee,Plan\n"
    Path("customers.csv").write_text(header + "1,2025-01-01,2025-06-01,9.50,Pro\n", "utf-8")
    out = retention("check", ".").out
    assert "'Renewed' looks like dates, and is not read" in out
    assert "'Fee' looks like money, and is not read" in out
    columns = json.loads(retention("check", ".", "--format", "json").out)["files"][0]["columns"]
    said = {column["source"]: (column["because"], column["looks_like"]) for column in columns}
    assert said["Renewed"] == ("kept as it is", "dates")
    assert said["Plan"] == ("kept as it is", None)
