"""Currencies that number formats show beside amounts of one column."""

from __future__ import annotations

import datetime as dt
import itertools
from pathlib import Path

import openpyxl
import pytest

from retention_cli.findings.file_report import RejectLimit
from retention_cli.findings.rejects import RejectsFile
from retention_cli.loading.all_files import load
from retention_cli.loading.one_file import read_parts
from retention_cli.settings import Settings
from retention_cli.sources.locating import Located

HEAD = ("Invoice No", "Invoice Date", "Customer ID", "Amount")
US, CANADA, BARE = "[$$-409]#,##0.00", "[$$-1009]#,##0.00", '"$"#,##0.00'
EURO, EUROS, PLAIN = "#,##0.00 [$€-407]", '#,##0.00 "EUR"', "#,##0.00"


@pytest.fixture(autouse=True)
def _in_a_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def workbook(name, form, *more, head=()):
    """Write two invoices; `more` has cells, and formats of numbers, of further columns."""
    book = openpyxl.Workbook()
    book.active.append([*HEAD, *head])
    for number in (1, 2):
        day = dt.date(2025, 6, number)
        book.active.append(
            [f"{name}-{number}", day, f"C{number}", 10.5, *(cell for cell, _ in more)]
        )
        formats = (form, *(shown for _, shown in more))
        for place, shown in enumerate(formats, len(HEAD)):
            book.active.cell(number + 1, place).number_format = shown
    book.save(f"{name}.xlsx")
    return f"{name}.xlsx"


def plain(name, *lines):
    Path(f"{name}.csv").write_text("\n".join([",".join(HEAD), *lines]) + "\n", "utf-8")
    return f"{name}.csv"


def loaded(*files, toml=""):
    """Give the currencies of all rows, and what was assumed of the files."""
    settings = Settings()
    if toml:
        Path("retention.toml").write_text(toml, "utf-8")
        settings = Settings.load(Path("retention.toml"))
    located = [Located(Path(file), kind="invoices") for file in files]
    parts = [part for file in located for part in read_parts(file, settings)]
    with RejectsFile(None) as unused:
        found = load(parts, settings=settings, limit=RejectLimit.parse("0%"), rejects=unused)
    rows = found.dataset.rows("invoices")
    said = " ".join(one for export in found.exports for one in export.assumed)
    if "currency" not in rows.column_names:
        return set(), said
    return set(rows["currency"].to_pylist()), said


@pytest.mark.parametrize(
    ("form", "code"),
    [(US, "USD"), (CANADA, "CAD"), (BARE, "USD"), (EURO, "EUR"), (EUROS, "EUR")],
)
def test_amounts_are_in_the_currency_of_their_format(form, code):
    found, said = loaded(workbook("a", form))
    assert found == {code}
    assert f"amounts are taken as {code}, by the number format of 'Amount'" in said


@pytest.mark.parametrize("form", [PLAIN, "General", '0.00 "PCX"'])
def test_a_format_without_a_currency_says_nothing(form):
    assert loaded(workbook("a", form)) == (set(), "")


def test_files_in_two_currencies_are_not_one():
    for files in itertools.permutations([workbook("a", US), workbook("b", EURO)]):
        assert loaded(*files)[0] == {"USD", "EUR"}


def test_a_file_that_names_none_takes_that_of_the_others_and_it_is_said():
    files = workbook("a", EURO), plain("b", "7,2025-06-03,C1,5.25")
    for some in (files, files[::-1]):
        found, said = loaded(*some)
        assert found == {"EUR"}
        assert "amounts are taken as EUR, by the number formats of a.xlsx" in said


def test_where_cells_name_theirs_a_file_without_one_is_asked_about_as_ever():
    files = (
        workbook("a", EURO),
        plain("b", "7,2025-06-03,C1,€5.25"),
        plain("c", "8,2025-06-03,C1,6.25"),
    )
    assert loaded(*files)[0] == {"EUR", None}


def test_a_dollar_sign_alone_is_the_dollar_of_the_others():
    for files in itertools.permutations([workbook("a", BARE), workbook("b", CANADA)]):
        found, said = loaded(*files)
        assert found == {"CAD"}
        assert "amounts are taken as CAD, by the currency that other files name" in said
    assert loaded("a.xlsx", workbook("c", US))[0] == {"USD"}
    assert loaded("a.xlsx", "b.xlsx", "c.xlsx")[0] == {"CAD", "USD"}


