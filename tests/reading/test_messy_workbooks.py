"""Workbooks of other projects' tests: what is in them is known, often as the same table in another form."""

from __future__ import annotations

import zipfile

import pytest

from retention_cli.errors import RetentionError
from retention_cli.reading import read, read_bytes
from text_workbooks import ods_package
from workbooks import texts

pytestmark = [pytest.mark.shared, pytest.mark.sweep]

FORMS = {".xls", ".xlsx", ".xlsm", ".xlsb", ".ods"}
REFUSED = {
    "encrypted_no_password.xls": "password-protected",
    "libreoffice.xlsx": "none of its sheets holds a cell",
}
SAME = [
    ("csvkit/test.xls", "csvkit/test.xlsx"),
    ("csvkit/test_skip_lines.xls", "csvkit/test_skip_lines.xlsx"),
    ("csvkit/dummy.xls", "csvkit/dummy.xlsx"),
    ("frictionless-py/sheet2.xls", "frictionless-py/sheet2.xlsx"),
    ("frictionless-py/table.xls", "frictionless-py/table.xlsx"),
    ("frictionless-py/table.ods", "frictionless-py/table.xlsx"),
    ("frictionless-py/table-with-booleans.ods", "frictionless-py/table-with-booleans.xls"),
    (
        "frictionless-py/cast-int-to-string-issue-1251.xls",
        "frictionless-py/cast-int-to-string-issue-1251.xlsx",
    ),
    ("messytables/simple.xls", "messytables/simple.xlsx"),
    ("messytables/loffice-4.4.1.2.ods", "messytables/simple.ods"),
]
RUSSIAN = "\N{CYRILLIC CAPITAL LETTER EL}\u0438\u0441\u04421"
NAMED = {2: ("1", "english"), 3: ("2", "中国人")}
PEOPLE = {2: ("Bob", "20", "2010-10-10"), 3: ("Jane", "23", "2012-01-01")}
NEWSPAPERS = {
    2: ("Chicago Reader", "1971-01-01", "40", "TRUE", "1", "1971-01-01 04:14:00"),
    3: ("Chicago Sun-Times", "1948-01-01", "63", "TRUE", "1.27", "1948-01-01 14:57:13"),
    4: ("Chicago Tribune", "1920-01-01", "164", "FALSE", "41800000.01", "1920-01-01"),
    5: ("This row has blanks", "", "", "", "", ""),
    6: ("Unicode! Σ", "", "", "", "", ""),
}
KNOWN = {
    ("csvkit/dummy.xls", "Sheet1"): {2: ("1", "2", "3")},
    ("csvkit/test.xls", "testfixed_converted.csv"): NEWSPAPERS,
    ("csvkit/sheets.xls", "data"): NEWSPAPERS,
    ("csvkit/sheets.xls", "ʤ"): {2: ("1", "2", "3")},
    ("frictionless-py/table.xls", RUSSIAN): NAMED,
    ("frictionless-py/table.ods", RUSSIAN): NAMED,
    ("frictionless-py/sheet2.xls", "Sheet2"): NAMED,
    ("frictionless-py/table-with-two-sheets.ods", "Tabelle2"): {2: ("1", "2", "3")},
    ("frictionless-py/table-output.ods", "Sheet 1"): {2: ("1", "english"), 3: ("2", "german")},
    ("frictionless-py/table-with-booleans.xls", RUSSIAN): {2: ("1", "TRUE"), 3: ("2", "FALSE")},
    ("frictionless-py/table-with-ints-floats-dates.xls", RUSSIAN): {
        2: ("2013", "3.3", "2009-08-16"),
        3: ("1997", "5.6", "2009-09-20"),
        4: ("1969", "11.7", "2012-08-23"),
    },
    ("frictionless-py/table-with-ints-floats-dates.ods", "test"): {
        2: ("2013", "3.3", "2009-08-16", "2009-08-16 05:43:21"),
        3: ("1997", "5.6", "2009-09-20", "2009-09-20 15:30:00"),
        4: ("1969", "11.7", "2012-08-23", "2012-08-23 20:40:59"),
    },
    ("messytables/simple.ods", "Sheet1"): PEOPLE | {4: ("Ian", "34", "2015-11-11")},
    ("messytables/blank_line.ods", "Sheet1"): PEOPLE | {5: ("Ian", "34", "2015-11-11")},
    ("messytables/multilineods.ods", "Sheet1"): {},
    ("messytables/unicode_sheet_name.xls", "mês"): {},
    ("frictionless-py/merged-cells.xls", RUSSIAN): {},
    ("messytables/span_rich.xls", "Sheet1"): {
        2: ("j", "MERGE", "", "e"),
        3: ("k", "", "", "d"),
        4: ("l", "s", "r", "c"),
        5: ("m", "bold and italic", "q", "b"),
        6: ("n", "o", "p", "a"),
    },
    ("messytables/ods_formats.ods", "Sheet1"): {
        2: ("2014-11-11", "11:12:12", "TRUE", "11.11", "1", "2", "3", "100000", "1.25", "abc"),
        3: ("2001-01-01", "0:00:12", "FALSE", "", "-10000", "", "", "", "", ""),
        4: ("", "0", "", "", "", "", "", "", "", ""),
        5: ("", "27:17:54", "", "", "", "", "11", "", "", ""),
        6: ("", "Other", "", "", "", "", "", "", "", ""),
    },
}


