"""The quick reader and the careful one give the same cells, and the guard knows when they might not."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from hypothesis import example, given, settings
from hypothesis import strategies as st

from retention_cli.errors import DataRefusedError
from retention_cli.reading.workbooks import xlsx as excel
from retention_cli.reading.workbooks.cell_text import number_text
from retention_cli.reading.workbooks.xlsx import read_workbook
from workbooks import book, parts, rows, sheet, texts, zipped

FORMATS = ("yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss", "[h]:mm:ss", "h:mm:ss")


def seen(data, *, quick):
    """All that is found in a workbook, or why it is refused."""
    try:
        tables = read_workbook(data, file="b.xlsx", quick=quick)
    except DataRefusedError as error:
        return error.message
    return [
        (
            *(table.sheet, table.headers, table.header_row, table.first_column, table.rows),
            *(table.blank, table.faults, table.remarks),
            [numbers(table, place) for place in range(len(table.headers))],
            texts(table),
        )
        for table in tables
    ]


def numbers(table, place):
    typed = table.typed(place)
    return None if typed is None else typed.to_pylist()


def same(data):
    quick = seen(data, quick=True)
    assert quick == seen(data, quick=False)
    return quick


@pytest.fixture
def used(monkeypatch):
    """Say which readers were called."""
    called = []
    for name in ("quick_batches", "careful_batches"):
        honest = getattr(excel, name)

        def spied(*given, name=name, honest=honest):
            called.append(name.partition("_")[0])
            return honest(*given)

        monkeypatch.setattr(excel, name, spied)
    return called


PUBLIC = sorted(
    path
    for path in (Path(__file__).parents[3] / "shared" / "data").rglob("*.xls[xm]")
    if "~$" not in path.name
)
LARGE = 500_000
"""Bytes: a larger workbook takes seconds, and has nothing that the others lack."""


@pytest.mark.shared
def test_there_are_public_workbooks(shared_data):
    assert shared_data
    assert len(PUBLIC) >= 30


@pytest.mark.shared
@pytest.mark.parametrize(
    "path",
    [
        pytest.param(
            path, marks=pytest.mark.slow if path.stat().st_size > LARGE else pytest.mark.sweep
        )
        for path in PUBLIC
    ],
    ids=lambda path: path.name,
)
def test_a_public_workbook_is_the_same_in_both(path):
    assert same(path.read_bytes())


CRAFTED = {
    "blanks around text": [["a"], [" x "], ["\ty\n"], ["a\nb"], ["&<>\"'"]],
    "texts that look like numbers": [["a"], ["007"], ["1e5"], ["1,5"], ["TRUE"], ["#N/A"]],
    "numbers": [
        ["a"],
        [1001.0],
        [0.1 + 0.2],
        [1e20],
        [1e-9],
        [-0.0],
        [123456789012345678],
        [5e-324],
    ],
    "truths and gaps": [["a", "b", "c"], [True, None, False], [None, None, None], [None, "x"]],
    "a string of a formula": [["a"], [("str", "<f>B1</f><v> z </v>")], [("str", "<v></v>")]],
    "rich text": [["a"], [("inlineStr", "<is><r><t>x</t></r><r><t>y</t></r></is>")]],
    "rich text with blanks": [["a"], [("inlineStr", "<is><r><t>x</t></r><r><t> y</t></r></is>")]],
    "unmarked blanks": [["a"], [("inlineStr", "<is><t> x </t></is>")]],
    "phonetic text": [["a"], [("inlineStr", '<is><t>k</t><rPh sb="0" eb="1"><t>p</t></rPh></is>')]],
    "escapes": [["a"], ["x_x000D_y"], ["_xD800_"], ["_x0041_"]],
    "dates as text": [["a"], [("d", "<v>2024-05-06T01:02:03</v>")], [("d", "<v>2024-05-06</v>")]],
    "errors": [["a", "b"], [("e", "<v>#N/A</v>"), 1], [2, ("e", "<v>#NAME?</v>")]],
    "formulas": [["a", "b"], [("", "<f>1+1</f><v>2</v>"), ("", "<f>1+1</f>")]],
    "an empty cell with a format": [["a", "b"], ["x", ("", "")]],
    "a number with its type": [["a"], [("n", "<v>5</v>")], [("n", "<v>5.50</v>")]],
    "a far row": [["a"], *([] for _ in range(40_000)), ["x"]],
}


@pytest.mark.parametrize("table", CRAFTED.values(), ids=CRAFTED.keys())
def test_crafted_cells_are_the_same_in_both(table):
    assert same(book(*table))


@pytest.mark.parametrize(
    "item",
    [
        "<si><t> x </t></si>",
        '<si><t xml:space="preserve"> x </t></si>',
        '<si><r><t>x</t></r><r><rPr/><t xml:space="preserve"> y</t></r></si>',
        '<si><t>k</t><rPh sb="0" eb="1"><t>PH</t></rPh></si>',
        "<si><t>a_x000D_b</t></si>",
        "<si><t>&#32;x&#10;</t></si>",
        "<si><t>l1&#10;l2&amp;\r\nq&#13;</t></si>",
        "<si><t/></si>",
        "<si/>",
        "<si><t><![CDATA[ x ]]></t></si>",
    ],
)
def test_shared_texts_are_the_same_in_both(item):
    data = zipped(parts({"S": sheet(rows(["a"], [("s", "<v>0</v>")], [1]))}, strings=item))
    assert same(data)


@pytest.mark.parametrize(
    "code",
    [
        *(
            "General",
            "0.00",
            "#,##0_);[Red]\\(#,##0\\)",
            '0 "days"',
            "0_d",
            "0* d",
            "[$-409]d\\-mmm",
        ),
        *("[$€-407]#,##0.00", "#,##0.00\\ [$HUF]", "d.m.yy", "yyyy;@", 'd"day"', "ddd", "am/pm"),
        *("[mm]:ss", "[s]", "mm:ss.0", "[h]", "g/standard", "B2yyyy", "[DBNum1]yyyy", "e", "@"),
        *("[>100]0;yyyy", "0;yyyy", "yyyy;0", "[Red]yyyy-mm-dd", "[$-F800]dddd, mmmm dd, yyyy"),
        *(14, 18, 22, 27, 30, 45, 46, 47, 50, 55, 57, 48, 49, 12),
    ],
)
def test_formats_are_taken_for_the_same_in_both(code):
    numbers = [[45000.25], [45000], [0.5], [1.25], [0], [400], [-1.5]]
    for number in numbers:
        assert same(book(["a"], number, formats=[code], columns=[1]))


def test_a_plain_workbook_is_read_quickly(used):
    table = [["id", "day", "at", "took"], ["ann", 45811, 45811.5, 1.5], ["bob", 45812, 45000.25, 0]]
    assert same(book(*table, formats=FORMATS, columns=[0, 1, 2, 3]))
    assert used == ["quick", "careful"]


@pytest.mark.parametrize("writer", ["openpyxl", "xlsxwriter"])
def test_workbooks_of_common_writers_are_read_quickly(writer, used):
    day = dt.datetime(2025, 6, 3, 14, 5)
    file = io.BytesIO()
    if writer == "openpyxl":
        made = openpyxl.Workbook()
        made.active.append(["id", "at", "amount", "yes"])
        made.active.append(["ann ", day, 1.5, True])
        made.save(file)
    else:
        with xlsxwriter.Workbook(file, {"default_date_format": "yyyy-mm-dd hh:mm"}) as made:
            page = made.add_worksheet()
            page.write_row(0, 0, ["id", "at", "amount", "yes"])
            page.write_row(1, 0, ["ann ", day, 1.5, True])
    (found,) = read_workbook(file.getvalue(), file="b.xlsx")
    assert texts(found) == {2: ("ann ", "2025-06-03 14:05:00", "1.5", "TRUE")}
    assert used == ["quick"]


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(("<sheetData>", "<!-- --><sheetData>"), id="a comment"),
        pytest.param(('<c r="A2"', "<c"), id="a cell without an address"),
        pytest.param(('<row r="2">', "<row>"), id="a row without a number"),
        pytest.param(('<c r="A2"', '<c foo="1" r="A2"'), id="an attribute that is not known"),
    ],
)
def test_what_is_written_in_an_odd_way_is_read_carefully(change, used):
    page = sheet(rows(["a"], ["x"], ["y"]))
    assert change[0] in page
    data = zipped(parts({"S": page.replace(*change)}))
    (table,) = read_workbook(data, file="b.xlsx")
    assert texts(table) == {2: ("x",), 3: ("y",)}
    assert used == ["careful"]


def test_a_workbook_with_prefixes_is_read_carefully_and_its_rows_are_counted(used):
    page = sheet(rows(["a"], ["x"], ["y"])).replace('r="3"', 'hidden="1" r="3"', 1)
    page = page.replace("<", "<x:").replace("<x:/", "</x:").replace("<x:?xml", "<?xml")
    data = zipped(parts({"S": page.replace("xmlns=", "xmlns:x=")}))
    (table,) = read_workbook(data, file="b.xlsx")
    assert texts(table) == {2: ("x",), 3: ("y",)}
    assert table.marked == {"hidden": {3}}
    assert used == ["careful"]


def test_a_panic_of_the_quick_reader_is_survived(monkeypatch):
    class PanicException(BaseException):  # the name that it has
        pass

    def panic(*_):
        raise PanicException

    monkeypatch.setattr(excel, "quick_book", panic)
    (table,) = read_workbook(book(["a"], ["x"]), file="b.xlsx")
    assert texts(table) == {2: ("x",)}


def test_an_interrupt_is_not_taken_for_one(monkeypatch):
    def interrupt(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(excel, "quick_book", interrupt)
    with pytest.raises(KeyboardInterrupt):
        read_workbook(book(["a"], ["x"]), file="b.xlsx")


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=20).filter(
    lambda text: not any(sign in text for sign in "\ufffe\uffff")
)
VALUES = st.one_of(
    st.none(),
    st.booleans(),
    TEXT,
    st.integers(-(10**15), 10**15),
    st.floats(-1e300, 1e300),
    st.decimals(-(10**9), 10**9, places=4).map(float),
    st.datetimes(dt.datetime(1901, 1, 1), dt.datetime(9999, 12, 31)).map(
        lambda moment: moment.replace(microsecond=0)
    ),
    st.timedeltas(dt.timedelta(0), dt.timedelta(days=9_999)).map(
        lambda span: dt.timedelta(seconds=span // dt.timedelta(seconds=1))
    ),
)


def expected(value):
    """The text of a value, by another way than the reader's."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, dt.datetime):
        return value.isoformat(" ").removesuffix(" 00:00:00")
    if isinstance(value, dt.timedelta):
        hours, rest = divmod(int(value.total_seconds()), 3600)
        return f"{hours}:{rest // 60:02}:{rest % 60:02}"
    if isinstance(value, int | float):
        return number_text(float(f"{value:.16G}"))  # what the writer keeps of it
    return value


