"""Files to text. Nothing here interprets a cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli.errors import DataRefusedError, RetentionError, nearest
from retention_cli.reading.csv import read_csv

if TYPE_CHECKING:
    from pathlib import Path

    from retention_cli.reading.text import TextSheet

TABLE_SUFFIXES = frozenset({".csv", ".tsv", ".txt", ".tab"})

_OTHER_CONTENTS = (
    (b"PK\x03\x04", "a workbook or zip archive", "save the sheet as CSV UTF-8"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook", "save the sheet as CSV UTF-8"),
    (b"%PDF", "a PDF", "export the table itself as CSV"),
    (b"\x1f\x8b", "compressed (gzip)", "unpack it first"),
)
_MARKUP = (b"<!doctype", b"<html", b"<?xml", b"{", b"[")


def read(
    path: Path, *, name: str, encoding: str | None = None, delimiter: str | None = None
) -> TextSheet:
    """Read one file by its content; `name` is how messages call it.

    Errors: RetentionError where it is not there; DataRefusedError where it cannot be read or is
        no table of text.
    """
    return read_bytes(_bytes(path, name), name=name, encoding=encoding, delimiter=delimiter)


def read_bytes(
    data: bytes, *, name: str, encoding: str | None = None, delimiter: str | None = None
) -> TextSheet:
    """Read the content of one file.

    Errors: DataRefusedError where it is no table of text.
    """
    for magic, what, hint in _OTHER_CONTENTS:
        if data.startswith(magic):
            raise DataRefusedError(f"{name}: this is {what}, not a CSV file", hint)
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:9].lower().startswith(_MARKUP):
        raise DataRefusedError(
            f"{name}: this is HTML, XML or JSON, not a CSV file", "is it a login page? export again"
        )
    return read_csv(data, file=name, encoding=encoding, delimiter=delimiter)


def _bytes(path: Path, name: str) -> bytes:
    try:
        before = path.stat()
        data = path.read_bytes()
        after = path.stat()
    except FileNotFoundError:
        there = [p.name for p in path.parent.iterdir()] if path.parent.is_dir() else []
        guess = nearest(path.name, there)
        raise RetentionError(
            f"{name}: no such file", f"did you mean '{guess}'?" if guess else "check the path"
        ) from None
    except OSError as error:
        raise DataRefusedError(f"{name}: cannot be read: {error.strerror}") from None
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise DataRefusedError(f"{name}: changed while it was being read", "run it again")
    return data
