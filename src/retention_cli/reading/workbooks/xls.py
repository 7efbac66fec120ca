"""Workbooks of Excel 5 to 2003 (.xls): their records are looked through, then xlrd reads them."""

from __future__ import annotations

import io
import struct
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

import xlrd

from retention_cli.errors import DataRefusedError
from retention_cli.reading.workbooks.cell_rows import CellBook
from retention_cli.reading.workbooks.cell_text import CellFormat
from retention_cli.reading.workbooks.ole import Container, DamagedError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retention_cli.reading.workbooks.cell_rows import CellSheet

_STREAMS = ("Workbook", "Book", "WORKBOOK", "BOOK")
_OTHERS = {
    "WordDocument": ("a Word document (.doc)", "export the table itself as CSV"),
    "PowerPoint Document": ("a PowerPoint presentation", "export the table itself as CSV"),
    "__properties_version1.0": ("an Outlook message (.msg)", "save the file attached to it"),
    "EncryptedPackage": ("a workbook that is password-protected", "save a copy without password"),
}
_SUMMARY = "\x05SummaryInformation"
_MACROS = "_VBA_PROJECT_CUR"
_FORMULA, _BEGIN, _END, _FILEPASS, _FILTERED = 0x06, 0x809, 0x0A, 0x2F, 0x9B
_NAMES = frozenset({0x18, 0x218})
_ONE_CELL, _CELLS = frozenset({0x06, 0x203, 0x204, 0x205, 0x206, 0x27E, 0x406, 0xD6, 0xFD}), 0xBD
_NOTHING = 0x0FFF
_CALCULATE_ON_LOAD = 0x2
_EMPTY_TEXT = (3, 0xFFFF)
_LONGEST_RECORD = 8228
_NUMBERS = frozenset({xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE})
_EMPTY = frozenset({xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK})
_TRUTHS = ("FALSE", "TRUE")


class _Found(NamedTuple):
    """What the records of one sheet say that xlrd does not."""

    uncalculated: frozenset[tuple[int, int]]
    filtered: bool
    again: tuple[int, int] | None


def read_xls(data: bytes, *, file: str) -> CellBook:
    """Read all sheets of a workbook.

    Errors: DataRefusedError where it is damaged, has a password, or is something else of its form.
    """
    found = CellBook(file)
    try:
        container = Container(data)
        name = next((one for one in _STREAMS if one in container.names), None)
        if name is None:
            _refuse_other(found, container)
        stream = _harmless(found, container.stream(name))
        found.macros = _MACROS in container.names
        _read(found, stream, from_excel=_SUMMARY in container.names)
    except DamagedError:
        if "EncryptedPackage".encode("utf-16-le") in data:
            found.refuse(*_password())
        found.damaged()
    return found


def _refuse_other(found: CellBook, container: Container) -> NoReturn:
    for name, (what, hint) in _OTHERS.items():
        if name in container.names:
            found.refuse(f"this is {what}, not a table", hint)
    found.refuse(
        "this is an old Office file, not an Excel workbook", "export the table itself as CSV"
    )


def _password() -> tuple[str, str]:
    return "this workbook is password-protected", "save a copy without password"


def _harmless(found: CellBook, stream: bytes) -> bytes:
    """Take out what xlrd would compute: names, whose formulas can grow without end.

    Errors: DataRefusedError for a workbook with a password; DamagedError for a stream cut off.
    """
    changed = bytearray(stream)
    for at, code, _ in _records(stream, 0):
        if code == _FILEPASS:
            found.refuse(*_password())
        if code in _NAMES:
            struct.pack_into("<H", changed, at, _NOTHING)
    return bytes(changed)


def _read(found: CellBook, stream: bytes, *, from_excel: bool) -> None:
    """Read the sheets with xlrd.

    Errors: DamagedError for whatever xlrd raises: the workbook cannot be read.
    """
    try:
        book = xlrd.open_workbook(
            file_contents=stream,
            logfile=io.StringIO(),
            formatting_info=True,
            on_demand=True,
            ragged_rows=True,
        )
        for number, name in enumerate(book.sheet_names()):
            sheet = book.sheet_by_index(number)
            start = book._sh_abs_posn[number]  # noqa: SLF001  # where its records start
            said = _said(stream, start, from_excel=from_excel)
            here = found.add(name, hidden=sheet.visibility != 0)
            if said.again:
                here.refuse_again(said.again[0] + 1, said.again[1])
            _read_sheet(here, book, sheet, said)
            _note_layout(here, sheet, said)
            book.unload_sheet(number)
    except DataRefusedError:
        raise
    except MemoryError:
        raise
    except Exception as error:
        raise DamagedError from error


