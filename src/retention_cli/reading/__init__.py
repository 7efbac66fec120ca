"""Files to text. Nothing here interprets a cell."""

from __future__ import annotations

import stat
from dataclasses import replace
from hashlib import sha256
from pathlib import PurePath
from typing import TYPE_CHECKING

from retention_cli.errors import DataRefusedError, RetentionError, nearest
from retention_cli.findings.problems import Notice
from retention_cli.patterns import lazy_pattern
from retention_cli.reading.delimited.csv import read_csv
from retention_cli.reading.limits import refuse_what_does_not_fit
from retention_cli.reading.packed import PACKED_SUFFIXES, unpacked
from retention_cli.reading.piped import STANDARD_INPUT, read_up_to_limit, standard_input
from retention_cli.reading.tables.find_header import NOTHING_KNOWN
from retention_cli.reading.typed.forms import (
    LONGEST_START,
    TYPED_SUFFIXES,
    read_typed,
    refuse_unfinished,
    typed_form,
)
from retention_cli.text.streams import opened_to_read

if TYPE_CHECKING:
    from os import stat_result
    from pathlib import Path

    from retention_cli.reading.tables.find_header import Known
    from retention_cli.reading.text import TextSheet

WORKBOOK_SUFFIXES = frozenset({".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"})
TABLE_SUFFIXES = frozenset({".csv", ".tsv", ".txt", ".tab"}) | WORKBOOK_SUFFIXES | TYPED_SUFFIXES

_EXCEL_SUFFIXES = WORKBOOK_SUFFIXES | {".xlt", ".xltx", ".xltm"}
MOST_TABLES = 500
"""Each sheet is a table that is looked at by itself; no export has so many."""
_LOOKED_AT = 4096
_WORKBOOK = lazy_pattern(rb"PK(?:\x03\x04|\x05\x06)|\xd0\xcf\x11\xe0")
_MARKUP = lazy_pattern(rb"(?:\xef\xbb\xbf)?\s*<|\xff\xfe(?:\s\0)*<\0|\xfe\xff(?:\0\s)*\0<")
_OTHER_CONTENTS = (
    (lazy_pattern(rb"%PDF"), "a PDF", "export the table itself as CSV"),
    (lazy_pattern(rb"\x1f\x8b"), "compressed twice (gzip)", "unpack it first"),
    (
        lazy_pattern(
            rb"BZh[1-9]|\xfd7zXZ\0|\x28\xb5\x2f\xfd|7z\xbc\xaf|Rar!|\x04\x22\x4d\x18|\x1f\x9d"
            rb"|LZIP|(?s:.{257})ustar"
        ),
        "an archive of a form that is not read",
        "unpack it, or pack the file as .gz or .zip",
    ),
    (
        lazy_pattern(
            rb"ARROW1|FEA1|ORC|Obj\x01|\x89HDF|\x00\x01\x00\x00Standard |\x93NUMPY|\x80[\x03-\x05]"
        ),
        "the data of another program (such as Arrow, ORC, Avro or Access)",
        "export the table itself as CSV or Parquet",
    ),
    (
        lazy_pattern(rb"\x09[\x00\x02\x04](?:\x04|\x06)\x00"),
        "a workbook of Excel 4 or older",
        "open it in Excel and save it as .xlsx (Excel Workbook)",
    ),
    (
        lazy_pattern(rb"(?i)MIME-Version:"),
        "a web archive (MHTML)",
        "open it in Excel and save it as .xlsx (Excel Workbook)",
    ),
    (lazy_pattern(rb"\x89PNG|\xff\xd8\xff|GIF8"), "an image", "export the table itself as CSV"),
    (
        lazy_pattern(rb"(?i)(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|\?xml)"),
        "HTML or XML",
        "is it a login page? export the table again, as CSV",
    ),
    (
        lazy_pattern(rb"(?:\xef\xbb\xbf)?\s*(?:\{\s*[\"}]|\[\s*[{\[\]\"])"),
        "JSON",
        "export the table itself as CSV",
    ),
)


def read(  # all that can be told of a file
    path: Path,
    *,
    name: str,
    encoding: str | None = None,
    delimiter: str | None = None,
    sheet: str | None = None,
    known: Known = NOTHING_KNOWN,
) -> tuple[TextSheet, ...]:
    """Read one file by its content, or standard input; `name` is how messages call it.

    Shape: one table of a CSV or Parquet file, every sheet of a workbook that holds a cell, or every
        table and view of a database; `sheet` is the one that is read; `known` tells what headers
        may be.
    Errors: RetentionError where it, or its sheet, is not there; DataRefusedError where it cannot
        be read or is not a table.
    """
    data = _bytes(path, name)
    refuse_unfinished(data, path, name=name)
    return read_bytes(
        data,
        name=name,
        encoding=encoding,
        delimiter=delimiter,
        sheet=sheet,
        known=known,
    )


def read_bytes(  # all that can be told of a file
    data: bytes,
    *,
    name: str,
    encoding: str | None = None,
    delimiter: str | None = None,
    sheet: str | None = None,
    known: Known = NOTHING_KNOWN,
) -> tuple[TextSheet, ...]:
    """Read the content of one file, or of the one file in an archive.

    Errors: DataRefusedError where it is not a table.
    """
    content = unpacked(data, file=name)
    tables = _tables(
        content,
        name,
        encoding=encoding,
        delimiter=delimiter,
        sheet=sheet,
        known=known,
    )
    if len(tables) > MOST_TABLES:
        raise DataRefusedError(
            f"{name}: has {len(tables):,} sheets, more than {MOST_TABLES}",
            "choose one with --sheet",
        )
    if content is data:
        return tables
    return tuple(replace(one, sha256=sha256(data).hexdigest()) for one in tables)


