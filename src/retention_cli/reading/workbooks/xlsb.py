"""Binary workbooks (.xlsb): their records are few and plain, and no library gives their errors."""

from __future__ import annotations

from typing import TYPE_CHECKING

import xlrd
from openpyxl.styles.numbers import builtin_format_code

from retention_cli.reading.workbooks.biff12 import (
    CutOffError,
    float_at,
    number_at,
    packed_number,
    records,
    text_at,
)
from retention_cli.reading.workbooks.cell_rows import CellBook
from retention_cli.reading.workbooks.cell_text import CellForm, CellFormat
from retention_cli.reading.workbooks.workbook_parts import related

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retention_cli.reading.workbooks.cell_rows import CellSheet
    from retention_cli.reading.workbooks.package import Package

BINARY_BOOK = "xl/workbook.bin"

_ROW, _RK, _ERROR, _BOOL, _REAL, _TEXT, _SHARED = 0, 2, 3, 4, 5, 6, 7
_FORMULA_TEXT, _FORMULA_NUMBER, _FORMULA_BOOL, _FORMULA_ERROR = 8, 9, 10, 11
_SHORT_CELLS = range(12, 19)
_SHARED_ITEM, _FONT, _FORMAT, _STYLE, _RICH_TEXT = 19, 43, 44, 47, 62
_PROPERTIES, _SHEET, _FILTER, _MERGED = 153, 156, 163, 176
_STYLES_BEGIN, _STYLES_END = 617, 618
_NUMBERS, _BOOLS, _ERRORS = (
    {_REAL, _FORMULA_NUMBER},
    {_BOOL, _FORMULA_BOOL},
    {_ERROR, _FORMULA_ERROR},
)
_TEXTS = {_TEXT, _FORMULA_TEXT}
_HIDDEN_ROW = 0x10
_STRUCK = 0x8
_FROM_1904 = 0x1
_ERROR_NAMES = xlrd.error_text_from_code
"""The numbers of errors are the same as before 2007."""


def read_xlsb(package: Package) -> CellBook:
    """Read all worksheets of a workbook.

    Errors: DataRefusedError where it is damaged, or has more cells than are taken.
    """
    for name in package.xml_parts:
        package.check(name)
    found = CellBook(package.file)
    found.macros = any(name.lower().endswith("vbaproject.bin") for name in package.parts)
    try:
        _Reader(package, found).read()
    except (CutOffError, LookupError):
        package.damaged()
    return found


class _Reader:
    """One workbook: what its cells rest on, and then its sheets."""

    def __init__(self, package: Package, found: CellBook) -> None:
        self.package, self.found = package, found
        self.targets = {key: (kind, part) for key, kind, part in related(package, BINARY_BOOK)}
        named = {kind.rpartition("/")[2]: part for kind, part in self.targets.values()}
        self.shared = list(self._shared(named.get("sharedStrings", "")))
        self.struck: set[int] = set()
        self.forms = list(self._forms(named.get("styles", "")))
        self.from_1904 = False

    def read(self) -> None:
        for kind, content in self._records(BINARY_BOOK):
            if kind == _PROPERTIES:
                self.from_1904 = bool(number_at(content, 0) & _FROM_1904)
            if kind == _SHEET:
                key, end = text_at(content, 8)
                name, _ = text_at(content, end)
                of, part = self.targets[key]
                if of.endswith("/worksheet"):
                    hidden = number_at(content, 0) != 0
                    self._read_sheet(self.found.add(name, hidden=hidden), part)

    def _records(self, part: str) -> Iterator[tuple[int, bytes]]:
        return records(b"".join(self.package.inflated(part)))

    def _shared(self, part: str) -> Iterator[str]:
        if part:
            for kind, content in self._records(part):
                if kind == _SHARED_ITEM:
                    yield text_at(content, 1)[0]

    def _forms(self, part: str) -> Iterator[CellFormat]:
        """Give what each style of cells makes of a number, and note those that strike it through."""
        codes: dict[int, str] = {}
        of_cells, fonts, style = False, [], 0
        for kind, content in self._records(part) if part else ():
            if kind == _FONT:
                fonts.append(number_at(content, 0) >> 16 & _STRUCK)
            elif kind == _FORMAT:
                codes[number_at(content + b"\0\0", 0) & 0xFFFF] = text_at(content, 2)[0]
            elif kind in {_STYLES_BEGIN, _STYLES_END}:
                of_cells = kind == _STYLES_BEGIN
            elif kind == _STYLE and of_cells:
                number, font = number_at(content, 0) >> 16, number_at(content + b"\0\0", 4) & 0xFFFF
                if font < len(fonts) and fonts[font]:
                    self.struck.add(style)
                style += 1
                code = codes.get(number) or builtin_format_code(number) or "General"
                yield CellFormat.of(code, number)

    def _read_sheet(self, sheet: CellSheet, part: str) -> None:
        row = 0
        for kind, content in self._records(part):
            if kind == _ROW:
                row = number_at(content, 0) + 1
                if len(content) > 11 and content[11] & _HIDDEN_ROW:
                    sheet.hide(row)
            elif kind in _SHORT_CELLS:
                self.package.refuse(
                    f"sheet '{sheet.name}' has cells without an address",
                    "open it in Excel and save it as .xlsx (Excel Workbook)",
                )
            elif _RK <= kind <= _FORMULA_ERROR or kind == _RICH_TEXT:
                self._put(sheet, row, kind, content)
            elif kind == _MERGED:
                first, last, left, right = (number_at(content, 4 * i) for i in range(4))
                sheet.merge(first + 1, left, rows=last - first + 1, columns=right - left + 1)
            sheet.layout.filtered |= kind == _FILTER

    def _put(self, sheet: CellSheet, row: int, kind: int, content: bytes) -> None:
        if row == 0:
            raise CutOffError
        place, style = number_at(content, 0), number_at(content, 4) & 0xFFFFFF
        if style in self.struck:
            sheet.strike(row)
        if kind in _ERRORS:
            sheet.fault(row, place, _ERROR_NAMES.get(content[8], f"{content[8]}"))
        elif kind in _BOOLS:
            sheet.put(row, place, "TRUE" if content[8] else "FALSE")
        elif kind in _TEXTS:
            sheet.put(row, place, text_at(content, 8)[0])
        elif kind == _RICH_TEXT:
            sheet.put(row, place, text_at(content, 9)[0])
        elif kind == _SHARED:
            sheet.put(row, place, self.shared[number_at(content, 8)])
        else:
            number = (
                float_at(content, 8) if kind in _NUMBERS else packed_number(number_at(content, 8))
            )
            form = self.forms[style] if self.forms else CellFormat(CellForm.NUMBER)
            sheet.put_number(row, place, number, form, from_1904=self.from_1904)