def test_the_settings_give_way_to_a_format_and_it_is_said():
    found, said = loaded(workbook("a", US), toml='currency = "EUR"')
    assert found == {"USD"}
    assert "and not as EUR" in said
    assert loaded("a.xlsx", toml='currency = "USD"')[1].count("by the settings")
    assert loaded(workbook("b", BARE), toml='currency = "CAD"')[0] == {"CAD"}
    rule = '[[export]]\nfile = "a.xlsx"\nkind = "invoices"\n[export.constants]\ncurrency = "EUR"'
    assert loaded("a.xlsx", toml=rule) == ({"EUR"}, "")


def test_a_format_or_sign_against_the_column_of_currencies_is_said():
    file = workbook("a", US, ("EUR", PLAIN), head=("Currency",))
    found, said = loaded(file)
    assert found == {"EUR"}
    assert "'Amount' shows USD in 2 rows, which count as EUR, by 'Currency'" in said
    assert loaded(workbook("b", BARE, ("CAD", PLAIN), head=("Currency",))) == ({"CAD"}, "")
    lines = [f"{number},2025-06-03,C1,{sign}5,GBP" for number, sign in enumerate("$£", 1)]
    Path("c.csv").write_text("\n".join([",".join([*HEAD, "Currency"]), *lines]), "utf-8")
    found, said = loaded("c.csv")
    assert found == {"GBP"}
    assert "shows USD in 1 row, which count as GBP" in said


def test_costs_of_another_currency_beside_the_amounts_are_said():
    _, said = loaded(workbook("a", EURO, (3.25, US), head=("Cost",)))
    assert "'Cost' shows USD in 2 rows, which count as EUR" in said
    assert "shows" not in loaded(workbook("b", EURO, (3.25, EURO), head=("Cost",)))[1]


ROWS = ["1,2025-06-01,C1,10.50", "2,2025-06-02,C2,20.25"]


def titled(name, title):
    Path(f"{name}.csv").write_text("\n".join([title, "", ",".join(HEAD), *ROWS]) + "\n", "utf-8")
    return f"{name}.csv"


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("Currency: USD", "USD"),
        ("Währung: EUR", "EUR"),
        ("All amounts in GBP", "GBP"),
        ("Devise €", "EUR"),
    ],
)
def test_amounts_are_in_the_currency_of_the_title(title, code):
    found, said = loaded(titled("a", title))
    assert found == {code}
    assert f"amounts are taken as {code}, by the row above the header" in said


@pytest.mark.parametrize(
    "title", ["Sales report", "TOP 10 CUSTOMERS", "ALL REGIONS", "Currency: EUR USD"]
)
def test_a_title_without_one_currency_says_nothing(title):
    assert loaded(titled("a", title)) == (set(), "")


def test_files_whose_names_differ_by_a_currency_are_in_those():
    for files in itertools.permutations(
        [plain("sales_EUR", *ROWS), plain("sales_USD", "3,2025-06-03,C1,7.50")]
    ):
        found, said = loaded(*files)
        assert found == {"EUR", "USD"}
        assert "amounts are taken as USD, by the name of the file" in said


def test_a_name_alone_tells_no_currency():
    assert loaded(plain("sales_EUR", *ROWS)) == (set(), "")
    assert loaded("sales_EUR.csv", plain("orders_USD", "3,2025-06-03,C1,7.50")) == (set(), "")


@pytest.mark.parametrize("signs", [("€", "$"), ("EUR", "USD")])
def test_a_column_without_a_name_may_have_the_currencies(signs):
    rows = [f"{number},2025-06-03,C1,5.25,{sign}" for number, sign in enumerate(signs, 1)]
    Path("a.csv").write_text("\n".join([",".join(HEAD) + ",", *rows]) + "\n", "utf-8")
    found, said = loaded("a.csv")
    assert found == {"EUR", "USD"}
    assert "currencies are taken from column 5, which has no name" in said
    Path("b.csv").write_text("\n".join([",".join(HEAD) + ",", f"{rows[0]}?"]) + "\n", "utf-8")
    assert loaded("b.csv") == (set(), "")
