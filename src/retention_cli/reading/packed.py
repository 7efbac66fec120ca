"""One table inside gzip or a zip archive: taken out of it, with a cap on what it inflates to."""

from __future__ import annotations

import gzip
import io
import lzma
import struct
import zipfile
import zlib

from retention_cli.errors import DataRefusedError
from retention_cli.reading.piped import read_up_to_limit

PACKED_SUFFIXES = frozenset({".gz", ".zip"})

_GZIP, _ZIP = b"\x1f\x8b", b"PK\x03\x04"
_PARTS_OF_WORKBOOKS = ("[Content_Types].xml", "_rels/", "xl/", "mimetype", "META-INF/")
_BESIDE = "__MACOSX/"
_ENCRYPTED = 0x1
_SHOWN = 3
_DAMAGE = (
    *(EOFError, OSError, ValueError, RuntimeError, struct.error),
    *(zlib.error, lzma.LZMAError, zipfile.BadZipFile),
)
"""What unpacking raises; a place before the start of a file is a ValueError there."""


def unpacked(data: bytes, *, file: str) -> bytes:
    r"""Give the one file that a gzip or zip archive holds; other bytes, and workbooks, as they are.

    Errors: DataRefusedError for an archive that is damaged, locked or holds several files, or for
        more bytes in it than the cap.
    Example:
        >>> unpacked(gzip.compress(b"id\n1\n"), file="a.csv.gz")
        b'id\n1\n'
    """
    try:
        if data.startswith(_GZIP):
            with gzip.GzipFile(fileobj=io.BytesIO(data)) as content:
                return read_up_to_limit(content, name=file)
        if data.startswith(_ZIP):
            return _only_member(data, file)
    except _DAMAGE as error:
        raise DataRefusedError(
            f"{file}: this archive is damaged or half-copied: {error}", "copy or pack it again"
        ) from None
    return data


def _only_member(data: bytes, file: str) -> bytes:
    """Give what the archive holds; the reader of workbooks judges what may be one of them."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except _DAMAGE:
        return data
    with archive:
        held = [one for one in archive.infolist() if not one.filename.endswith("/")]
        if any(one.filename.startswith(_PARTS_OF_WORKBOOKS) for one in held):
            return data
        members = [one for one in held if not one.filename.startswith(_BESIDE)]
        if len(members) != 1:
            named = ", ".join(one.filename for one in members[:_SHOWN])
            more = " …" if len(members) > _SHOWN else ""
            raise DataRefusedError(
                f"{file}: this is a zip archive, not an Excel workbook, and it holds"
                f" {len(members)} files, not one: {named}{more}",
                "unpack it, and name the folder",
            )
        if members[0].flag_bits & _ENCRYPTED:
            raise DataRefusedError(f"{file}: this archive has a password", "unpack it first")
        with archive.open(members[0]) as content:
            return read_up_to_limit(content, name=file)