def _read_sheet(found: CellSheet, book: Any, sheet: Any, said: _Found) -> None:
    forms: dict[int, CellFormat] = {}
    fonts = {at for at, font in enumerate(book.font_list) if font.struck_out}
    struck = {at for at, style in enumerate(book.xf_list) if style.font_index in fonts}
    for row in range(sheet.nrows):
        kinds, values = sheet.row_types(row), sheet.row_values(row)
        for place, (kind, value) in enumerate(zip(kinds, values, strict=True)):
            if kind not in _EMPTY and sheet.cell_xf_index(row, place) in struck:
                found.strike(row + 1)
            if (row, place) in said.uncalculated:
                found.fault(row + 1, place, None)
            elif kind in _NUMBERS:
                style = sheet.cell_xf_index(row, place)
                form = forms.get(style) or forms.setdefault(style, _form(book, style))
                found.put_number(row + 1, place, value, form, from_1904=book.datemode == 1)
            elif kind == xlrd.XL_CELL_ERROR:
                found.fault(row + 1, place, xlrd.error_text_from_code.get(value, f"{value}"))
            else:
                found.put(
                    row + 1, place, _TRUTHS[value != 0] if kind == xlrd.XL_CELL_BOOLEAN else value
                )


def _note_layout(found: CellSheet, sheet: Any, said: _Found) -> None:
    for row, about in sheet.rowinfo_map.items():
        if about.hidden:
            found.hide(row + 1)
    for first, last, left, right in sheet.merged_cells:
        found.merge(first + 1, left, rows=last - first, columns=right - left)
    found.layout.filtered = said.filtered


def _form(book: Any, style: int) -> CellFormat:
    number = book.xf_list[style].format_key
    known = book.format_map.get(number)
    return CellFormat.of((known and known.format_str) or "General", number)


def _said(stream: bytes, start: int, *, from_excel: bool) -> _Found:
    """Find formulas of a sheet that have no value, a place with two cells, and whether it is filtered."""
    uncalculated, filtered, depth = set(), False, 0
    seen: set[tuple[int, int]] = set()
    again = None
    for at, code, size in _records(stream, start):
        depth += (code == _BEGIN) - (code == _END)
        if depth == 0:
            break
        filtered |= code == _FILTERED
        # Charts on the sheet, which lie deeper, have cells of their own.
        if depth == 1 and size >= 6 and (code in _ONE_CELL or code == _CELLS):
            row, first = struct.unpack_from("<HH", stream, at + 4)
            for place in range(first, first + (1 if code in _ONE_CELL else (size - 6) // 6)):
                again = (row, place) if (row, place) in seen else again
                seen.add((row, place))
        if code == _FORMULA and size >= 16 and _is_uncalculated(stream, at + 4, from_excel):
            uncalculated.add(struct.unpack_from("<HH", stream, at + 4))
    return _Found(frozenset(uncalculated), filtered, again)


def _is_uncalculated(stream: bytes, at: int, from_excel: bool) -> bool:  # noqa: FBT001  # internal
    """Tell a formula without a value, which this form has no sign for.

    Programs that do not calculate leave zero and ask for it to be done on loading, or leave empty
    text and no summary of the document. Excel and LibreOffice write one, and empty text of theirs
    is a result.
    """
    number, flags = struct.unpack_from("<dH", stream, at + 6)
    kind, _, mark = struct.unpack_from("<B5sH", stream, at + 6)
    if (kind, mark) == _EMPTY_TEXT:
        return not from_excel or bool(flags & _CALCULATE_ON_LOAD)
    return number == 0 and bool(flags & _CALCULATE_ON_LOAD)


def _records(stream: bytes, start: int) -> Iterator[tuple[int, int, int]]:
    """Give the place, the code and the size of each record from one on.

    Errors: DamagedError for one that is cut off, or longer than any.
    """
    at = start
    while at + 4 <= len(stream):
        code, size = struct.unpack_from("<HH", stream, at)
        if code == 0 and size == 0:
            return
        if size > _LONGEST_RECORD or at + 4 + size > len(stream):
            raise DamagedError
        yield at, code, size
        at += 4 + size