def cells(table):
    return table.headers, table.header_row, table.first_column, table.rows, texts(table)


def test_every_workbook_is_read_or_refused_with_its_cause(shared_data):
    files = [f for f in sorted((shared_data / "messy").rglob("*")) if f.suffix in FORMS]
    assert len(files) > 50
    for file in files:
        if file.name == "large.ods":  # its turn comes below, with one of its sheets
            continue
        try:
            tables = read(file, name=file.name)
        except RetentionError as error:
            assert REFUSED[file.name] in error.message
        else:
            assert file.name not in REFUSED
            told = [t.blank + len(t.numbers) + len(t.torn) + len(t.aside) for t in tables]
            assert told == [table.rows for table in tables], file


def test_a_table_is_the_same_in_each_of_its_files(shared_data):
    for one, other in SAME:
        first, second = (read(shared_data / "messy" / name, name=name) for name in (one, other))
        assert cells(first[0]) == cells(second[0]), one


def test_cells_are_as_their_projects_say(shared_data):
    for (name, sheet), wanted in KNOWN.items():
        (table,) = read(shared_data / "messy" / name, name=name, sheet=sheet)
        width = max(map(len, wanted.values()), default=0)
        assert {number: row[:width] for number, row in texts(table).items()} == wanted, name
    (lines,) = read(shared_data / "messy" / "messytables/multilineods.ods", name="a")
    assert lines.headers == ("1\n2\n3\n4",)


def test_a_large_spreadsheet_is_read_to_its_end(shared_data):
    """One of its six sheets, which is the longest that takes no longer than a second or two."""
    with zipfile.ZipFile(shared_data / "messy" / "messytables" / "large.ods") as package:
        first, *sheets = package.read("content.xml").decode().split("<table:table ")
    (table,) = read_bytes(ods_package(f"{first}<table:table {sheets[-1]}"), name="large.ods")
    assert (table.rows, table.blank) == (20_328, 0)
    assert texts(table)[2] == ("2012/13", "1", "Avon & Somerset", "104", "140")


def test_pages_of_other_projects_are_read_under_the_name_of_a_workbook(shared_data):
    found = {
        name: read_bytes(
            (shared_data / "messy" / "messytables" / f"{name}.html").read_bytes(),
            name=f"{name}.xls",
        )
        for name in ("rowcolspan", "badcolspan", "invisible_text", "html")
    }
    (spans,) = found["rowcolspan"]
    assert texts(spans)[3] == ("25", "26", "27", "", "29")
    assert texts(spans)[4] == ("", "36", "", "", "39")
    assert texts(spans)[9] == ("85", "86", "", "", "89")
    assert found["badcolspan"][0].headers == ("05", "06", "08", "09")
    assert texts(found["invisible_text"][0])[2][5] == "1 July 1879"
    assert found["html"][0].headers == ("HDI Rank", "Country", "1990", "", "2010")