@settings(deadline=None)
@given(st.lists(st.tuples(VALUES, VALUES, VALUES), min_size=1, max_size=8))
@example([(0.1 + 0.2, " x ", dt.datetime(1901, 1, 1)), (-1.0, "_x_", dt.timedelta(hours=30))])
@example([(None, None, None), (1e300, "=1+1", dt.timedelta(0))])
def test_a_table_comes_back_as_it_was_written(table):
    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as made:
        page = made.add_worksheet("Data")
        moments = made.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        spans = made.add_format({"num_format": "[h]:mm:ss"})
        page.write_row(0, 0, ["a", "b", "c"])
        for number, values in enumerate(table, start=1):
            for place, value in enumerate(values):
                if isinstance(value, dt.datetime):
                    page.write_datetime(number, place, value, moments)
                elif isinstance(value, dt.timedelta):
                    page.write_number(number, place, value / dt.timedelta(days=1), spans)
                elif isinstance(value, str):
                    page.write_string(number, place, value)
                elif value is not None:
                    page.write(number, place, value)
    found = same(file.getvalue())
    wanted = {number: tuple(map(expected, values)) for number, values in enumerate(table, start=2)}
    kept = {number: row for number, row in wanted.items() if any(cell.strip() for cell in row)}
    assert {n: r for n, r in found[0][-1].items() if any(cell.strip() for cell in r)} == kept
