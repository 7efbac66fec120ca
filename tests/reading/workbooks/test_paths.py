from __future__ import annotations

import pytest

from retention_cli.errors import DataRefusedError
from retention_cli.reading.workbooks.xlsx import read_workbook
from workbooks import parts, sheet, texts, zipped

STRINGS = "".join(f"<si><t>{text}</t></si>" for text in ("id", "day", "C1", "C2"))
SHARED = (
    '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'
    '<row r="2"><c r="A2" t="s"><v>2</v></c><c r="B2" s="1"><v>45811</v></c></row>'
    '<row r="3"><c r="A3" t="s"><v>3</v></c><c r="B3" s="1"><v>45812</v></c></row>'
)
READ = {2: ("C1", "2025-06-03"), 3: ("C2", "2025-06-04")}


def plain():
    return parts({"Data": sheet(SHARED)}, formats=["yyyy-mm-dd"], strings=STRINGS)


def renamed(found, **names):
    """Parts under other names, pointed at as before unless said."""
    return {names.get(name, name): content for name, content in found.items()}


def replaced(found, name, old, new):
    assert old in found[name]
    return {**found, name: found[name].replace(old, new)}


def backslash_names():
    return {name.replace("/", "\\"): content for name, content in plain().items()}


def backslash_targets():
    name = "xl/_rels/workbook.xml.rels"
    return replaced(plain(), name, "worksheets/sheet1", "worksheets\\sheet1")


def both():
    return {name.replace("/", "\\"): content for name, content in backslash_targets().items()}


def absolute():
    name = "xl/_rels/workbook.xml.rels"
    found = replaced(plain(), name, 'Target="', 'Target="/xl/')
    return replaced(found, "_rels/.rels", 'Target="', 'Target="/')


def dotted():
    return replaced(plain(), "xl/_rels/workbook.xml.rels", 'Target="', 'Target="./../xl/')


def other_case():
    names = {"xl/worksheets/sheet1.xml": "xl/worksheets/Sheet1.xml"}
    return renamed(plain(), **names, **{"xl/sharedStrings.xml": "xl/SharedStrings.XML"})


def encoded():
    name = "xl/_rels/workbook.xml.rels"
    found = replaced(plain(), name, "worksheets/sheet1.xml", "worksheets/my%20sheet.xml")
    return renamed(found, **{"xl/worksheets/sheet1.xml": "xl/worksheets/my sheet.xml"})


def other_names():
    found = replaced(plain(), "_rels/.rels", "xl/workbook.xml", "office/book.xml")
    name = "xl/_rels/workbook.xml.rels"
    for old, new in (
        ("worksheets/sheet1.xml", "tables/one.xml"),
        ("sharedStrings.xml", "words.xml"),
        ("styles.xml", "looks.xml"),
    ):
        found = replaced(found, name, old, new)
    names = {
        "xl/workbook.xml": "office/book.xml",
        name: "office/_rels/book.xml.rels",
        "xl/worksheets/sheet1.xml": "office/tables/one.xml",
        "xl/sharedStrings.xml": "office/words.xml",
        "xl/styles.xml": "office/looks.xml",
    }
    return renamed(found, **names)


def strict():
    spaces = {
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main": (
            "http://purl.oclc.org/ooxml/spreadsheetml/main"
        ),
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships": (
            "http://purl.oclc.org/ooxml/officeDocument/relationships"
        ),
    }
    found = plain()
    for usual, other in spaces.items():
        found = {name: content.replace(usual, other) for name, content in found.items()}
    return found


def strict_with_days_as_text():
    found = strict()
    name = "xl/worksheets/sheet1.xml"
    for serial, day in (("45811", "2025-06-03"), ("45812", "2025-06-04T00:00:00Z")):
        old = f' s="1"><v>{serial}</v>'
        found = replaced(found, name, old, f' s="1" t="d"><v>{day}</v>')
    return found


FORMS = [
    plain, backslash_names, backslash_targets, both, absolute, strict, strict_with_days_as_text, dotted, other_case, encoded,
    other_names,
]  # fmt: skip


@pytest.mark.parametrize("quick", [True, False], ids=["quick", "careful"])
@pytest.mark.parametrize("form", FORMS)
def test_parts_are_found_where_a_workbook_points_at_them(form, quick):
    (found,) = read_workbook(zipped(form()), file="a.xlsx", quick=quick)
    assert (found.headers, texts(found)) == (("id", "day"), READ)


def test_a_part_that_nobody_has_is_missed():
    gone = {name: content for name, content in plain().items() if "sheet1" not in name}
    with pytest.raises(DataRefusedError, match="damaged"):
        read_workbook(zipped(gone), file="a.xlsx")


def test_no_other_strings_are_read_than_those_pointed_at():
    """A second part of texts lies where readers look for one by its name."""
    decoy = STRINGS.replace("C1", "X1").replace("C2", "X2")
    found = other_names()
    found["xl/sharedStrings.xml"] = plain()["xl/sharedStrings.xml"].replace(STRINGS, decoy)
    (table,) = read_workbook(zipped(found), file="a.xlsx")
    assert texts(table) == READ
