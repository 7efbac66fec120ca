"""Bytes to UTF-8: what a file is written in, decided from all of its bytes."""

from __future__ import annotations

import codecs
from typing import NamedTuple

from retention_cli.errors import DataRefusedError, RetentionError
from retention_cli.patterns import lazy_pattern

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_PIECE_BYTES = 1 << 20
_LINE_END = lazy_pattern(r"\r\n?|\n")
_WORD = lazy_pattern(r"""[^\s,;|"']+""")


class Decoded(NamedTuple):
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
    _refuse_unmarked_utf16(data, file)
    if _is_utf8(data):
        return Decoded(data, "utf-8")
    return _windows(data, file)


def _is_utf8(data: bytes) -> bool:
    """Tell by pieces: the text of a large file would take up to four times its bytes."""
    if data.isascii():
        return True
    decoder = codecs.getincrementaldecoder("utf-8")()
    whole = memoryview(data)
    try:
        for start in range(0, len(data), _PIECE_BYTES):
            decoder.decode(whole[start : start + _PIECE_BYTES])
        decoder.decode(b"", final=True)
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
    except UnicodeDecodeError as error:
        before = data[: error.start].decode(encoding, "ignore")
        raise DataRefusedError(
            f"{file} line {_line(before)}: byte 0x{data[error.start]:02X} is not {encoding}",
            "save it as CSV UTF-8, or name its encoding: --encoding cp1252",
        ) from None
    except UnicodeError as error:
        raise DataRefusedError(
            f"{file}: is not {encoding}: {error}", "save it as CSV UTF-8, or name its encoding"
        ) from None


def _refuse_unmarked_utf16(data: bytes, file: str) -> None:
    """Refuse text of two bytes a character that does not say so: each second byte is zero."""
    start = data[:4096]
    for first, encoding in ((0, "utf-16-be"), (1, "utf-16-le")):
        zeros = start[first::2].count(0)
        if zeros > len(start) * 0.4 and zeros > 9 * start[1 - first :: 2].count(0):
            raise DataRefusedError(
                f"{file}: looks like {encoding} without the mark that says so",
                f"name it: --encoding {encoding}, or save it as CSV UTF-8",
            )


def _windows(data: bytes, file: str) -> Decoded:
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError as error:
        line = _line(data[: error.start].decode("cp1252"))
        raise DataRefusedError(
            f"{file} line {line}: byte 0x{data[error.start]:02X} is neither UTF-8 nor Windows-1252",
            'name its encoding: --encoding NAME, or encoding = "NAME" under [[export]]',
        ) from None
    # Windows-1252 has one byte a character: places in the text are places in the bytes.
    first = next(i for i, byte in enumerate(data) if byte > 127)
    note = (
        f"not UTF-8 at line {_line(text[:first])}, byte 0x{data[first]:02X}: read as Windows-1252,"
        f" there '{_word_at(text, first)}'; if that is wrong, use --encoding"
    )
    return Decoded(text.encode("utf-8"), "cp1252", note)


def _line(before: str) -> int:
    return len(_LINE_END.findall(before)) + 1


def _word_at(text: str, position: int) -> str:
    start = max(0, position - 30)
    words = _WORD.finditer(text[start : position + 30])
    here = (word[0] for word in words if word.start() <= position - start < word.end())
    return next(here, text[position])
