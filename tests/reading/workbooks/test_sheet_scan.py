from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils import column_index_from_string, get_column_letter

from retention_cli.reading.workbooks.package import open_package
from retention_cli.reading.workbooks.sheet_scan import (
    column_letters,
    column_number,
    is_plain_text,
    scan_sheet,
)
from workbooks import rows, sheet, xml, zipped


def scan(text):
    return scan_sheet(open_package(zipped({"s.xml": text}), file="b.xlsx"), "s.xml")


@given(st.integers(1, 16_384))
def test_letters_and_numbers_of_columns(number):
    assert column_letters(number) == get_column_letter(number)
    assert column_number(column_letters(number)) == column_index_from_string(column_letters(number))


def test_an_ordinary_sheet_is_plain_and_measured():
    found = scan(sheet(rows(["a", None, "b"], [1, 2, True], first=4, column=2)))
    assert (found.plain, found.fits) == (True, True)
    assert (found.rows, found.last_row, found.last_column) == (2, 5, 4)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param('<row r="2"/><row r="1"/>', id="rows out of order"),
        pytest.param('<row r="2"/><row r="2"/>', id="a row twice"),
        pytest.param('<row r="1"><c r="A1" t="e"><v>#N/A</v></c></row>', id="an error"),
        pytest.param('<row r="1"><c r="A1" t="d"><v>2024-01-01</v></c></row>', id="a date as text"),
        pytest.param('<row r="1"><c r="A1"><v>0.99999999999</v></c></row>', id="almost midnight"),
        pytest.param('<row r="1"><c r="A1"><f>1</f></c></row>', id="never calculated"),
        pytest.param('<row r="1"><c r="A1" t="str"><v>_x0041_</v></c></row>', id="an escape"),
    ],
)
def test_what_readers_take_differently_is_not_plain(data):
    assert not scan(sheet(data)).plain


def test_what_was_never_calculated_is_told_from_empty_text():
    assert scan(sheet('<row r="1"><c r="A1"><f>1</f><v></v></c></row>')).uncalculated
    text = '<row r="1"><c r="A1" t="str"><f>1</f><v></v></c></row>'
    assert not scan(sheet(text)).uncalculated
    assert scan(sheet(text)).plain


def test_numbers_below_zero_are_noticed():
    assert scan(sheet(rows([-1]))).negative
    assert not scan(sheet(rows([1, "-1"]))).negative


def test_a_filled_cell_far_out_is_named_and_one_with_a_format_is_not():
    assert scan(sheet(rows(["x"], column=1001))).far == "ALM1"
    assert scan(sheet(rows(["x"], column=1000))).far is None
    empty = scan(sheet('<row r="1"><c r="ALM1" s="1"/><c r="ALN1"></c></row>'))
    assert (empty.far, empty.fits) == (None, False)


def test_an_area_too_large_for_memory_does_not_fit():
    assert not scan(sheet('<row r="1048576"><c r="Z1048576"/></row>')).fits
    assert scan(sheet('<row r="1048576"><c r="P1048576"/></row>')).fits


@pytest.mark.parametrize(
    ("texts", "plain"),
    [
        ("<si><t>a</t></si>", True),
        ('<si><t xml:space="preserve"> a </t></si>', True),
        ("<si><t>a b &amp; c</t></si>", True),
        ("<si><t> a</t></si>", False),
        ("<si><t>a </t></si>", False),
        ("<si><t>&#9;a</t></si>", False),
        ("<si><t>a&#9;</t></si>", False),
        ("<si><r><t>a</t></r><r><t> b</t></r></si>", False),
        ('<si><t>a</t><rPh sb="0" eb="1"><t>b</t></rPh></si>', False),
        ("<si><t>a_x000D_</t></si>", False),
    ],
)
def test_shared_texts_that_readers_take_differently_are_not_plain(texts, plain):
    found = open_package(zipped({"t.xml": xml("sst", texts)}), file="b.xlsx")
    assert is_plain_text(found, "t.xml") is plain
