"""Files to text. Nothing here interprets a cell."""

from __future__ import annotations

import re
import stat
from typing import TYPE_CHECKING

from retention_cli.errors import DataRefusedError, RetentionError, nearest
from retention_cli.reading.csv import read_csv
from retention_cli.reading.piped import STANDARD_INPUT, read_up_to_limit, standard_input

if TYPE_CHECKING:
    from os import stat_result
    from pathlib import Path

    from retention_cli.reading.text import TextSheet

TABLE_SUFFIXES = frozenset({".csv", ".tsv", ".txt", ".tab"})

_AS_CSV = "save the sheet as CSV UTF-8"
_OTHER_CONTENTS = (
    (re.compile(rb"PK(?:\x03\x04|\x05\x06)"), "a workbook or zip archive", _AS_CSV),
    (re.compile(rb"\xd0\xcf\x11\xe0"), "an old or password-protected Excel workbook", _AS_CSV),
    (re.compile(rb"%PDF"), "a PDF", "export the table itself as CSV"),
    (re.compile(rb"\x1f\x8b"), "compressed (gzip)", "unpack it first"),
    (
        re.compile(rb"(?i)(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|\?xml)"),
        "HTML or XML",
        "is it a login page? export the table again, as CSV",
    ),
    (
        re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:\{\s*[\"}]|\[\s*[{\[\]\"])"),
        "JSON",
        "export the table itself as CSV",
    ),
)


def read(
    path: Path, *, name: str, encoding: str | None = None, delimiter: str | None = None
) -> TextSheet:
    """Read one file by its content, or standard input; `name` is how messages call it.

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
    for start, what, hint in _OTHER_CONTENTS:
        if start.match(data):
            raise DataRefusedError(f"{name}: this is {what}, not a CSV file", hint)
    return read_csv(data, file=name, encoding=encoding, delimiter=delimiter)


def _bytes(path: Path, name: str) -> bytes:
    if path == STANDARD_INPUT:
        return read_up_to_limit(standard_input().buffer, name=name)
    try:
        before = path.stat()
        if stat.S_ISCHR(before.st_mode) or stat.S_ISBLK(before.st_mode):
            raise DataRefusedError(f"{name}: is a device, not a file", "name a file")
        if stat.S_ISFIFO(before.st_mode):
            with path.open("rb") as file:
                return read_up_to_limit(file, name=name)
        data = path.read_bytes()
        after = path.stat()
    except FileNotFoundError:
        guess = nearest(path.name, _names_beside(path))
        raise RetentionError(
            f"{name}: no such file", f"did you mean '{guess}'?" if guess else "check the path"
        ) from None
    except PermissionError:
        raise DataRefusedError(
            f"{name}: cannot be read: no permission", f'let yourself read it: chmod u+r "{name}"'
        ) from None
    except OSError as error:
        raise DataRefusedError(f"{name}: cannot be read: {error.strerror}") from None
    if _state(before) != _state(after):
        raise DataRefusedError(f"{name}: changed while it was being read", "run it again")
    return data


def _state(found: stat_result) -> tuple[int, int]:
    return found.st_size, found.st_mtime_ns


def _names_beside(path: Path) -> list[str]:
    try:
        return [other.name for other in path.parent.iterdir()]
    except OSError:
        return []
