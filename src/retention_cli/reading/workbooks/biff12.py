"""The records of binary workbooks (.xlsb): what a part holds, one record after another."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_LONGEST_SIZE = 4


class CutOffError(Exception):
    """A record, or something in it, ends before its end."""


def records(part: bytes) -> Iterator[tuple[int, bytes]]:
    r"""Give the kind and the content of each record.

    Errors: CutOffError where the part ends inside one.
    Example:
        >>> list(records(b"\x01\x02ab\x81\x01\x00"))
        [(1, b'ab'), (129, b'')]
    """
    at, end = 0, len(part)
    while at < end:
        kind, at = part[at], at + 1
        if kind & 0x80:
            if at == end:
                raise CutOffError
            kind, at = kind & 0x7F | part[at] << 7, at + 1
        size = 0
        for place in range(_LONGEST_SIZE):
            if at == end:
                raise CutOffError
            byte, at = part[at], at + 1
            size |= (byte & 0x7F) << 7 * place
            if not byte & 0x80:
                break
        if at + size > end:
            raise CutOffError
        yield kind, part[at : at + size]
        at += size


def text_at(content: bytes, at: int) -> tuple[str, int]:
    r"""Give a text with its length before it, and where it ends; none at all is empty.

    Errors: CutOffError where it is longer than the record.
    Example:
        >>> text_at(b"\x02\0\0\0a\0b\0", 0)
        ('ab', 8)
    """
    length = number_at(content, at)
    if length == 0xFFFFFFFF:
        return "", at + 4
    end = at + 4 + 2 * length
    if end > len(content):
        raise CutOffError
    return content[at + 4 : end].decode("utf-16-le", "replace"), end


def number_at(content: bytes, at: int) -> int:
    """Give a whole number of four bytes.

    Errors: CutOffError where the record is shorter.
    """
    if at + 4 > len(content):
        raise CutOffError
    return int.from_bytes(content[at : at + 4], "little")


def float_at(content: bytes, at: int) -> float:
    """Give a number of eight bytes.

    Errors: CutOffError where the record is shorter.
    """
    if at + 8 > len(content):
        raise CutOffError
    number: float = struct.unpack_from("<d", content, at)[0]
    return number


def packed_number(packed: int) -> float:
    """Give a number stored in 30 bits: whole or the upper half of a float, maybe in hundredths.

    Example:
        >>> packed_number(123 << 2 | 2), packed_number(123 << 2 | 3)
        (123.0, 1.23)
    """
    if packed & 2:
        whole = packed >> 2
        number = float(whole - (1 << 30) if whole >> 29 else whole)
    else:
        number = struct.unpack("<d", struct.pack("<II", 0, packed & ~3))[0]
    return number / 100 if packed & 1 else number
