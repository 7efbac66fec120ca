from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retention_cli.errors import DataRefusedError
from retention_cli.reading.workbooks import package
from retention_cli.reading.workbooks.package import open_package
from workbooks import parts, rows, sheet, zipped


def opened(data):
    return open_package(data, file="b.xlsx")


def checked(data):
    found = opened(data)
    for name in found.parts:
        found.check(name)


def refusal(data):
    with pytest.raises(DataRefusedError) as refused:
        checked(data)
    assert refused.value.hint
    return refused.value.message


def directory_changed(data, part, offset, value):
    """Change some bytes of the entry of a part in the directory."""
    start = data.index(b"PK\x01\x02")
    while data[start + 46 : start + 46 + len(part)] != part.encode():
        start = data.index(b"PK\x01\x02", start + 4)
    place = start + offset
    return data[:place] + value + data[place + len(value) :]


@settings(deadline=None)
@given(st.binary(max_size=5_000), st.booleans())
def test_pieces_are_the_whole_part(content, stored):
    # What is not an UTF-8 or holds a DTD is refused; neither is what this is about.
    content = b"x" + content.translate(None, b"\0!?")
    found = opened(zipped({"a.bin": content}, stored=stored))
    assert found.whole("a.bin") == content


def test_no_piece_ends_inside_a_tag_or_a_cell(monkeypatch):
    monkeypatch.setattr(package, "_CHUNK", 1_000)
    text = sheet(rows(*([n, f"text {n}"] for n in range(200)))).encode()
    found = opened(zipped({"s.xml": text}))
    pieces = list(found.pieces("s.xml", before=b"<c "))
    assert b"".join(pieces) == text
    assert len(pieces) > 10
    assert all(piece.startswith(b"<c ") for piece in pieces[1:-1])


def test_a_text_without_end_is_refused():
    assert "more than 4 MiB" in refusal(zipped({"a.xml": b"<t>" + b"x" * (6 << 20)}, stored=True))


@pytest.mark.parametrize(
    "name", ["../up.xml", "/root.xml", "a/../../b.xml", "C:x.xml", "..\\up.xml"]
)
def test_a_part_that_leaves_its_folder_is_refused(name):
    assert f"the path '{name}'" in refusal(zipped({name: "<a/>"}))


def test_two_parts_of_one_name_are_refused():
    assert "two parts named" in refusal(zipped({"a.xml": "<a/>", "A.xml": "<a/>"}))


def test_encrypted_parts_are_refused():
    data = directory_changed(zipped({"a.xml": "<a/>"}), "a.xml", 8, b"\x01\x00")
    assert "encrypted" in refusal(data)


def test_another_method_of_packing_is_refused():
    data = directory_changed(zipped({"a.xml": "<a/>"}), "a.xml", 10, b"\x0c\x00")
    assert "does not use" in refusal(data)


def test_parts_that_overlap_are_refused():
    data = zipped({"a.xml": "<a/>" * 50, "b.xml": "<b/>" * 50})
    first = zipfile.ZipFile(io.BytesIO(data)).getinfo("a.xml").header_offset
    data = directory_changed(data, "b.xml", 42, (first + 5).to_bytes(4, "little"))
    assert "overlap" in refusal(data)


def test_too_many_parts_are_refused(monkeypatch):
    monkeypatch.setattr(package, "MOST_PARTS", 3)
    assert "holds 4 parts, more than 3" in refusal(zipped({f"{n}.xml": "" for n in range(4)}))


def test_too_many_bytes_are_refused(monkeypatch):
    monkeypatch.setattr(package, "MOST_BYTES", 1_000)
    assert "inflates to 1,001 bytes" in refusal(zipped({"a.xml": "x" * 1_001}))


def test_one_part_that_is_a_bomb_is_found_among_honest_ones():
    parts = {"honest.bin": bytes(range(256)) * 4, "bomb.xml": " " * 11_000_000}
    assert "like a zip bomb" in refusal(zipped(parts))


def test_a_small_part_may_be_as_repetitive_as_it_likes():
    content = "<a/>" * 2_250_000
    assert opened(zipped({"a.xml": content})).whole("a.xml") == content.encode()


@pytest.mark.parametrize("declared", [10, 399])
def test_a_part_that_holds_more_than_it_declares_is_refused(declared):
    data = zipped({"a.xml": "<a/>" * 100})
    data = directory_changed(data, "a.xml", 24, declared.to_bytes(4, "little"))
    assert "more than it declares" in refusal(data)


def test_a_part_that_holds_less_than_it_declares_is_damaged():
    data = zipped({"a.xml": "<a/>" * 100})
    assert "damaged" in refusal(directory_changed(data, "a.xml", 24, (500).to_bytes(4, "little")))


@pytest.mark.parametrize("text", ["<a/>".encode("utf-16"), "<a/>".encode("utf-16-le")])
def test_parts_in_another_encoding_are_refused(text):
    assert "is not UTF-8" in refusal(zipped({"a.xml": text}))


def test_a_part_without_a_name_is_no_crash():
    name = b"a.xml"
    data = directory_changed(zipped({"a.xml": "<a/>"}), "a.xml", 32, bytes([len(name), 0]))
    data = directory_changed(data, "a.xml", 28, b"\0\0")  # its name is a comment now
    assert list(opened(data).parts) == [""]


def test_an_ordinary_workbook_passes():
    found = opened(zipped(parts({"S": sheet(rows(["a"], ["b"]))})))
    assert "xl/worksheets/sheet1.xml" in found.xml_parts
