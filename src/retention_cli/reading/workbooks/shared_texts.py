"""The texts that cells of a workbook share: how many there are, and what cells make of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from xml.parsers import expat

from retention_cli.patterns import lazy_pattern
from retention_cli.reading.workbooks.package import MOST_BYTES
from retention_cli.reading.workbooks.sheet_parser import DELICATE_TEXT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention_cli.reading.workbooks.package import Package

_START = lazy_pattern(rb"<sst(?:\s[^>]*)?>")
_DECLARED = lazy_pattern(rb"""\buniqueCount\s*=\s*["']([0-9]{1,20})["']""")
_TEXT = lazy_pattern(rb"<si[\s/>]")
_LOOKED_AT = 4096


class SharedTexts(NamedTuple):
    """What is known of shared texts without parsing them.

    Shape: `plain` says that every reader takes them for the same, and none for more than there
        are; `longest` is the number of bytes that the longest one has at most.
    """

    plain: bool = True
    longest: int = 0


def look_at_texts(package: Package, part: str) -> SharedTexts:
    """Look through the shared texts of a workbook, all of them: so they are known to be harmless."""
    plain, longest, count, declared = True, 0, 0, 0
    for number, piece in enumerate(package.pieces(part, before=b"<si>")):
        if number == 0:
            start = _START.search(piece[:_LOOKED_AT])
            said = _DECLARED.search(start[0]) if start else None
            plain, declared = start is not None, int(said[1]) if said else 0
        plain = plain and DELICATE_TEXT.search(piece) is None
        texts = _TEXT.split(piece)
        count += len(texts) - 1
        longest = max(longest, *map(len, texts))
    return SharedTexts(plain and declared <= count, longest)


def refuse_expanded(package: Package, texts: str, sheets: Sequence[str]) -> None:
    """Count what cells make of shared texts: a small file can name a long one a million times.

    Errors: DataRefusedError where it is more than a workbook may inflate to.
    """
    lengths = _lengths(package, texts)
    total = 0
    for sheet in sheets:
        total += _named(package, sheet, lengths)
    if total > MOST_BYTES:
        package.refuse(
            f"its cells hold more than {MOST_BYTES:,} bytes",
            "split it, or save the sheet as CSV UTF-8",
        )


def _lengths(package: Package, part: str) -> list[int]:
    found: list[int] = []

    def start(name: str, _: object) -> None:
        if name.rpartition(" ")[2] == "si":
            found.append(0)

    def text(data: str) -> None:
        if found:
            found[-1] += len(data)

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler, parser.CharacterDataHandler = start, text
    _parse(parser, package, part)
    return found


def _named(package: Package, part: str, lengths: Sequence[int]) -> int:
    """Add up the lengths of the texts that the cells of a sheet name."""
    total = 0
    shared = False
    index: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal shared
        what = name.rpartition(" ")[2]
        if what == "c":
            shared = attributes.get("t") == "s"
        parser.CharacterDataHandler = index.append if what == "v" and shared else None

    def end(name: str) -> None:
        nonlocal total
        if index and name.rpartition(" ")[2] == "v":
            place = "".join(index).strip()
            index.clear()
            if place.isascii() and place.isdigit() and int(place) < len(lengths):
                total += lengths[int(place)]
            parser.CharacterDataHandler = None

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler, parser.EndElementHandler = start, end
    _parse(parser, package, part)
    return total


def _parse(parser: expat.XMLParserType, package: Package, part: str) -> None:
    try:
        for piece in package.pieces(part):
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except expat.ExpatError:
        package.damaged()
