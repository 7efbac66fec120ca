"""The workbooks of accounts and of a scorecard: live formulas, the same bytes, nothing that runs."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pytest

ROWS = 12
FORMULA = re.compile(r"(<c [^>]*?)(?: t=\"str\")?(/?>)<f>([^<]*)</f><v>[^<]*</v>")


@pytest.fixture(scope="module")
def exports(tmp_path_factory):
    """Accounts that earn, lose and have nothing to divide by; names that spreadsheets would run."""
    folder = tmp_path_factory.mktemp("exports")
    people = ["customer_id,customer_name,manager,start_date,end_date"]
    sold = ["customer_id,invoice_date,amount,cost"]
    spent = ["customer_id,cost_date,hours,rate,category", ",2025-06-02,3,33.33,Rent"]
    for n in range(ROWS):
        people.append(f"=K{n},@SUM(A1:A{n + 1}),{'+Ada' if n % 2 else 'Bo & <Co>'},2024-01-01,")
        sold += [
            f"=K{n},2025-05-02,{100 + n}.37,50",
            f"=K{n},2025-06-02,{300 - 20 * n}.11,{10 * n}",
        ]
        spent.append(f"=K{n},2025-06-05,0.3333,{10 + n}.99,Visit")
    sold.append("=K11,2025-06-30,-500.25,-1")
    files = {"customers": people, "invoices": sold, "costs": spent}
    for name, lines in files.items():
        (folder / f"{name}.csv").write_text("\n".join(lines) + "\n", "utf-8")
    (folder / "retention.toml").write_text('spread = "equally"\ncurrency = "EUR"\n', "utf-8")
    return folder


@pytest.fixture(scope="module")
def known():
    """Workbooks that an earlier test had written."""
    return {}


@pytest.fixture
def written(retention, folder, exports, known):
    def call(command, *asked, again=False):
        if not again and (command, *asked) in known:
            return known[command, *asked]
        ran = retention(command, exports, "--period", "2025-06", *asked, "-o", "x.xlsx", "-q")
        assert (ran.code, ran.err) == (0, "")
        known[command, *asked] = (folder / "x.xlsx").read_bytes()
        return known[command, *asked]

    return call


def values(content):
    book = openpyxl.load_workbook(BytesIO(content), data_only=True)
    return {sheet.title: [[c.value for c in row] for row in sheet.rows] for sheet in book}


def test_the_sheets_are_those_that_finance_asks_for(written):
    book = openpyxl.load_workbook(BytesIO(written("accounts")))
    assert book.sheetnames == [
        *("Summary", "Accounts", "Cost lines", "Managers", "Definitions", "Data quality"),
    ]
    accounts = book["Accounts"]
    assert accounts.freeze_panes == "D4"
    assert accounts.auto_filter.ref == f"A3:S{3 + ROWS}"
    assert (accounts.page_setup.orientation, accounts.page_setup.paperSize) == ("landscape", 9)
    assert accounts.print_title_rows == "$3:$3"
    assert len(book["Summary"]._charts) == 2
    assert (book.properties.creator, book.properties.lastModifiedBy) == (None, None)
    assert book["Summary"]["B12"].value.startswith("=SUMIF(Accounts!")
    compute = openpyxl.load_workbook(BytesIO(written("compute")))
    assert compute.sheetnames == ["Summary", "Definitions", "Data quality"]


def test_cached_values_are_those_of_the_json(written, retention, exports):
    told = json.loads(retention("accounts", exports, "--period", "2025-06", "--format", "json").out)
    sheets = values(written("accounts"))
    head, *rows = sheets["Accounts"][2:]
    for one, row in zip(told["accounts"], rows, strict=False):
        cells = dict(zip(head, row, strict=True))
        assert cells["Profit"] == pytest.approx(float(one["profit"]), abs=0.00005)
        assert cells["Margin"] == (
            pytest.approx(one["margin"]) if one["margin"] is not None else None
        )
        assert cells["Cumulative share"] == pytest.approx(one["cumulative_share"])
    total = dict(zip(head, sheets["Accounts"][3 + ROWS], strict=True))
    assert total["Profit"] == pytest.approx(float(told["totals"]["profit"]), abs=0.00005)
    costs = total["Direct cost"] + total["Cost to serve"]
    lines = next(row for row in reversed(sheets["Cost lines"]) if row[0] == "Total")
    assert lines[5] == pytest.approx(costs, abs=0.005)


def test_the_same_input_gives_the_same_bytes(written):
    for command in ("accounts", "compute"):
        first = written(command)
        assert written(command, again=True) == first


def test_no_text_is_a_formula(written):
    for content in (written("accounts"), written("compute", "--by", "manager")):
        book = openpyxl.load_workbook(BytesIO(content))
        for sheet in book:
            for row in sheet.rows:
                for one in row:
                    if one.data_type == "f":
                        assert "@" not in one.value
                        assert "=K" not in one.value
        texts = "".join(str(row) for rows in values(content).values() for row in rows)
        assert "'+Ada" in texts


def test_a_workbook_of_ours_is_no_export(retention, folder, exports, written):
    (folder / "x.xlsx").write_bytes(written("accounts"))
    shutil.copy(exports / "invoices.csv", folder / "invoices.csv")
    ran = retention("check", ".", "--verbose")
    assert ran.err == "ignored: x.xlsx (written by retention)\n"


@pytest.mark.sweep
def test_libreoffice_recalculates_every_formula_to_its_value(written, tmp_path):
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed: formulas were not recalculated")
    content = written("accounts")
    bare = tmp_path / "bare.xlsx"
    with ZipFile(BytesIO(content)) as old, ZipFile(bare, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name.startswith("xl/worksheets/"):
                text = FORMULA.sub(r"\1\2<f>\3</f>", text.decode()).encode()
            new.writestr(name, text)
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    out = tmp_path / "out"
    command = [
        office,
        profile,
        "--headless",
        "--convert-to",
        "xlsx",
        "--outdir",
        str(out),
        str(bare),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    expected, found = values(content), values((out / "bare.xlsx").read_bytes())
    formulas = openpyxl.load_workbook(BytesIO(content))
    counted = 0
    for sheet in formulas:
        for row in sheet.rows:
            for one in row:
                if one.data_type == "f":
                    place = (one.row - 1, one.column - 1)
                    told, now = (
                        both[sheet.title][place[0]][place[1]] for both in (expected, found)
                    )
                    assert (now or 0) == pytest.approx(told or 0, abs=0.005), (
                        sheet.title,
                        one.coordinate,
                    )
                    counted += 1
    assert counted > 100
