from __future__ import annotations

import gzip
import io
import zipfile
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retention_cli.errors import DataRefusedError
from retention_cli.reading import piped, read_bytes
from retention_cli.reading.packed import unpacked

TABLE = b"a,b\n1,2\n"


def zipped(**members):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def refusal(data):
    with pytest.raises(DataRefusedError) as caught:
        unpacked(data, file="a.zip")
    assert caught.value.hint
    return caught.value.message


def test_what_is_not_packed_stays_as_it_is():
    assert unpacked(TABLE, file="a.csv") is TABLE
    workbook = zipped(**{"[Content_Types].xml": "<Types/>", "xl/a.xml": "<a/>"})
    assert unpacked(workbook, file="a.xlsx") is workbook
    half = workbook[:40]
    assert unpacked(half, file="a.xlsx") is half


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(gzip.compress(TABLE), id="gzip"),
        pytest.param(gzip.compress(TABLE[:4]) + gzip.compress(TABLE[4:]), id="gzip in two members"),
        pytest.param(zipped(a=TABLE), id="zip"),
        pytest.param(zipped(a=TABLE, **{"__MACOSX/a": "x"}), id="zip of a Mac"),
    ],
)
def test_the_one_table_inside_is_taken_out(data):
    assert unpacked(data, file="a") == TABLE


def test_a_file_is_known_by_the_hash_of_its_own_bytes():
    data = gzip.compress(TABLE)
    (sheet,) = read_bytes(data, name="a.csv.gz")
    assert (sheet.rows, sheet.sha256) == (1, sha256(data).hexdigest())


def test_an_archive_of_several_tables_or_none_is_refused():
    assert "holds 2 files, not one: a, b" in refusal(zipped(a=TABLE, b=TABLE))
    assert "holds 0 files" in refusal(zipped(**{"__MACOSX/a": "x"}))
    assert refusal(zipped(**dict.fromkeys("abcd", "x"))).endswith("a, b, c …")


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(gzip.compress(TABLE)[:-4], id="gzip cut off"),
        pytest.param(b"\x1f\x8b\x08" + b"\xff" * 30, id="gzip of nonsense"),
    ],
)
def test_a_damaged_archive_is_refused(data):
    assert "damaged" in refusal(data)


def test_a_changed_byte_in_an_archive_is_noticed():
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("a.csv", TABLE)
    assert "damaged" in refusal(stored.getvalue().replace(b"1,2", b"1,3"))


@pytest.mark.parametrize("pack", [gzip.compress, lambda data: zipped(a=data)])
@given(place=st.integers(0, 200), byte=st.integers(0, 255), end=st.integers(1, 300))
def test_an_archive_with_any_byte_changed_or_cut_off_is_read_or_refused(pack, place, byte, end):
    data = bytearray(pack(TABLE * 9))
    data[place % len(data)] = byte
    try:
        assert isinstance(unpacked(bytes(data[:end]), file="a.zip"), bytes)
    except DataRefusedError as refused:
        assert refused.message.startswith("a.zip: ")


def test_a_directory_that_points_before_the_start_of_its_archive_is_damage():
    data = bytearray(zipped(a=TABLE))
    data[-6] += 10
    assert "damaged" in refusal(bytes(data))
    with pytest.raises(DataRefusedError, match="workbook or zip archive that is damaged"):
        read_bytes(zipped(a=TABLE)[:40], name="a.zip")


def test_a_file_without_a_name_in_an_archive_is_damage():
    data = bytearray(zipped(a=TABLE))
    directory = data.index(b"PK\x01\x02")
    data[directory + 28], data[directory + 32] = 0, 1  # its name is a comment now
    assert "damaged" in refusal(bytes(data))


def test_an_archive_with_a_password_is_refused():
    locked = bytearray(zipped(a=TABLE))
    locked[6] |= 1
    locked[locked.index(b"PK\x01\x02") + 8] |= 1
    assert "password" in refusal(bytes(locked))


@pytest.mark.parametrize("pack", [gzip.compress, lambda data: zipped(a=data)])
def test_what_inflates_beyond_the_cap_is_refused(pack, monkeypatch):
    monkeypatch.setattr(piped, "MOST_BYTES", 1 << 20)
    assert unpacked(pack(bytes(1 << 20)), file="a") == bytes(1 << 20)
    assert "holds more than 1,048,576 bytes" in refusal(pack(bytes((1 << 20) + 1)))
