"""One table, in whatever form of workbook it comes: the same cells, rows, faults and remarks."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import json
import struct
import zipfile

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from binary_workbooks import container, record, record12, xls, xls_stream, xlsb, xlsb_parts
from retention_cli.cli import run
from retention_cli.errors import DataRefusedError, UnknownNameError
from retention_cli.reading import read_bytes
from text_workbooks import ods, ods_content, ods_package, ods_table, xlsx, xml_book
from workbook_values import FORMATS, Dollars, Error, Euros, Formula
from workbooks import texts, zipped

FORMS = {".xls": xls, ".xlsb": xlsb, ".ods": ods, ".xml": xml_book}


def numbers(table, place):
    typed = table.typed(place)
    return None if typed is None else typed.to_pylist()


def seen(data, suffix):
    """All that is found in a workbook, or why it is refused."""
    try:
        tables = read_bytes(data, name=f"b{suffix}")
    except DataRefusedError as error:
        return error.message.replace(suffix, "")
    return [
        (
            *(table.sheet, table.headers, table.header_row, table.first_column, table.rows),
            *(table.blank, table.faults),
            [remark for remark in table.remarks if remark.code != "other-suffix"],
            {why: rows & set(texts(table)) for why, rows in table.marked.items()},
            [numbers(table, place) for place in range(len(table.headers))],
            texts(table),
        )
        for table in tables
    ]


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=12).filter(
    lambda text: not any(sign in text for sign in "_\ufffe\uffff")
)
MOMENTS = st.datetimes(dt.datetime(1905, 1, 1), dt.datetime(9999, 12, 31)).map(
    lambda moment: moment.replace(microsecond=0)
)
VALUES = st.one_of(
    st.none(),
    st.booleans(),
    TEXT,
    st.sampled_from(["007", " x ", "a  b", "a\nb", "a\tb", "1,5", "TRUE", "#N/A", "<&>\"'"]),
    st.integers(-(10**15), 10**15),
    st.integers(-1000, 1000),
    st.floats(-1e300, 1e300),
    st.decimals(-(10**9), 10**9, places=4).map(float),
    MOMENTS,
    MOMENTS.map(dt.datetime.date),
    st.times().map(lambda time: time.replace(microsecond=0)),
    st.integers(0, 10**7).map(lambda seconds: dt.timedelta(seconds=seconds)),
    st.sampled_from(["#N/A", "#DIV/0!", "#REF!", "#NAME?"]).map(Error),
)
HEADER = ("id", None, "Größe", "day")
MIXED = [
    [7, "007", 1001.0, True],
    [None, dt.date(2024, 2, 29), dt.datetime(2025, 6, 3, 14, 5), dt.timedelta(hours=30)],
    [Error("#N/A"), dt.time(12, 30), 0.1 + 0.2, -2.5e-7],
    [None, None, None, None],
    ["x  y", "", "\u00a0", dt.timedelta(0)],
]


@settings(deadline=None, max_examples=30)
@given(
    st.lists(st.lists(VALUES, min_size=4, max_size=4), min_size=1, max_size=6),
    st.sampled_from([(1, 1), (7, 4)]),
    st.booleans(),
)
@example(MIXED, (7, 4), False)
@example(MIXED, (1, 1), True)
def test_a_table_is_the_same_in_every_form(table, start, from_1904):
    sheets = {
        "Kunden & Co": [HEADER, *table],
        "empty": [],
        "Other": [["a", "b"], *[[1, None]] * 12],
    }
    numbered = enumerate(table, start=start[0] + 1)
    filled = [number for number, row in numbered if set(row) - {None, ""}]
    where = {"first": start[0], "column": start[1], "hidden": ["Other"], "hidden_rows": filled[::2]}
    wanted = seen(xlsx(sheets, from_1904=from_1904, **where), ".xlsx")
    assert len(wanted) == 2
    for suffix, form in FORMS.items():
        epoch = {} if form is ods else {"from_1904": from_1904}
        assert seen(form(sheets, **epoch, **where), suffix) == wanted, suffix


@pytest.mark.parametrize("suffix", [*FORMS, ".xlsx"])
def test_where_a_column_has_several_currencies_its_cells_say_which(suffix):
    """A format shows what the number does not hold, and both would be added up."""
    table = [["a", "b"], [Euros(10), Euros(1)], [Dollars(1.125), Euros(2)], [3, 4.5], ["x", None]]
    (found,) = read_bytes((FORMS | {".xlsx": xlsx})[suffix]({"s": table}), name=f"b{suffix}")
    euro = "EUR" if suffix == ".ods" else "€"
    assert list(texts(found).values()) == [
        *((f"10.00 {euro}", "1"), ("1.1250 USD", "2"), ("3", "4.5"), ("x", "")),
    ]
    assert numbers(found, 0) == [False, False, True, False]
    assert numbers(found, 1) == [True, True, True, False]
    assert found.shown == {"b": euro}


def the(data, name="b.xls", **how):
    (found,) = read_bytes(data, name=name, **how)
    return found


def test_calamine_finds_the_same_in_what_these_tests_write():
    """The forms are written as others read them, not only as we do."""
    table = [["id", "b"], [7, "x  y"], [1.5, True], ["007", None]]
    for form in (xls, xlsb, ods):
        book = CalamineWorkbook.from_filelike(io.BytesIO(form({"Data": table})))
        found = book.get_sheet_by_name("Data").to_python()
        assert found == [["id", "b"], [7, "x  y"], [1.5, True], ["007", ""]], form


def test_a_small_workbook_of_short_sectors_is_read():
    data = container(xls_stream({"Data": [["a", "b"], [1, "x"]]}), small=True)
    assert len(data) < 4096
    assert texts(the(data)) == {2: ("1", "x")}


def test_formulas_have_their_results():
    table = [["a", "b", "c", "d"], [*map(Formula, (1.5, "x", "", -2.0))]]
    wanted = {2: ("1.5", "x", "", "-2")}
    for suffix, form in FORMS.items():
        found = the(form({"Data": table}), f"b{suffix}")
        assert (texts(found), found.faults) == (wanted, ()), suffix
    more = the(xlsb({"Data": [["a", "b"], [Formula(True), Formula(Error("#REF!"))]]}))
    assert texts(more) == {2: ("TRUE", "#REF!")}
    assert [fault.message for fault in more.faults] == ["Excel error #REF! in B2"]


UNCALCULATED = {
    "zero, to be calculated on loading": xls({"D": [["a"], [Formula(0.0, flags=2)]]}),
    "empty text, to be calculated on loading": xls({"D": [["a"], [Formula(None, flags=2)]]}),
    "empty text of a program that does not calculate": container(
        xls_stream({"D": [["a"], [Formula(None)]]}), beside=()
    ),
    "nothing in .ods": ods({"D": [["a"], [Formula(None)]]}),
    "nothing in XML": xml_book({"D": [["a"], [Formula(None)]]}),
}


@pytest.mark.parametrize("data", UNCALCULATED.values(), ids=UNCALCULATED.keys())
def test_a_formula_that_was_never_calculated_is_a_fault(data):
    (fault,) = the(data).faults
    assert (fault.row, fault.place, fault.code) == (2, 0, "not-calculated")
    assert fault.message == "formula not calculated in A2"


def test_a_result_of_zero_or_empty_text_is_one_where_nothing_else_is_said():
    found = the(xls({"D": [["a", "b", "c"], [Formula(0.0), Formula(None), Formula(0.0, flags=1)]]}))
    assert (texts(found), found.faults) == ({2: ("0", "", "0")}, ())


def test_merged_cells_are_said():
    table = {"D": [["id", "Period", None], ["ann", "x", "y"], [None, "z", None]]}
    across = [(0, 0, 1, 2), (1, 2, 0, 0)]
    spanned = '<table:table-cell office:value-type="string" table:number-{}-spanned="2">'
    cells = [(f"{spanned.format('columns')}<text:p>Period</text:p></table:table-cell>",)]
    covered = [("<table:covered-table-cell/>",)]
    down = [(f"{spanned.format('rows')}<text:p>ann</text:p></table:table-cell>",)]
    as_ods = {"D": [["id", *cells, *covered], [*down, "x", "y"], [None, "z", None]]}
    as_xml = xml_book(table).replace(
        b'ss:Index="2" ss:StyleID="s0"', b'ss:Index="2" ss:MergeAcross="1"', 1
    )
    as_xml = as_xml.replace(
        b'ss:Index="1" ss:StyleID="s0"><Data ss:Type="String">ann',
        b'ss:MergeDown="1"><Data ss:Type="String">ann',
    )
    # .xls counts to the one after the last.
    for data in (
        xls(table, merged=across),
        xlsb(table, merged=across),
        ods(as_ods),
        as_xml,
    ):
        found = the(data)
        assert texts(found) == {2: ("ann", "x", "y"), 3: ("", "z", "")}
        assert [remark.message for remark in found.remarks][-3:] == [
            "header cells are merged (B1:C1): only the first column of each has the name",
            "cells are merged (A2:A3): only the first cell of each has the value",
            "column C: cells without a header above are not read",
        ]


def test_macros_and_filters_are_said():
    beside = ("\x05SummaryInformation", "_VBA_PROJECT_CUR")
    old = container(xls_stream({"D": [["a"], [1]]}), beside=beside)
    new = zipped(xlsb_parts({"D": [["a"], [1]]}) | {"xl/vbaProject.bin": b"x"})
    for data in (old, new):
        assert [remark.code for remark in the(data).remarks] == ["macros"]
    row = '<table:table-row table:visibility="filter">'
    cell = '<table:table-cell office:value-type="string"><text:p>a</text:p></table:table-cell>'
    rows = f"<table:table-row>{cell}</table:table-row>{row}{cell}</table:table-row>"
    assert the(ods_package(ods_content(ods_table("S", rows)))).marked == {"hidden by a filter": {2}}


def test_rows_that_are_struck_through_are_marked_in_every_form():
    table = {"D": [["a", "b"], [1, "x"]]}
    font = struct.pack("<5H6B", 220, 8, 0x7FFF, 400, 0, 0, 0, 0, 0, 1, 0) + b"A"
    old = container(xls_stream(table, more=record(0x31, font)))
    new = xlsb_parts(table)
    begin = record12(617, struct.pack("<I", len(FORMATS) + 1))
    struck = record12(43, struct.pack("<HH", 220, 8)) + begin
    new["xl/styles.bin"] = new["xl/styles.bin"].replace(begin, struck)
    style = '<Style ss:ID="s0"><Font ss:StrikeThrough="1"/>'
    xml = xml_book(table).replace(b'<Style ss:ID="s0">', style.encode())
    look = '<style:style style:name="off"><style:text-properties style:text-line-through-style="solid"/>'
    cell = '<table:table-cell table:style-name="off" office:value-type="string"><text:p>a</text:p>'
    row = f"<table:table-row>{cell}</table:table-cell></table:table-row>"
    off = ods_content(ods_table("S", row * 2), f"{look}</style:style>")
    for data in (old, zipped(new), xml, ods_package(off)):
        assert the(data).marked["struck through"] >= {2}


ODD_CELLS = {
    "a comment": (
        ('value-type="string"><office:annotation><text:p>no</text:p></office:annotation><text:p>a'
         "<text:span>b</text:span> \n c</text:p>"),
        "ab c",
    ),
    "blanks around": ('value-type="string"><text:p> \n a </text:p>', "a"),
    "two paragraphs": ('value-type="string"><text:p>a</text:p><text:p>b</text:p>', "a\nb"),
    "a stored text": ('value-type="string" office:string-value="a">', "a"),
    "an error of before": ('value-type="float" office:value="0" table:formula="x"><text:p>#N/A</text:p>', "#N/A"),
    "half a millisecond": ('value-type="date" office:date-value="2025-06-03T14:05:59.9996">', "2025-06-03 14:06:00"),
    "a day that is none": ('value-type="date" office:date-value="2025-02-30">', "2025-02-30"),
    "a span below zero": ('value-type="time" office:time-value="-PT1H30M0.5S">', "-1:30:00.5"),
    "a span in days": ('value-type="time" office:time-value="P1DT6H">', "30:00:00"),
    "no span": ('value-type="time" office:time-value="1:30">', "1:30"),
    "money": ('value-type="currency" office:currency="EUR" office:value="1.50">', "1.5"),
}  # fmt: skip


@pytest.mark.parametrize(("cell", "text"), ODD_CELLS.values(), ids=ODD_CELLS.keys())
def test_odd_cells_of_open_document(cell, text):
    head = '<table:table-cell office:value-type="string"><text:p>h</text:p></table:table-cell>'
    rows = "".join(
        f"<table:table-row>{one}</table:table-row>"
        for one in (head, f"<table:table-cell office:{cell}</table:table-cell>")
    )
    found = the(ods_package(ods_content(ods_table("S", rows))))
    assert texts(found) == {2: (text,)}
    assert len(found.faults) == (text == "#N/A")


def test_a_copy_of_a_sheet_of_another_file_is_none():
    copy = ods_table(
        "'file:///x'#S",
        "<table:table-source/><table:table-row><table:table-cell/></table:table-row>",
    )
    own = ods({"Data": [["a"], [1]]})
    (found,) = read_bytes(
        ods_package(content(own).replace("<office:spreadsheet>", f"<office:spreadsheet>{copy}")),
        name="b.ods",
    )
    assert found.sheet == "Data"


def content(data):
    return zipfile.ZipFile(io.BytesIO(data)).read("content.xml").decode()


def test_values_of_xml_that_are_not_of_their_type_stay_as_they_are():
    data = xml_book({"D": [["a", "b"], [1, dt.date(2025, 6, 3)]]})
    data = data.replace(b'"Number">1<', b'"Number">oops<').replace(
        b'"DateTime">2025', b'"DateTime">x'
    )
    assert texts(the(data)) == {2: ("oops", "x-06-03T00:00:00.000")}


def test_a_form_is_told_by_content_and_an_odd_name_is_said():
    for form in (*FORMS.values(), xlsx):
        data = form({"D": [["a"], [1]]})
        assert the(data, "b.xlsx").remarks == ()
        (remark,) = the(data, "b.csv").remarks
        assert remark.message == "is a workbook, though its name ends in .csv: it is read as one"
        (packed,) = read_bytes(gzip.compress(data), name="b.xls.gz")
        assert packed.remarks == ()


def test_a_sheet_is_chosen_by_its_name():
    for form in FORMS.values():
        data = form({"Orders": [["a"], [1]], "None": []})
        assert the(data, sheet="orders").sheet == "Orders"
        with pytest.raises(UnknownNameError, match="unknown sheet 'Order'"):
            read_bytes(data, name="b.xls", sheet="Order")
        with pytest.raises(DataRefusedError, match="its sheet 'None' holds no cell"):
            read_bytes(data, name="b.xls", sheet="None")


def test_figures_are_the_same_from_every_form(tmp_path, monkeypatch, capsys):
    day = dt.date(2025, 6, 1)
    table = [["invoice_id", "invoice_date", "amount"], ["007", day, 12.5], [8, day, 1000]]
    found = set()
    monkeypatch.chdir(tmp_path)
    for suffix, form in {**FORMS, ".xlsx": xlsx}.items():
        folder = tmp_path / f"from{suffix}"
        folder.mkdir()
        name = ".xls" if suffix == ".xml" else suffix
        (folder / f"invoices{name}").write_bytes(form({"Data": table}, first=7, column=4))
        options = ["--period", "2025-06", "--format", "json", "--quiet"]
        assert run(["compute", folder.name, *options]) == 0
        figures = json.loads(capsys.readouterr().out)["figures"]
        found.add(next(one["value"] for one in figures if one["kpi"] == "revenue"))
    assert found == {"1012.50"}
