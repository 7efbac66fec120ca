"""XML Spreadsheet 2003: workbooks as one page of XML, which some programs name .xls."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import XMLParser

from retention_cli.patterns import lazy_pattern
from retention_cli.reading.workbooks.cell_rows import CellBook
from retention_cli.reading.workbooks.cell_text import CellForm, CellFormat, serial_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from retention_cli.reading.workbooks.cell_rows import CellSheet

_NAMESPACE = "urn:schemas-microsoft-com:office:spreadsheet"
_SS = f"{{{_NAMESPACE}}}"
_X = "{urn:schemas-microsoft-com:office:excel}"
_START = lazy_pattern(rf"<(?:\w+:)?Workbook\b[^>]*{_NAMESPACE}")
_START_BYTES = 4096
_PIECE = 1 << 20
_BEYOND_ANY = 1 << 30
"""More than any sheet has, and still a number that can be written."""
_NAMED_FORMS = {
    **dict.fromkeys(("general date", "long date", "medium date", "short date"), CellForm.MOMENT),
    **dict.fromkeys(("long time", "medium time", "short time"), CellForm.CLOCK),
    **dict.fromkeys(("fixed", "standard"), CellForm.NUMBER),
    **dict.fromkeys(("percent", "scientific", "general number"), CellForm.NUMBER),
    **dict.fromkeys(("yes/no", "true/false", "on/off", "general"), CellForm.NUMBER),
}
_NAMED_MONEY = {"currency": "$", "euro currency": "€"}
_DAY = timedelta(days=1)
_EPOCH, _EARLY_EPOCH, _EPOCH_1904 = (
    datetime.fromisoformat(day) for day in ("1899-12-30", "1899-12-31", "1904-01-01")
)
_FIRST_AFTER_THE_LEAP_DAY = datetime.fromisoformat("1900-03-01")


def is_xml_book(data: bytes) -> bool:
    """Tell such a workbook by its first element."""
    start = data[:_START_BYTES]
    mark = "utf-16" if start[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8"
    return _START.search(start.decode(mark, "replace")) is not None


def read_xml_book(data: bytes, *, file: str) -> CellBook:
    """Read all worksheets.

    Errors: DataRefusedError where it is not whole, or holds a DTD.
    """
    found = CellBook(file)
    parser = XMLParser(target=_Content(found), forbid_dtd=True)
    try:
        for start in range(0, len(data), _PIECE):
            parser.feed(data[start : start + _PIECE])
        parser.close()
    except DefusedXmlException:
        found.refuse(
            "this workbook holds a DTD, which no spreadsheet program writes",
            "open it in Excel and save it as .xlsx (Excel Workbook)",
        )
    except (ParseError, ValueError, LookupError):
        found.damaged()
    return found


class _Content:
    """Hears the workbook from start to end, so that no tree of it is held."""

    def __init__(self, book: CellBook) -> None:
        self.book = book
        self.formats: dict[str, CellFormat] = {}
        self.style = ""
        self.struck: set[str] = set()
        self.sheet: CellSheet | None = None
        self.row = self.place = 0
        self.cell: Mapping[str, str] = {}
        self.kind = ""
        self.text: str | None = None
        self.texts: list[str] | None = None
        self.words: list[str] | None = None
        self.from_1904 = self.in_comment = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Hear that an element begins."""
        if tag == f"{_SS}Style":
            self.style = attributes.get(f"{_SS}ID", "")
        elif tag == f"{_SS}NumberFormat":
            code = attributes.get(f"{_SS}Format", "General")
            self.formats[self.style] = _format_of(code)
        elif tag == f"{_SS}Font" and attributes.get(f"{_SS}StrikeThrough") == "1":
            self.struck.add(self.style)
        elif tag == f"{_X}Date1904":
            self.from_1904 = True
        elif tag == f"{_SS}Worksheet":
            self.sheet = self.book.add(attributes.get(f"{_SS}Name", ""))
            self.row = 0
        elif self.sheet is not None:
            self._start_in_sheet(self.sheet, tag, attributes)

    def _start_in_sheet(self, sheet: CellSheet, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == f"{_SS}Row":
            self.row = _number(attributes, "Index", self.row + 1)
            self.place = 0
            if attributes.get(f"{_SS}Hidden") == "1":
                sheet.hide(self.row)
        elif tag == f"{_SS}Cell":
            self.place = _number(attributes, "Index", self.place + 1)
            self.cell, self.kind, self.text = attributes, "", None
        elif tag == f"{_SS}Comment":
            self.in_comment = True
        elif tag == f"{_SS}Data" and not self.in_comment:
            self.kind, self.texts = attributes.get(f"{_SS}Type", ""), []
        elif tag == f"{_X}Visible":
            self.words = []
        elif tag in {f"{_X}FilterOn", f"{_SS}FilterOn"}:
            sheet.layout.filtered = True

    def data(self, text: str) -> None:
        """Hear text; that of rich text comes in parts."""
        for heard in (self.texts, self.words):
            if heard is not None:
                heard.append(text)

    def end(self, tag: str) -> None:
        """Hear that an element ends."""
        if self.sheet is None:
            return
        if tag == f"{_SS}Cell":
            self._put(self.sheet, self.text)
        elif tag == f"{_SS}Comment":
            self.in_comment = False
        elif tag == f"{_SS}Data" and self.texts is not None:
            self.text, self.texts = "".join(self.texts), None
        elif tag == f"{_X}Visible" and self.words is not None:
            self.sheet.hidden = "".join(self.words).strip() != "SheetVisible"
            self.words = None
        elif tag == f"{_SS}Worksheet":
            self.sheet = None

    def close(self) -> None:
        """Nothing is left to do."""

    def _put(self, sheet: CellSheet, text: str | None) -> None:
        across, down = (_number(self.cell, f"Merge{to}", 0) for to in ("Across", "Down"))
        place = self.place - 1
        if min(self.row, self.place) < 1:
            raise ValueError
        if across > 0 or down > 0:
            sheet.merge(self.row, place, rows=down + 1, columns=across + 1)
        if text is None and f"{_SS}Formula" in self.cell:
            sheet.fault(self.row, place, None)
        elif self.kind == "Error":
            sheet.fault(self.row, place, text)
        elif text:
            style = self.cell.get(f"{_SS}StyleID", "")
            form, currency = self.formats.get(style, CellFormat(CellForm.NUMBER))
            typed = self.kind == "Number" and form is CellForm.NUMBER
            if typed and currency:
                sheet.put_money(self.row, place, self._text(text, form), currency)
            else:
                sheet.put(self.row, place, self._text(text, form), typed=typed)
            if self.cell.get(f"{_SS}StyleID") in self.struck:
                sheet.strike(self.row)
        self.place += max(across, 0)

    def _text(self, text: str, form: CellForm) -> str:
        """Write a value; what is not of its own type stays as it stands, and is refused later."""
        try:
            if self.kind == "Number":
                return serial_text(float(text), form, from_1904=self.from_1904)
            if self.kind == "DateTime":
                form = CellForm.MOMENT if form is CellForm.NUMBER else form
                return serial_text(self._serial(text), form, from_1904=self.from_1904)
        except (ValueError, OverflowError):
            return text
        return {"1": "TRUE", "0": "FALSE"}.get(text, text) if self.kind == "Boolean" else text

    def _serial(self, text: str) -> float:
        """Give the number that a moment is stored as in other forms."""
        moment = datetime.fromisoformat(text).replace(tzinfo=None)
        if self.from_1904:
            return (moment - _EPOCH_1904) / _DAY
        return (moment - (_EPOCH if moment >= _FIRST_AFTER_THE_LEAP_DAY else _EARLY_EPOCH)) / _DAY


def _format_of(code: str) -> CellFormat:
    named = code.lower()
    if named in _NAMED_MONEY:
        return CellFormat(CellForm.NUMBER, _NAMED_MONEY[named])
    form = _NAMED_FORMS.get(named)
    return CellFormat(form) if form else CellFormat.of(code)


def _number(attributes: Mapping[str, str], name: str, default: int) -> int:
    return min(int(attributes.get(f"{_SS}{name}", default)), _BEYOND_ANY)
