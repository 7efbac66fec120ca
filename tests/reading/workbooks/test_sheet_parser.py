from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils import column_index_from_string, get_column_letter

from retention_cli.errors import DataRefusedError
from retention_cli.reading.workbooks.package import open_package
from retention_cli.reading.workbooks.sheet_parser import scan_sheet
from retention_cli.reading.workbooks.sheet_scan import column_letters, column_number
from workbooks import rows, sheet, zipped


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
        pytest.param("<row/>", id="a row without a number"),
        pytest.param('<row r="1"><c><v>1</v></c></row>', id="a cell without a place"),
        pytest.param('<row r="1"><c r="a1"><v>1</v></c></row>', id="small letters"),
        pytest.param('<row r="1"><c r="A1" t="e"><v>#N/A</v></c></row>', id="an error"),
        pytest.param('<row r="1"><c r="A1" t="d"><v>2024-01-01</v></c></row>', id="a date as text"),
        pytest.param('<row r="1"><c r="A1"><v>0.99999999999</v></c></row>', id="almost midnight"),
        pytest.param('<row r="1"><c r="A1"><f>1</f></c></row>', id="never calculated"),
        pytest.param('<row r="1"><c r="A1"><v>10&#46;5</v></c></row>', id="a sign by its code"),
        pytest.param('<row r="1"><c r="A1" t="str"><v>_x0041_</v></c></row>', id="an escape"),
    ],
)
def test_what_readers_take_differently_is_not_plain(data):
    assert not scan(sheet(data)).plain


def test_a_cell_of_two_values_is_refused():
    for second in ("<v>2</v>", "<is><t>2</t></is>"):
        with pytest.raises(DataRefusedError, match="a cell with two values"):
            scan(sheet(f'<row r="1"><c r="A1"><v>1</v>{second}</c></row>'))


def test_what_was_never_calculated_is_told_from_empty_text():
    empty = '<row r="1"><c r="A1"><f>1</f><v></v></c></row>'
    assert scan(sheet(empty)).uncalculated == {(1, 0)}
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


FORMULAS = {
    "no value": ("<f>1</f>", False),
    "a closed value": ("<f>1</f><v/>", False),
    "a closed value, spaced": ("<f>1</f><v />", False),
    "an empty value": ("<f>1</f><v></v>", False),
    "a value of white space": ("<f>1</f>\n  <v>\n </v>\n", False),
    "an array": ('<f t="array" ref="B2">1</f><v/>', False),
    "shared": ('<f t="shared" si="0"/>', False),
    "shared, empty": ('<f t="shared" si="0"/><v/>', False),
    "a value": ("<f>1</f><v>7</v>", True),
    "a value, shared": ('<f t="shared" si="0"/>\n<v>7</v>', True),
    "a value in CDATA": ("<f>1</f><v><![CDATA[7]]></v>", True),
}
ATTRIBUTES = ['r="B2"', 'r="B2" cm="1"', 's="0" r="B2"', "r='B2' t='n'", 'vm="1" t="b" r="B2"']


@pytest.mark.parametrize("attributes", ATTRIBUTES)
@pytest.mark.parametrize("form", FORMULAS)
@pytest.mark.parametrize("prefix", ["", "x:"])
def test_a_formula_without_a_value_is_found_however_it_is_written(form, attributes, prefix):
    content, has_value = FORMULAS[form]
    row = '<row r="1"><c r="A1"><v>1</v></c></row>'
    text = sheet(f'{row}<row r="2"><c r="A2"/><c {attributes}>{content}</c></row>')
    text = text.replace(
        "</worksheet>", "<headerFooter><oddHeader>7</oddHeader></headerFooter></worksheet>"
    )
    if prefix:
        text = re.sub(r"<(/?)([a-zA-Z])", rf"<\1{prefix}\2", text).replace("xmlns=", "xmlns:x=")
    assert scan(text).uncalculated == (set() if has_value else {(2, 1)})


def test_text_that_a_formula_never_came_to_is_told_from_empty_text():
    def of(content):
        return scan(sheet(f'<row r="1"><c r="A1" t="str"><f>1</f>{content}</c></row>')).uncalculated

    assert (of(""), of("<v></v>"), of("<v/>")) == ({(1, 0)}, set(), set())


def test_cells_without_places_are_counted_on():
    text = "<row><c><v>1</v></c></row><row><c><v>1</v></c><c><f>1</f></c></row>"
    assert scan(sheet(text)).uncalculated == {(2, 1)}


@pytest.mark.parametrize(
    ("data", "why"),
    [
        ('<row r="2"/><row r="1"/>', "row 1 below row 2"),
        ('<row r="2"/><row r="2"/>', "row 2 twice"),
        ('<row r="2"/><row/><row r="3"/>', "row 3 twice"),
        ('<row r="0"/>', "numbered '0'"),
        ('<row r="x"/>', "numbered 'x'"),
        ('<row r="4"><c r="C3"><v>1</v></c></row>', "cell C3 in row 4"),
        ('<row r="4"><c r="C14"><v>1</v></c></row>', "cell C14 in row 4"),
        ('<row r="4"><c r="C4"/><c r="B4"/></row>', "cell B4 behind or twice"),
        ('<row r="4"><c r="C4"/><c r="C4"/></row>', "cell C4 behind or twice"),
        ('<row r="4"><c r="4"/></row>', "'4', which is not a place"),
        ('<row r="4"><c r="C4"></row>', "mismatched tag"),
    ],
)
def test_what_is_out_of_its_place_is_refused_by_name(data, why):
    with pytest.raises(DataRefusedError, match=why):
        scan(sheet(data))