def _tables(  # all that can be told of a file
    data: bytes,
    name: str,
    *,
    encoding: str | None,
    delimiter: str | None,
    sheet: str | None,
    known: Known,
) -> tuple[TextSheet, ...]:
    suffix = _suffix(name)
    if (what := typed_form(data)) is not None:
        stored = read_typed(data, what, file=name, sheet=sheet, known=known)
        return _said(stored, suffix, f"a {what} file", odd=suffix not in TYPED_SUFFIXES)
    if suffix in TYPED_SUFFIXES and b"\0" in data[:_LOOKED_AT]:
        raise DataRefusedError(
            f"{name}: this is not a Parquet, SQLite or DuckDB file, or it is encrypted or damaged",
            "export it again, without a password",
        )
    if _WORKBOOK.match(data) or _MARKUP.match(data):
        found = _workbook(data, name, encoding=encoding, sheet=sheet, known=known)
        if found is not None:
            return found
    for start, what, hint in _OTHER_CONTENTS:
        if start.match(data):
            raise DataRefusedError(f"{name}: this is {what}, not a table", hint)
    table = read_csv(data, file=name, encoding=encoding, delimiter=delimiter, known=known)
    odd = suffix in _EXCEL_SUFFIXES | TYPED_SUFFIXES
    return _said((table,), suffix, "a CSV file", odd=odd)


def _workbook(
    data: bytes, name: str, *, encoding: str | None, sheet: str | None, known: Known
) -> tuple[TextSheet, ...] | None:
    """Read a workbook of any form; None for markup that is none."""
    # The libraries that read workbooks take a fifth of a second to import.
    from retention_cli.reading.workbooks.forms import read_workbook_of_any_form  # noqa: PLC0415
    from retention_cli.reading.workbooks.html import is_page, read_page  # noqa: PLC0415
    from retention_cli.reading.workbooks.xml import is_xml_book  # noqa: PLC0415

    suffix = _suffix(name)
    named_so = suffix in _EXCEL_SUFFIXES
    if _WORKBOOK.match(data) or is_xml_book(data):
        sheets = read_workbook_of_any_form(data, file=name, sheet=sheet, known=known)
        return _said(sheets, suffix, "a workbook", odd=not named_so)
    if named_so and is_page(data):
        sheets = read_page(data, file=name, sheet=sheet, encoding=encoding, known=known)
        return _said(sheets, suffix, "a page of HTML", odd=True)
    return None


def _bytes(path: Path, name: str) -> bytes:
    if path == STANDARD_INPUT:
        return read_up_to_limit(standard_input().buffer, name=name)
    try:
        before = path.stat()
        if stat.S_ISCHR(before.st_mode) or stat.S_ISBLK(before.st_mode):
            raise DataRefusedError(f"{name}: is a device, not a file", "name a file")
        with opened_to_read(path) as file:
            if stat.S_ISFIFO(before.st_mode):
                return read_up_to_limit(file, name=name)
            is_typed = typed_form(file.read(LONGEST_START) or b"") is not None
        if not is_typed:
            refuse_what_does_not_fit(path, name=name)
        data = _all_that_was_there(path, before.st_size, name)
        after = path.stat()
    except FileNotFoundError:
        guess = nearest(path.name, _names_beside(path))
        raise RetentionError(
            f"{name}: no such file", f"did you mean '{guess}'?" if guess else "check the path"
        ) from None
    except PermissionError:
        raise DataRefusedError(
            f"{name}: cannot be read: no permission{_owned(path)}",
            f"make it readable: chmod u+r '{name}'",
        ) from None
    except OSError as error:
        raise DataRefusedError(f"{name}: cannot be read: {error.strerror}") from None
    if _state(before) != _state(after):
        raise DataRefusedError(f"{name}: changed while it was being read", "run it again")
    return data


def _all_that_was_there(path: Path, size: int, name: str) -> bytes:
    """Read one byte more than a file had, if there is one: it may grow faster than it is read."""
    with opened_to_read(path) as file:
        # Files that the system makes up say that they have none.
        return file.read(size + 1) if size else read_up_to_limit(file, name=name)


def is_table(name: str) -> bool:
    """Tell a table, packed or not, by the name of its file.

    Example:
        >>> is_table("a.CSV"), is_table("a.csv.gz"), is_table("photos.zip")
        (True, True, False)
    """
    return _suffix(name) in TABLE_SUFFIXES


def _suffix(name: str) -> str:
    """Give the last suffix of a name, or the one before where that says that it is packed."""
    *_, before, last = ("", "", *PurePath(name.lower()).suffixes)
    return before if last in PACKED_SUFFIXES else last


def _owned(path: Path) -> str:
    """Say whose a file is and who may read it, where that can be seen."""
    try:
        found = path.stat()
        return f" (owner {path.owner()}, mode {stat.filemode(found.st_mode)})"
    except (OSError, KeyError, NotImplementedError):
        return ""


def _state(found: stat_result) -> tuple[int, int]:
    return found.st_size, found.st_mtime_ns


def _names_beside(path: Path) -> list[str]:
    try:
        return [other.name for other in path.parent.iterdir()]
    except OSError:
        return []


def _said(
    sheets: tuple[TextSheet, ...], suffix: str, what: str, *, odd: bool
) -> tuple[TextSheet, ...]:
    """Say of the first table that the name of the file covers something else."""
    if not odd or not suffix:
        return sheets
    message = f"is {what}, though its name ends in {suffix}: it is read as one"
    remark = Notice("other-suffix", message, of_file=True)
    return (replace(sheets[0], remarks=(remark, *sheets[0].remarks)), *sheets[1:])
