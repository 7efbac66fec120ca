"""`retention report -o book.xlsx`: the page as sheets."""

from __future__ import annotations

import json
from datetime import timedelta
from zipfile import ZipFile

import openpyxl
import pytest

import report_world
from retention_cli.cli import run
from retention_cli.kpis.registry import get
from retention_cli.results.report import SECTIONS
from retention_cli.text.outputs import is_our_workbook

pytestmark = pytest.mark.sweep


@pytest.fixture(scope="module")
def exports(tmp_path_factory):
    folder = tmp_path_factory.mktemp("exports")
    report_world.write_in(folder)
    return folder


@pytest.fixture(scope="module")
def book(exports):
    path = exports.parent / "book.xlsx"
    told = ("report", str(exports), "--by", "segment", "--period", "2025-06", "-o", str(path))
    assert run([*told, "-q"]) == 0
    return path


def sheets_of(path):
    loaded = openpyxl.load_workbook(path, data_only=True)
    return {sheet.title: [[c.value for c in row] for row in sheet.rows] for sheet in loaded}


def test_each_section_has_its_sheets_on_a4(book):
    loaded = openpyxl.load_workbook(book)
    assert loaded.sheetnames == [
        *("Summary", "Scorecard", "Trend", "Trend charts", "Trend numbers", "Bridge", "Cohorts"),
        *("Response times", "Net Promoter Score", "Profit", "Accounts", "Managers"),
        *("Definitions", "Data quality"),
    ]
    assert {(s.page_setup.orientation, s.page_setup.paperSize) for s in loaded} == {
        ("landscape", 9)
    }
    charts = {sheet.title: len(sheet._charts) for sheet in loaded if sheet._charts}
    assert charts.pop("Trend charts") > 10
    assert charts == {"Bridge": 2, "Response times": 1, "Net Promoter Score": 1, "Profit": 2}
    (heat, *_) = loaded["Cohorts"].conditional_formatting
    assert heat.rules[0].type == "colorScale"
    assert is_our_workbook(book)


def test_its_numbers_are_those_of_json_and_its_sums_are_formulas(exports, book, retention):
    told = ("--by", "segment", "--period", "2025-06", "--format", "json", "-q")
    figures = json.loads(retention("compute", exports, *told).out)["figures"]
    sheets = sheets_of(book)
    head = next(row for row in sheets["Scorecard"] if row[0] == "Figure")
    cells = [
        dict(zip(head, row, strict=True)) for row in sheets["Scorecard"] if row[1:2] and row[4:5]
    ]
    known = {(one["Figure"], one["Group"]): one for one in cells}
    shown = 0
    for one in figures:
        group = one["group"] and (one["group"]["value"] or "no segment")
        cell = known.get((get(one["kpi"]).title, group))
        if cell is None:
            continue
        value = None if one["value"] is None else float(one["value"])
        if value is not None and one["unit"] == "seconds":
            assert cell["Value"] == timedelta(seconds=value)
        else:
            assert cell["Value"] == (value if value is None else pytest.approx(value))
            assert cell["Gap"] == (one["gap"] if one["gap"] is None else pytest.approx(one["gap"]))
        shown += value is not None
    assert shown > 30
    assert known["Customer retention rate", None]["Owner"] == "Ada"
    walk = [row for row in sheets["Bridge"] if row[0] in {"Customers at the end", "lost"}]
    assert [row[1] for row in walk][:2] == [-1, 3]
    assert openpyxl.load_workbook(book)["Bridge"]["B9"].value == "=SUM(B4:B8)"


def test_a_workbook_has_no_text_that_runs_and_the_same_bytes(exports, book, retention):
    again = book.with_name("again.xlsx")
    told = ("report", exports, "--by", "segment", "--period", "2025-06", "-q")
    retention(*told, "-o", again)
    assert again.read_bytes() == book.read_bytes()
    for sheet in openpyxl.load_workbook(book):
        formulas = [c.value for row in sheet.rows for c in row if c.data_type == "f"]
        assert not any("alert" in one or "Bob" in one for one in formulas)


def test_sections_and_names_are_left_out_of_a_workbook(exports, retention):
    path = exports.parent / "few.xlsx"
    told = ("report", exports, "--period", "2025-06", "-q", "-o", path, "--no-names")
    retention(*told, "--sections", "accounts,data")
    assert list(sheets_of(path)) == ["Summary", "Profit", "Accounts", "Managers", "Data quality"]
    with ZipFile(path) as parts:
        text = b"".join(map(parts.read, parts.namelist()))
    assert (b"Ann" in text, b"alert(1)" in text, b"007" in text) == (False, False, True)
    retention("report", exports / "customers.csv", "--period", "2025-06", "-q", "-o", path)
    left = [row for row in sheets_of(path)["Summary"] if row[2] and row[0] != "Section"]
    assert [row[0] for row in left] == [SECTIONS[name] for name in ("responses", "nps", "accounts")]
    assert left[0][2] == "no tickets in the exports"
