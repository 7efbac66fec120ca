"""Workbooks of every form that are locked, cut off, built to harm, or no workbooks: refused with words."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from binary_workbooks import container, record, record12, xls, xls_stream, xlsb, xlsb_parts
from retention_cli.errors import DataRefusedError, RetentionError
from retention_cli.reading import read_bytes
from text_workbooks import MIME, ods, ods_content, ods_package, ods_table, xml_book
from workbooks import texts, zipped

TABLE = {"Data": [["a", "b"], [1, "x"], [True, 2.5]]}
FORMS = {"b.xls": xls(TABLE), "b.xlsb": xlsb(TABLE), "b.ods": ods(TABLE), "b.xml": xml_book(TABLE)}


def refusal(data, name="b.xls"):
    with pytest.raises(DataRefusedError) as refused:
        read_bytes(data, name=name)
    assert refused.value.hint
    assert len(refused.value.message) < 200
    return refused.value.message.removeprefix(f"{name}: ")


def row(cells, times=1):
    return f'<table:table-row table:number-rows-repeated="{times}">{cells}</table:table-row>'


def number(times=1):
    about = f'office:value-type="float" office:value="1" table:number-columns-repeated="{times}"'
    return f"<table:table-cell {about}/>"


def spreadsheet(rows):
    return ods_package(ods_content(ods_table("S", rows)))


def test_a_workbook_with_a_password_says_so():
    locked = xls_stream(TABLE, more=record(0x2F, bytes(54)))
    entry = "<manifest:encryption-data/>"
    ours = ods_package(b"\x8f\x01 not XML", **{"META-INF/manifest.xml": entry})
    for data in (container(locked), container(b"x", name="EncryptedPackage"), ours):
        assert "password-protected" in refusal(data)


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("WordDocument", "this is a Word document (.doc), not a table"),
        ("PowerPoint Document", "this is a PowerPoint presentation, not a table"),
        ("__properties_version1.0", "this is an Outlook message (.msg), not a table"),
        ("Something", "this is an old Office file, not an Excel workbook"),
    ],
)
def test_old_office_files_that_are_no_workbook_are_named(name, what):
    assert refusal(container(b"x" * 5000, name=name)) == what


@pytest.mark.parametrize(
    ("parts", "what"),
    [
        ({"word/document.xml": "<x/>"}, "this is a Word document (.docx)"),
        ({"ppt/presentation.xml": "<x/>"}, "this is a PowerPoint presentation"),
        ({"Index/Document.iwa": "x"}, "this is a Numbers document"),
        (
            {"mimetype": MIME.replace("spreadsheet", "text")},
            "OpenDocument file, not a spreadsheet",
        ),
    ],
)
def test_other_packages_are_named(parts, what):
    assert what in refusal(zipped({"[Content_Types].xml": "<x/>", **parts}))


@pytest.mark.parametrize("name", FORMS)
def test_a_workbook_that_is_cut_off_is_refused(name):
    data = FORMS[name]
    assert read_bytes(data, name=name)[0].rows == 2
    for share in (0.2, 0.3, 0.5, 0.7, 0.9):
        assert "damaged or half-copied" in refusal(data[: int(len(data) * share)], name)


def test_a_dtd_is_refused_in_every_form_that_is_xml():
    dtd = '<!DOCTYPE x [<!ENTITY a "b">]>'
    head, body = xml_book(TABLE).decode().split("?>", maxsplit=1)
    assert "holds a DTD" in refusal(f"{head}?>{dtd}{body}".encode())
    head, body = ods_content("").split("?>", maxsplit=1)
    assert "holds a DTD" in refusal(ods_package(f"{head}?>{dtd}{body}"))
    assert "holds a DTD" in refusal(zipped(xlsb_parts(TABLE) | {"docProps/x.xml": dtd}))


def test_bombs_are_refused_by_the_directory_of_their_zip():
    padding = b"<!-- " + b" " * 60_000_000 + b"-->"
    for data in (zipped(xlsb_parts(TABLE) | {"xl/x.bin": padding}), ods_package(padding)):
        assert "like a zip bomb" in refusal(data)


@pytest.mark.parametrize(
    ("rows", "what"),
    [
        (row(number(), 10**9), "has more rows than Excel's 1,048,576"),
        (row(number(10**9)), "sheet 'S' reaches to CFDGSXL1: more than 1,000 columns"),
        (row(number(10**3000)), "sheet 'S' reaches to CLIQILL1: more than 1,000 columns"),
        (row(number(16), 10**6), "repeats filled rows into more than 1,048,576 cells"),
        (row("", 1_048_576) + row(number()), "has more rows than Excel's"),
        (
            row('<table:table-cell table:formula="x" office:value-type="string"/>', 10**3000)
            + row(number()),
            "has more rows than Excel's",
        ),
        (
            row(
                '<table:table-cell office:value-type="string"><text:p><text:s text:c="9999999999"/>'
                "</text:p></table:table-cell>"
            ),
            "a cell holds more than 4 MiB",
        ),
        (
            row(
                f'<table:table-cell office:value-type="string"><text:p>{"x" * 2000}</text:p>'
                "</table:table-cell>",
                10**6,
            ),
            "its cells hold more than 500,000,000 bytes",
        ),
    ],
)
def test_what_an_open_document_repeats_is_counted_before_it_is_written_out(rows, what):
    assert what in refusal(spreadsheet(rows), "b.ods")


def test_a_far_cell_is_refused_in_every_form():
    table = [["a"], ["b"]]
    far = struct.pack("<II", 16_383, 0) + bytes(8)
    parts = xlsb_parts({"Data": table})
    part = "xl/worksheets/sheet1.bin"
    for place, content in ((16_383, far), (0xFFFFFFFE, b"\xfe\xff\xff\xff" + far[4:])):
        made = parts | {part: parts[part].replace(record12(146), record12(5, content))}
        assert "more than 1,000 columns" in refusal(zipped(made)), place
    line = struct.pack("<IIHBBBI", 0xFFFFFFF0, 0, 300, 0, 0, 0, 0)
    made = parts | {
        part: parts[part].replace(record12(146), record12(0, line) + record12(5, bytes(16)))
    }
    assert "more rows than" in refusal(zipped(made))
    page = xml_book({"Data": table}).decode()
    assert "more than 1,000 columns" in refusal(
        page.replace('ss:Index="1"', 'ss:Index="9999"').encode()
    )
    with pytest.raises(DataRefusedError, match="more rows than Excel's"):
        read_bytes(page.replace('Row ss:Index="2"', f'Row ss:Index="{10**99}"').encode(), name="b")


def test_a_place_with_two_cells_is_refused_in_every_form():
    part, cell = "xl/worksheets/sheet1.bin", record12(5, struct.pack("<IId", 0, 0, 7))
    again = record12(0, struct.pack("<IIHBBBI", 1, 0, 300, 0, 0, 0, 0)) + cell
    parts = xlsb_parts(TABLE)
    stream, end = xls_stream(TABLE), record(0x0A)
    book = xml_book(TABLE).decode()
    for data in (
        zipped(parts | {part: parts[part].replace(record12(146), again + record12(146))}),
        container(stream[: -len(end)] + record(0x203, struct.pack("<3Hd", 1, 0, 0, 7)) + end),
        container(stream[: -len(end)] + record(0xBD, struct.pack("<3HIH", 1, 0, 0, 7, 0)) + end),
        book.replace('<Row ss:Index="3">', '<Row ss:Index="2">').encode(),
    ):
        assert refusal(data) == "sheet 'Data' has cell A2 twice"


def test_a_comment_in_a_cell_is_not_its_value():
    note = '<Comment><ss:Data xmlns="http://www.w3.org/TR/REC-html40">99</ss:Data></Comment>'
    for old, new in (("</Data></Cell>", f"</Data>{note}</Cell>"), ("<Data", f"{note}<Data")):
        (found,) = read_bytes(xml_book(TABLE).decode().replace(old, new).encode(), name="b.xls")
        assert texts(found) == {2: ("1", "x"), 3: ("TRUE", "2.5")}


def test_a_text_that_is_named_a_million_times_is_counted():
    parts = xlsb_parts({"Data": [["x" * 30_000]]})
    part = "xl/worksheets/sheet1.bin"
    body = b"".join(
        record12(0, struct.pack("<IIHBBBI", line, 0, 300, 0, 0, 0, 0)) + record12(7, bytes(12))
        for line in range(1, 17_000)
    )
    made = parts | {part: parts[part].replace(record12(146), body)}
    assert "its cells hold more than 500,000,000 bytes" in refusal(zipped(made))


def test_a_large_old_workbook_lists_its_sectors_in_sectors():
    """Beyond seven megabytes the head has no room for them; one of them is enough to see it."""
    data = bytearray(FORMS["b.xls"])
    (tables,) = struct.unpack_from("<I", data, 44)
    listed = data[76 : 76 + 4 * tables]
    data[76 : 76 + 4 * tables] = b"\xff" * len(listed)
    struct.pack_into("<II", data, 68, len(data) // 512 - 1, 1)
    whole = bytes(data) + (bytes(listed) + b"\xff" * 512)[:508] + b"\xfe\xff\xff\xff"
    (table,) = read_bytes(whole, name="b.xls")
    assert texts(table) == {2: ("1", "x"), 3: ("TRUE", "2.5")}


def test_an_old_workbook_that_xlrd_cannot_read_is_refused(monkeypatch):
    assert "damaged or half-copied" in refusal(container(record(0x809, bytes(16)) + record(0x0A)))
    far = record(0x203, struct.pack("<3Hd", 1, 5_000, 0, 1.0))
    stream = xls_stream({"Data": [["a"]]})
    assert stream.endswith(record(0x0A))
    reaches = container(stream.removesuffix(record(0x0A)) + far + record(0x0A))
    assert "damaged or half-copied" in refusal(reaches)
    monkeypatch.setattr("retention_cli.reading.workbooks.cell_rows.MOST_BYTES", 10)
    assert "its cells hold more than 10 bytes" in refusal(FORMS["b.xls"])


def test_a_head_that_is_no_head_is_refused():
    data = bytearray(FORMS["b.xls"])
    data[30] = 1
    for odd in (bytes(data), FORMS["b.xls"][:300]):
        assert "damaged or half-copied" in refusal(odd)


def test_rich_text_is_text_and_cells_without_an_address_are_refused():
    parts = xlsb_parts({"Data": [["a"], ["b"]]})
    end = record12(146)
    rich = record12(62, struct.pack("<II", 0, 0) + b"\x01\x02\x00\x00\x00x\x00y\x00" + bytes(8))
    line = record12(0, struct.pack("<IIHBBBI", 2, 0, 300, 0, 0, 0, 0))
    made = parts | {BINARY: parts[BINARY].replace(end, line + rich + end)}
    assert texts(read_bytes(zipped(made), name="b.xlsb")[0]) == {2: ("b",), 3: ("xy",)}
    made = parts | {BINARY: parts[BINARY].replace(end, record12(13, bytes(8)) + end)}
    assert "sheet 'Data' has cells without an address" in refusal(zipped(made))
    early = record12(5, bytes(16)) + record12(145)
    made = parts | {BINARY: parts[BINARY].replace(record12(145), early)}
    assert "damaged or half-copied" in refusal(zipped(made))


def test_names_of_an_old_workbook_are_never_computed():
    """Each of forty names is the one before it, twice: what xlrd would make of them has no end."""
    names = b""
    for place in range(40):
        before = struct.pack("<BHH", 0x23, place, 0) if place else b"\x17\x01\x00x"
        formula = before + before + b"\x08"
        head = struct.pack("<HBBHHHBBBB", 0, 0, 1, len(formula), 0, 0, 0, 0, 0, 0)
        names += record(0x18, head + b"\0n" + formula)
    (table,) = read_bytes(container(xls_stream(TABLE, more=names)), name="b.xls")
    assert texts(table) == {2: ("1", "x"), 3: ("TRUE", "2.5")}


def test_a_directory_that_runs_in_circles_ends():
    data = bytearray(FORMS["b.xls"])
    root = data.index("Root Entry".encode("utf-16-le"))
    for number_of_slot in (1, 2):  # each has the other on both sides
        struct.pack_into("<ii", data, root + 128 * number_of_slot + 68, 3 - number_of_slot, 1)
    (table,) = read_bytes(bytes(data), name="b.xls")
    assert table.rows == 2


def test_a_chain_of_sectors_that_runs_in_circles_is_refused():
    data = bytearray(FORMS["b.xls"])
    struct.pack_into("<I", data, 512 + 4 * 5, 3)
    assert "damaged or half-copied" in refusal(bytes(data))


@settings(deadline=None, max_examples=50)
@given(
    st.sampled_from(sorted(FORMS)),
    st.lists(st.tuples(st.floats(0, 0.999), st.binary(min_size=1, max_size=6)), max_size=6),
    st.floats(0.2, 1),
)
def test_bytes_that_nobody_wrote_are_read_or_refused(name, changes, share):
    data = mutated(CONTENTS[name], changes, share)
    try:
        tables = read_bytes(PACKED[name](data), name=name)
    except RetentionError as error:
        assert error.hint
        return
    for table in tables:
        kept = len(table.numbers) + len(table.torn) + len(table.aside)
        assert table.rows == table.blank + kept


def mutated(data, changes, share):
    found = bytearray(data)
    for where, piece in changes:
        at = int(where * len(found))
        found[at : at + len(piece)] = piece
    return bytes(found[: int(len(found) * share)])


def content_of(data, name):
    return zipfile.ZipFile(io.BytesIO(data)).read(name)


BINARY = "xl/worksheets/sheet1.bin"
CONTENTS = {
    "b.xls": xls_stream(TABLE),
    "b.xlsb": xlsb_parts(TABLE)[BINARY],
    "b.ods": content_of(FORMS["b.ods"], "content.xml"),
    "b.xml": FORMS["b.xml"],
}
PACKED = {
    "b.xls": container,
    "b.xlsb": lambda data: zipped(xlsb_parts(TABLE) | {BINARY: data}),
    "b.ods": ods_package,
    "b.xml": lambda data: data,
}
