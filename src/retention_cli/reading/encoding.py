"""Bytes to UTF-8: what a file is written in, decided from all of its bytes."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from retention_cli.errors import DataRefusedError, RetentionError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """The bytes of a file as UTF-8 without a mark, and what they were."""

    data: bytes
    encoding: str
    note: str | None = None


def to_utf8(data: bytes, *, file: str, told: str | None = None) -> Decoded:
    """Decode a whole file: a mark at its start, else UTF-8, else Windows-1252.

    Errors: DataRefusedError where the bytes are not in the encoding that was told, or not in any
        of these; RetentionError for an encoding that Python does not know.
    Example:
        >>> to_utf8("Grün".encode("cp1252"), file="a.csv").data.decode()
        'Grün'
    """
    if told is not None:
        return Decoded(_decode(data, told, file), told)
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            if encoding == "utf-8-sig" and _is_utf8(data):
                return Decoded(data[len(mark) :], encoding)
            return Decoded(_decode(data, encoding, file), encoding)
    if _is_utf8(data):
        return Decoded(data, "utf-8")
    return _windows(data, file)


def _is_utf8(data: bytes) -> bool:
    if data.isascii():
        return True
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _decode(data: bytes, encoding: str, file: str) -> bytes:
    try:
        return data.decode(encoding).removeprefix("\ufeff").encode("utf-8")
    except LookupError:
        raise RetentionError(
            f"{file}: '{encoding}' is not an encoding that is known",
            'write for example encoding = "cp1252"',
        ) from None
    except UnicodeError as error:
        raise DataRefusedError(
            f"{file}: is not {encoding}: {error}", "save it as CSV UTF-8, or name its encoding"
        ) from None


def _windows(data: bytes, file: str) -> Decoded:
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise DataRefusedError(
            f"{file} line {line}: byte 0x{data[error.start]:02X} is neither UTF-8 nor Windows-1252",
            'name its encoding in retention.toml: [[export]] encoding = "…"',
        ) from None
    first = next(i for i, byte in enumerate(data) if byte > 127)
    line = data.count(b"\n", 0, first) + 1
    word = _word_at(data, first)
    note = (
        f"not UTF-8 at line {line}, byte 0x{data[first]:02X}: read as Windows-1252, there '{word}';"
        ' if that is wrong, set encoding = "…" in [[export]]'
    )
    return Decoded(text.encode("utf-8"), "cp1252", note)


def _word_at(data: bytes, position: int) -> str:
    around = data[max(0, position - 20) : position + 20].decode("cp1252", "replace")
    middle = min(20, position)
    head = around[:middle].split()
    start = head[-1] if head and not around[middle - 1].isspace() else ""
    tail = around[middle:].split()
    return (start + (tail[0] if tail else "")).strip('",;')
