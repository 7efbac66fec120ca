"""The zip that a workbook is: held against limits before anything in it is parsed."""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn

from retention_cli.errors import DataRefusedError
from retention_cli.patterns import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

MOST_PARTS = 10_000
MOST_BYTES = 500_000_000
MOST_RATIO = 200
"""More than this many bytes out of one is not a workbook but a bomb; a normal one has about 7."""
HARMLESS_BYTES = 10_000_000
"""So little may be as repetitive as it likes."""
LONGEST_TEXT = 4 << 20

_CHUNK = 1 << 20
_LOCAL_HEADER = 30
_ENCRYPTED = 0x1
_DECLARED = lazy_pattern(rb"""<\?xml[^>]*?encoding\s*=\s*["']([^"'>]*)["']""")
_XML_SUFFIXES = (".xml", ".rels", ".vml")


@dataclass(frozen=True, slots=True)
class Package:
    """The parts of a workbook by name, none of them inflated yet."""

    file: str
    data: bytes
    parts: Mapping[str, zipfile.ZipInfo]

    def pieces(self, name: str, *, before: bytes = b"<") -> Iterator[bytes]:
        """Inflate a part piece by piece; each ends before some `before`, and none inside a tag.

        Errors: DataRefusedError where the part is damaged, holds more than it declares, or is
            no UTF-8 without a DTD.
        """
        rest, first = b"", True
        for chunk in self.inflated(name):
            whole = rest + chunk
            if first and not _is_utf8(whole):
                self.refuse(f"{name} is not UTF-8", "open it in Excel and save it again")
            cut = whole.rfind(before)
            cut = cut if cut > 0 else max(whole.rfind(b"<"), 0)
            piece, rest = whole[:cut], whole[cut:]
            if len(rest) > LONGEST_TEXT:
                self.refuse("a cell holds more than 4 MiB", "is it the right file?")
            self._refuse_dtd(piece)
            first = False
            yield piece
        self._refuse_dtd(rest)
        yield rest

    def whole(self, name: str) -> bytes:
        """Give all of a part, for one that is small by nature."""
        return b"".join(self.pieces(name))

    def check(self, name: str) -> None:
        """Inflate a part once, to know that it is what it declares."""
        for _ in self.pieces(name):
            pass

    @property
    def xml_parts(self) -> list[str]:
        """The names of all parts that a reader might parse."""
        return [name for name in self.parts if name.lower().endswith(_XML_SUFFIXES)]

    def refuse(self, why: str, hint: str) -> NoReturn:
        """Refuse the workbook."""
        raise DataRefusedError(f"{self.file}: {why}", hint)

    def damaged(self) -> NoReturn:
        """Refuse a workbook that is not whole."""
        self.refuse(
            "this is a workbook or zip archive that is damaged or half-copied",
            "copy it again, or save it again in Excel",
        )

    def _refuse_dtd(self, piece: bytes) -> None:
        if b"<!DOCTYPE" in piece or b"<!ENTITY" in piece:
            self.refuse(
                "this workbook holds a DTD, which no spreadsheet program writes",
                "open it in Excel and save it again",
            )

    def inflated(self, name: str) -> Iterator[bytes]:
        """Inflate without trusting what is declared, and count."""
        part = self.parts[name]
        head = self.data[part.header_offset : part.header_offset + _LOCAL_HEADER]
        if len(head) < _LOCAL_HEADER:
            self.damaged()
        start = part.header_offset + _LOCAL_HEADER
        start += int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:30], "little")
        packed = memoryview(self.data)[start : start + part.compress_size]
        count = 0
        for chunk in _unpacked(packed, stored=part.compress_type == zipfile.ZIP_STORED):
            count += len(chunk)
            if count > part.file_size:
                self.refuse(
                    f"{name} holds more than it declares: it is built to fill the memory",
                    "use a workbook that you trust",
                )
            yield chunk
        if count != part.file_size:
            self.damaged()


def open_package(data: bytes, *, file: str) -> Package:
    """Open the zip of a workbook, by its directory alone.

    Errors: DataRefusedError where it is damaged, encrypted, or built to harm a reader.
    """
    package = Package(file, data, {})
    try:
        infos = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError):
        package.damaged()
    _refuse_bombs(package, infos)
    _refuse_odd_parts(package, infos)
    _refuse_overlaps(package, infos)
    return Package(
        file, data, {info.filename: info for info in infos if not info.filename.endswith("/")}
    )


def _refuse_bombs(package: Package, infos: Sequence[zipfile.ZipInfo]) -> None:
    if len(infos) > MOST_PARTS:
        package.refuse(f"holds {len(infos):,} parts, more than {MOST_PARTS:,}", "is it a workbook?")
    total = sum(info.file_size for info in infos)
    if total > MOST_BYTES:
        package.refuse(
            f"inflates to {total:,} bytes, more than {MOST_BYTES:,}",
            "split it, or save the sheet as CSV UTF-8",
        )
    packed = sum(info.compress_size for info in infos)
    worst = max((i.file_size, i.compress_size) for i in infos) if infos else (0, 0)
    for size, small in ((total, packed), worst):
        if size > HARMLESS_BYTES and size > MOST_RATIO * small:
            package.refuse(
                f"inflates to {size // max(small, 1):,} times its size, more than {MOST_RATIO}:"
                " it is built like a zip bomb",
                "use a workbook that you trust, or save the sheet as CSV UTF-8",
            )


def _refuse_odd_parts(package: Package, infos: Sequence[zipfile.ZipInfo]) -> None:
    seen: set[str] = set()
    for info in infos:
        name = info.filename
        if info.flag_bits & _ENCRYPTED:
            package.refuse("its parts are encrypted", "save a copy without password")
        if (
            name.startswith(("/", "\\"))
            or ":" in name
            or ".." in name.replace("\\", "/").split("/")
        ):
            package.refuse(f"holds a part with the path '{name}'", "use a workbook that you trust")
        if info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            package.refuse("is packed in a way that Excel does not use", "save it again in Excel")
        if name.casefold() in seen:
            package.refuse(f"holds two parts named '{name}'", "save it again in Excel")
        seen.add(name.casefold())


def _refuse_overlaps(package: Package, infos: Sequence[zipfile.ZipInfo]) -> None:
    end = 0
    for info in sorted(infos, key=lambda info: info.header_offset):
        if info.header_offset < end:
            package.refuse("holds parts that overlap", "use a workbook that you trust")
        end = info.header_offset + _LOCAL_HEADER + info.compress_size
    if end > len(package.data):
        package.damaged()


def _unpacked(packed: memoryview, *, stored: bool) -> Iterator[bytes]:
    if stored:
        for start in range(0, len(packed), _CHUNK):
            yield bytes(packed[start : start + _CHUNK])
        return
    inflater, rest = zlib.decompressobj(-zlib.MAX_WBITS), bytes(packed[:_CHUNK])
    given = len(rest)
    try:
        while rest and not inflater.eof:
            chunk = inflater.decompress(rest, _CHUNK)
            if chunk:
                yield chunk
            rest = inflater.unconsumed_tail
            if not rest and given < len(packed):
                rest = bytes(packed[given : given + _CHUNK])
                given += len(rest)
    except zlib.error:
        return
    # What an inflater still holds when its input ends comes with its flush.
    while not inflater.eof and (chunk := inflater.flush(_CHUNK)):
        yield chunk


def _is_utf8(start: bytes) -> bool:
    if start.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in start[:64]:
        return False
    declared = _DECLARED.search(start[:256])
    return not declared or declared[1].lower() in {b"utf-8", b"utf8", b"us-ascii", b"ascii"}
