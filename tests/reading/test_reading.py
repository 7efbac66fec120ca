from __future__ import annotations

import bz2
import gzip
import io
import os
import threading
import zipfile
from pathlib import Path

import pytest

from retention_cli import reading
from retention_cli.errors import DataRefusedError, RetentionError
from retention_cli.reading import read, read_bytes
from retention_cli.reading.limits import LARGE_BYTES


def zipped(*names):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(name, "a,b\n1,2\n")
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "what"),
    [
        pytest.param(zipped("a", "b"), "a zip archive, not an Excel workbook", id="zip"),
        pytest.param(b"PK\x05\x06" + bytes(18), "a zip archive", id="an empty zip"),
        pytest.param(b"\x09\x04\x06\x00\x00\x00", "a workbook of Excel 4 or older", id="Excel 4"),
        pytest.param(b"MIME-Version: 1.0\n", "a web archive", id="MHTML"),
        pytest.param(b"%PDF-1.7\n", "a PDF", id="PDF"),
        pytest.param(
            gzip.compress(gzip.compress(b"a,b\n")), "compressed twice", id="gzip inside gzip"
        ),
        pytest.param(bz2.compress(b"a,b\n"), "an archive of a form", id="bzip2"),
        pytest.param(b"a.csv".ljust(257, b"\0") + b"ustar", "an archive of a form", id="tar"),
        pytest.param(b"\0\1\0\0Standard Jet DB", "another program", id="Access"),
        pytest.param(b"\x89PNG\r\n\x1a\n", "an image", id="an image"),
        pytest.param(b"<!DOCTYPE html><html>", "HTML", id="HTML"),
        pytest.param(b"\n  <HTML>", "HTML", id="HTML below a blank line"),
        pytest.param(b"\xef\xbb\xbf<?xml version", "XML", id="XML with a mark"),
        pytest.param(b'{"a": 1}', "JSON", id="an object"),
        pytest.param(b'[\n {"a": 1}]', "JSON", id="a list of objects"),
        pytest.param(b"[]", "JSON", id="an empty list"),
    ],
)
def test_what_is_no_table_of_text_is_refused_by_its_content(data, what):
    with pytest.raises(DataRefusedError, match=r"a\.csv: this is ") as caught:
        read_bytes(data, name="a.csv")
    assert what in caught.value.message
    assert caught.value.hint


@pytest.mark.parametrize(
    "data", [b"PK,b\n1,2\n", b"[id],b\n1,2\n", b"{id},b\n1,2\n", b"<5,b\n1,2\n"]
)
def test_a_table_that_starts_oddly_is_still_read(data):
    assert read_bytes(data, name="a.csv")[0].rows == 1


def test_a_file_is_read_by_its_path_under_the_name_it_was_given(tmp_path):
    path = tmp_path / "odd name.xlsx"
    path.write_bytes(b"a;b\n1;2\n")
    (sheet,) = read(path, name="../odd name.xlsx")
    assert (sheet.file, sheet.rows, sheet.delimiter) == ("../odd name.xlsx", 1, ";")


def test_a_missing_file_is_answered_with_a_near_name(tmp_path):
    (tmp_path / "invoices.csv").touch()
    with pytest.raises(RetentionError, match=r"invoice\.csv: no such file") as caught:
        read(tmp_path / "invoice.csv", name="invoice.csv")
    assert caught.value.hint == "did you mean 'invoices.csv'?"
    assert caught.value.exit_code == 2


def test_a_missing_folder_is_no_crash(tmp_path):
    with pytest.raises(RetentionError) as caught:
        read(tmp_path / "none" / "a.csv", name="none/a.csv")
    assert caught.value.hint == "check the path"


def test_a_file_that_may_not_be_read_is_refused(tmp_path, monkeypatch):
    path = tmp_path / "a.csv"
    path.touch()

    def refuse(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(reading, "_all_that_was_there", refuse)
    with pytest.raises(DataRefusedError, match="no permission") as caught:
        read(path, name="a.csv")
    assert "chmod" in caught.value.hint


def test_a_folder_a_device_and_a_loop_are_refused(tmp_path):
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    for path in (tmp_path, Path(os.devnull), tmp_path / "loop"):
        with pytest.raises(DataRefusedError, match=r"a\.csv: "):
            read(path, name="a.csv")


def _appended(path):
    with path.open("ab") as file:
        file.write(b"3,4\n")


def _replaced(path):
    path.with_name("b.csv").write_bytes(b"a,b\n9,9\n")
    path.with_name("b.csv").replace(path)
    os.utime(path, ns=(1, 1))


CHANGES = {
    "it grows": _appended,
    "it shrinks": lambda path: os.truncate(path, 4),
    "it is emptied": lambda path: os.truncate(path, 0),
    "it keeps its size": lambda path: os.utime(path, ns=(1, 1)),
    "another takes its place": _replaced,
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_file_that_changes_while_it_is_read_is_refused(change, tmp_path, monkeypatch):
    path = tmp_path / "a.csv"
    path.write_bytes(b"a,b\n1,2\n")
    # It is looked at, changes, and is read.
    monkeypatch.setattr(reading, "refuse_what_does_not_fit", lambda found, **_: change(found))
    with pytest.raises(
        DataRefusedError, match=r"a\.csv: changed while it was being read"
    ) as caught:
        read(path, name="a.csv")
    assert caught.value.hint == "run it again"


@pytest.mark.parametrize("size", [8, LARGE_BYTES])
def test_a_file_that_grows_faster_than_it_is_read_is_not_read_to_its_end(
    tmp_path, monkeypatch, size
):
    path, asked = tmp_path / "a.csv", []
    path.write_bytes(b"a,b\n1,2\n")
    os.truncate(path, size)

    class Growing(io.BytesIO):
        def read(self, count=-1, /):
            os.utime(path, ns=(1, 1))
            asked.append(count)
            assert 0 <= count <= max(size + 1, 16)
            assert sum(asked) <= 2 * size + 17
            return (b"1,2\n" * (count // 4 + 1))[:count]

    honest = Path.open
    monkeypatch.setattr(
        Path,
        "open",
        lambda self, *how, **so: Growing() if self == path else honest(self, *how, **so),
    )
    monkeypatch.setattr(reading, "opened_to_read", lambda _: Growing())
    with pytest.raises(DataRefusedError, match=r"a\.csv: changed while it was being read"):
        read(path, name="a.csv")


def test_a_file_that_goes_away_while_it_is_read_is_refused(tmp_path, monkeypatch):
    path = tmp_path / "a.csv"
    path.write_bytes(b"a,b\n1,2\n")
    monkeypatch.setattr(reading, "refuse_what_does_not_fit", lambda found, **_: found.unlink())
    with pytest.raises(RetentionError, match=r"a\.csv: no such file"):
        read(path, name="a.csv")


def test_a_pipe_is_read_once(tmp_path):
    path = tmp_path / "pipe"
    os.mkfifo(path)
    writer = threading.Thread(target=path.write_bytes, args=(b"a,b\n1,2\n",))
    writer.start()
    assert read(path, name="pipe")[0].rows == 1
    writer.join()
