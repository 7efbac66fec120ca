"""What the text of a sheet's XML says before it is parsed: how far it reaches, and how plainly."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from retention_cli.reading.workbooks.package import Package

MOST_ROWS = 1_048_576
MOST_COLUMNS = 1_000
MOST_CELLS = 1 << 24
"""Cells between the first and the last, filled or not: a fast reader takes memory for each."""

_CELL = rb"<[A-Za-z0-9]*:?c[\s/>]"
_PLAIN_CELL = re.compile(
    rb'<c r="([A-Z]{1,3}[0-9]{1,7})"(?: s="[0-9]+"| t="(?:s|n|b|str|inlineStr)"| cm="[0-9]+")* ?/?>'
)
_FILLED = re.compile(rb'<c r="([A-Z]{1,3}[0-9]{1,7})"(?:[^>]*[^/>])?><(?!/)')
_ANY_CELL, _ANY_ROW = re.compile(_CELL), re.compile(rb"<[A-Za-z0-9]*:?row[\s/>]")
_PLAIN_ROW = re.compile(rb'<row r="([0-9]{1,10})"')
_NUMBERED_ROW = re.compile(rb'<[A-Za-z0-9]*:?row\b[^>]*?\br=["\']([0-9]{1,18})["\']')
_HIDDEN_ROW = re.compile(rb'<[A-Za-z0-9]*:?row\b[^>]*\bhidden=["\'](?:1|true)["\']')
_MERGED = re.compile(rb'<[A-Za-z0-9]*:?mergeCell\b[^>]*\bref=["\']([A-Z0-9:$]{2,24})["\']')
_UNCALCULATED = re.compile(
    rb"(?:</f>|<f(?: [^<>]*)?/>)</c>"
    rb'|<c r="[A-Z0-9]+"(?: s="[0-9]+")?(?: t="n")?><f(?:>| [^<>]*>)(?:[^<]*</f>)?<v(?:/>|></v>)'
)
# Text whose white space or escapes readers treat differently.
_DELICATE_TEXT = re.compile(
    rb'<rPh|<t (?!xml:space="preserve">)|<t>(?:[ \t\r\n]|&#)|<t>[^<]*(?:[ \t\r\n]|&#[0-9A-Fa-fx]+;)</t>'
    rb"|_x[0-9A-Fa-f]{4}_|<!--|<!\[CDATA\["
)
_ALMOST_A_DAY = re.compile(rb"<v>0?\.9999999")
_LETTERS, _DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "0123456789"
_ENDS_OF_A_NAME = (b" ", b">", b"/", b"\n", b"\t", b"\r")
_KEPT_MERGED = 100


@dataclass(slots=True)
class SheetScan:
    """What was found in one sheet.

    `plain` says that a fast reader finds the same in it as a careful one; `negative` that it has
    numbers below zero, which as times of day would be mistaken; `far` a filled cell beyond the
    last column that is read.
    """

    plain: bool = True
    uncalculated: bool = False
    negative: bool = False
    filtered: bool = False
    hidden_rows: int = 0
    far: str | None = None
    merged: int = 0
    first_merged: list[str] = field(default_factory=list)
    rows: int = 0
    last_row: int = 0
    columns: set[str] = field(default_factory=set)

    @property
    def last_column(self) -> int:
        """The number of the last column that any cell stands in."""
        return max(map(column_number, self.columns), default=0)

    @property
    def fits(self) -> bool:
        """Whether memory for every cell up to the last one is little enough."""
        return (
            self.last_row <= MOST_ROWS
            and self.last_column <= MOST_COLUMNS
            and self.last_row * self.last_column <= MOST_CELLS
        )


def scan_sheet(package: Package, part: str) -> SheetScan:
    """Look through a sheet piece by piece, in memory that does not grow with it.

    Errors: DataRefusedError for more rows than Excel has.
    """
    scan = SheetScan()
    for number, piece in enumerate(package.pieces(part, before=b"<c ")):
        if number == 0 and b"<worksheet" not in piece[:4096]:
            scan.plain = False
        _look_at(piece, scan)
        if max(scan.rows, scan.last_row) > MOST_ROWS:
            package.refuse(
                f"has more rows than Excel's {MOST_ROWS:,}",
                "split it, or export the rows as CSV",
            )
    return scan


def is_plain_text(package: Package, part: str) -> bool:
    """Tell whether every reader takes the shared texts of a workbook for the same."""
    # All of it is looked through, so that all of it is known to be harmless.
    delicate = [
        _DELICATE_TEXT.search(piece) is not None or (number == 0 and b"<sst" not in piece[:4096])
        for number, piece in enumerate(package.pieces(part, before=b"<si>"))
    ]
    return not any(delicate)


def column_number(letters: str) -> int:
    """Give the number of a column.

    Example:
        >>> column_number("A"), column_number("AA"), column_number("XFD")
        (1, 27, 16384)
    """
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def column_letters(number: int) -> str:
    """Give the letters of a column.

    Example:
        >>> column_letters(1), column_letters(27), column_letters(16384)
        ('A', 'AA', 'XFD')
    """
    letters = ""
    while number:
        number, place = divmod(number - 1, 26)
        letters = chr(ord("A") + place) + letters
    return letters


def _look_at(piece: bytes, scan: SheetScan) -> None:
    cells = _PLAIN_CELL.findall(piece)
    rows = [int(number) for number in _PLAIN_ROW.findall(piece)]
    all_rows = _count(piece, b"row", _ANY_ROW)
    if len(cells) != _count(piece, b"c", _ANY_CELL) or len(rows) != all_rows:
        scan.plain = False
        rows = [int(number) for number in _NUMBERED_ROW.findall(piece)]
    if any(later <= earlier for earlier, later in zip([scan.last_row, *rows], rows, strict=False)):
        scan.plain = False
    scan.rows += all_rows
    scan.last_row = max(scan.last_row, *rows, 0)
    _measure(cells, piece, scan)
    if b"<f" in piece and _UNCALCULATED.search(piece):
        scan.uncalculated, scan.plain = True, False
    if scan.plain and _is_delicate(piece):
        scan.plain = False
    scan.negative |= b"<v>-" in piece
    _look_at_layout(piece, scan)


def _count(piece: bytes, name: bytes, any_of_it: re.Pattern[bytes]) -> int:
    """Count the tags of an element; what may have a prefix is looked at one by one."""
    if b":" + name in piece:
        return len(any_of_it.findall(piece))
    return sum(piece.count(b"<" + name + end) for end in _ENDS_OF_A_NAME)


def _measure(cells: list[bytes], piece: bytes, scan: SheetScan) -> None:
    """Note how far some cells reach."""
    references = pa.array(cells, pa.binary()).cast(pa.string())
    rows = pc.unique(pc.utf8_ltrim(references, _LETTERS)).cast(pa.int64())
    scan.last_row = max(scan.last_row, pc.max(rows).as_py() or 0)
    columns = set(pc.unique(pc.utf8_rtrim(references, _DIGITS)).to_pylist())
    scan.columns |= columns
    if scan.far is None and any(map(_is_far, columns)):
        filled = (reference.decode() for reference in _FILLED.findall(piece))
        scan.far = next((one for one in filled if _is_far(one.rstrip(_DIGITS))), None)


def _is_delicate(piece: bytes) -> bool:
    """Tell whether readers may differ about a text or a number; the quick look comes first."""
    may_be = b"<t" in piece or b"<!" in piece or b"_x" in piece
    if may_be and _DELICATE_TEXT.search(piece):
        return True
    return b".9999999" in piece and _ALMOST_A_DAY.search(piece) is not None


def _look_at_layout(piece: bytes, scan: SheetScan) -> None:
    scan.filtered |= b"filterColumn" in piece
    if b"hidden" in piece:
        scan.hidden_rows += len(_HIDDEN_ROW.findall(piece))
    if b"mergeCell" in piece:
        found = [reference.decode() for reference in _MERGED.findall(piece)]
        scan.merged += len(found)
        scan.first_merged += found[: _KEPT_MERGED - len(scan.first_merged)]


def _is_far(letters: str) -> bool:
    return column_number(letters) > MOST_COLUMNS
