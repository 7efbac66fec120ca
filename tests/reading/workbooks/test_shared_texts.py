from __future__ import annotations

import pytest

from retention_cli.errors import DataRefusedError
from retention_cli.reading.workbooks import shared_texts
from retention_cli.reading.workbooks.package import open_package
from retention_cli.reading.workbooks.shared_texts import look_at_texts
from retention_cli.reading.workbooks.xlsx import read_workbook
from workbooks import parts, sheet, texts, xml, zipped

CELLS = (
    '<row r="1"><c r="A1" t="s"><v>0</v></c></row><row r="2"><c r="A2" t="s"><v>1</v></c></row>'
    '<row r="3"><c r="A3" t="s"><v>1</v></c></row>'
)
STRINGS = "<si><t>id</t></si><si><t>C17</t></si>"


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
    assert look_at_texts(found, "t.xml").plain is plain


@pytest.mark.parametrize("count", [2, 3, 4_000_000_000, 10**19])
def test_a_declared_count_is_not_believed(count):
    found = parts({"Data": sheet(CELLS)}, strings=STRINGS)
    name = "xl/sharedStrings.xml"
    found[name] = found[name].replace("<sst ", f'<sst uniqueCount="{count}" ', 1)
    package = open_package(zipped(found), file="b.xlsx")
    assert look_at_texts(package, name).plain is (count == 2)
    (table,) = read_workbook(zipped(found), file="b.xlsx")
    assert texts(table) == {2: ("C17",), 3: ("C17",)}


def test_what_cells_make_of_shared_texts_is_limited(monkeypatch):
    found = zipped(parts({"Data": sheet(CELLS)}, strings=STRINGS))
    for limit, is_too_much in ((8, False), (7, True)):
        monkeypatch.setattr(shared_texts, "MOST_BYTES", limit)
        package = open_package(found, file="b.xlsx")
        places = ("xl/sharedStrings.xml", ["xl/worksheets/sheet1.xml"])
        if is_too_much:
            with pytest.raises(DataRefusedError, match="hold more than 7 bytes"):
                shared_texts.refuse_expanded(package, *places)
        else:
            shared_texts.refuse_expanded(package, *places)
