"""OpenDocument spreadsheets (.ods): a cell, or a row, stands once for as often as it is repeated."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from xml.etree.ElementTree import ParseError, XMLParser

from retention_cli.patterns import lazy_pattern
from retention_cli.reading.workbooks.cell_rows import CellBook
from retention_cli.reading.workbooks.cell_text import clock_text, moment_text, number_text
from retention_cli.reading.workbooks.package import LONGEST_TEXT

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from retention_cli.reading.workbooks.cell_rows import CellSheet
    from retention_cli.reading.workbooks.package import Package

MIME = b"application/vnd.oasis.opendocument.spreadsheet"

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_EXTENDED = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_KIND, _STRING = f"{_OFFICE}value-type", f"{_OFFICE}string-value"
_CURRENCY = f"{_OFFICE}currency"
_EXTENDED_KIND, _FORMULA = f"{_EXTENDED}value-type", f"{_TABLE}formula"
_ROWS_REPEATED = f"{_TABLE}number-rows-repeated"
_COLUMNS_REPEATED = f"{_TABLE}number-columns-repeated"
_ROWS_SPANNED, _COLUMNS_SPANNED = f"{_TABLE}number-rows-spanned", f"{_TABLE}number-columns-spanned"
_ROW, _PARAGRAPH = f"{_TABLE}table-row", f"{_TEXT}p"
_CELLS = frozenset({f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"})
_SIGNS = {f"{_TEXT}s": "\0", f"{_TEXT}tab": "\1", f"{_TEXT}line-break": "\2"}
"""Signs that no XML can hold stand for the white space that is meant, until the other is gone."""
_MEANT = str.maketrans("\0\1\2", " \t\n")
_ERROR = lazy_pattern(
    r"#(?:NULL!|DIV/0!|VALUE!|REF!|NAME\?|NUM!|N/A)|(?:Err|Fehler):[0-9]{3}|#ERR[0-9]{3}!"
)
_SPAN = lazy_pattern(
    r"(-?)P(?:([0-9]+)D)?(?:T(?:([0-9]+)H)?(?:([0-9]+)M)?(?:([0-9]+)(?:[.,]([0-9]+))?S)?)?"
)
_HALF_A_MILLISECOND = timedelta(microseconds=500)
_BEYOND_ANY = 1 << 30
"""More than any sheet has, and still a number that can be written."""
_MOST_REPEATED = 1 << 20
"""Filled cells that are in the file once, for more rows than one: nobody has so many alike."""
_NUMBERS = frozenset({"float", "percentage", "currency"})


def read_ods(package: Package) -> CellBook:
    """Read all sheets of a spreadsheet.

    Errors: DataRefusedError where it is damaged, has a password, or has more cells than are taken.
    """
    manifest = "META-INF/manifest.xml"
    if manifest in package.parts and _is_locked(package, manifest):
        package.refuse("this workbook is password-protected", "save a copy without password")
    if "content.xml" not in package.parts:
        package.damaged()
    found = CellBook(package.file)
    # The parser of defusedxml takes twice as long, to refuse what `pieces` has refused: a DTD.
    parser = XMLParser(target=_Content(found))  # noqa: S314
    try:
        for piece in package.pieces("content.xml"):
            parser.feed(piece)
        parser.close()
    except (ParseError, ValueError, LookupError):
        package.damaged()
    return found


def _is_locked(package: Package, manifest: str) -> bool:
    # As bytes: an old manifest names a DTD, and is never parsed.
    return b"encryption-data" in b"".join(package.inflated(manifest))


class _Content:
    """Hears the content from start to end, so that no tree of it is held."""

    def __init__(self, book: CellBook) -> None:
        self.book = book
        self.path: list[str] = []
        self.hidden_styles: set[str] = set()
        self.struck: set[str] = set()
        self.style = ""
        self.sheet: CellSheet | None = None
        self.depth = 0
        self.row = self.place = 0
        self.cells: list[_Cell] = []
        self.rows = 1
        self.hidden = ""
        self.cell: _Cell | None = None
        self.cell_depth = self.repeated = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Hear that an element begins."""
        self.path.append(tag)
        if self.sheet is not None:
            self._start_in_sheet(tag, attributes)
        elif tag == f"{_STYLE}style":
            self.style = attributes.get(f"{_STYLE}name", "")
        elif tag == f"{_STYLE}table-properties":
            if attributes.get(f"{_TABLE}display") == "false":
                self.hidden_styles.add(self.style)
        elif tag == f"{_STYLE}text-properties":
            if attributes.get(f"{_STYLE}text-line-through-style", "none") != "none":
                self.struck.add(self.style)
        elif tag == f"{_TABLE}table" and self.path[-2:-1] == [f"{_OFFICE}spreadsheet"]:
            hidden = attributes.get(f"{_TABLE}style-name") in self.hidden_styles
            self.sheet = self.book.add(attributes.get(f"{_TABLE}name", ""), hidden=hidden)
            self.row, self.depth = 1, len(self.path)

    def _start_in_sheet(self, tag: str, attributes: Mapping[str, str]) -> None:
        if self.cell is not None:
            self._start_in_cell(tag, attributes)
        elif tag == f"{_TABLE}table-source":
            # A copy of a sheet of another file, kept for formulas.
            self.book.sheets.pop()
            self.sheet = None
        elif tag == _ROW:
            self.rows = _count(attributes, _ROWS_REPEATED)
            self.hidden = attributes.get(f"{_TABLE}visibility", "")
            self.place, self.cells = 0, []
        elif tag in _CELLS:
            self.cell = _Cell(attributes, self.place)
            self.cell_depth = len(self.path)
            self.place += self.cell.repeated

    def _start_in_cell(self, tag: str, attributes: Mapping[str, str]) -> None:
        if self.cell is None or not self._in_paragraph():
            return
        if len(self.path) == self.cell_depth + 1:
            self.cell.paragraphs.append([])
        elif tag in _SIGNS:
            count = int(attributes.get(f"{_TEXT}c", "1"))
            if count > LONGEST_TEXT:
                self.book.refuse("a cell holds more than 4 MiB", "is it the right file?")
            self.cell.paragraphs[-1].append(_SIGNS[tag] * count)

    def _in_paragraph(self) -> bool:
        """Tell text of the cell itself from that of its comments and drawings."""
        return self.path[self.cell_depth : self.cell_depth + 1] == [_PARAGRAPH]

    def data(self, text: str) -> None:
        """Hear text."""
        if self.cell is not None and self._in_paragraph():
            self.cell.paragraphs[-1].append(text)

    def end(self, tag: str) -> None:
        """Hear that an element ends."""
        depth = len(self.path)
        self.path.pop()
        if self.sheet is None:
            return
        if self.cell is not None and depth == self.cell_depth:
            self.cell.finish()
            self.cells.append(self.cell)
            self.cell = None
        elif self.cell is None and tag == _ROW:
            self._put_row(self.sheet)
        elif depth == self.depth:
            self.sheet = None

    def close(self) -> None:
        """Nothing is left to do."""

    def _put_row(self, sheet: CellSheet) -> None:
        last, filled = self.row + self.rows - 1, False
        for cell in self.cells:
            cell.note_merged(sheet, self.row)
            if not cell.is_filled:
                continue
            filled = True
            # Before any is put: it may be repeated a billion times.
            sheet.reach(last, cell.place + cell.repeated - 1)
            self._count_repeated((self.rows - 1) * cell.repeated)
            struck = cell.attributes.get(f"{_TABLE}style-name") in self.struck
            for row in range(self.row, last + 1):
                if struck:
                    sheet.strike(row)
                for place in range(cell.place, cell.place + cell.repeated):
                    cell.put(sheet, row, place)
        if filled and self.hidden in {"collapse", "filter"}:
            sheet.layout.filtered |= self.hidden == "filter"
            for row in range(self.row, last + 1):
                sheet.hide(row)
        self.row += self.rows

    def _count_repeated(self, cells: int) -> None:
        self.repeated += cells
        if self.repeated > _MOST_REPEATED:
            self.book.refuse(
                f"repeats filled rows into more than {_MOST_REPEATED:,} cells",
                "delete the rows below the table, and save it",
            )


class _Cell:
    """One cell, and as how many beside each other it is."""

    def __init__(self, attributes: Mapping[str, str], place: int) -> None:
        self.place = place
        self.repeated = _count(attributes, _COLUMNS_REPEATED)
        self.attributes = attributes
        self.paragraphs: list[list[str]] = []
        self.fault = self.typed = False
        self.text: str | None = None

    @property
    def is_filled(self) -> bool:
        """Tell a cell that has anything in it from one that only takes place."""
        return self.fault or bool(self.text)

    def finish(self) -> None:
        """Decide what it holds, once all of it was heard."""
        kind = self.attributes.get(_KIND, "")
        is_formula = _FORMULA in self.attributes
        if is_formula or kind not in _VALUES:
            shown = "\n".join(map(_as_shown, self.paragraphs))
            has_error = self.attributes.get(_EXTENDED_KIND) == "error"
            if has_error or (is_formula and _ERROR.fullmatch(shown)):
                self.fault, self.text = True, shown
                return
            if kind not in _VALUES:
                self.text = shown or self.attributes.get(_STRING) or None
                self.fault = is_formula and not kind and not self.text
                return
        name, as_text = _VALUES[kind]
        stored = self.attributes.get(name, "")
        try:
            self.text, self.typed = as_text(stored), kind in _NUMBERS
        except (ValueError, OverflowError):
            # What is not a number or day stays as it stands, and is refused where one is needed.
            self.text = stored

    def note_merged(self, sheet: CellSheet, row: int) -> None:
        """Tell a sheet where it spans several places."""
        rows = _count(self.attributes, _ROWS_SPANNED)
        columns = _count(self.attributes, _COLUMNS_SPANNED)
        if rows > 1 or columns > 1:
            sheet.merge(row, self.place, rows=rows, columns=columns)

    def put(self, sheet: CellSheet, row: int, place: int) -> None:
        """Give it to a sheet."""
        if self.fault:
            sheet.fault(row, place, self.text)
        else:
            currency = self.attributes.get(_CURRENCY)
            if currency and self.typed and self.text:
                sheet.put_money(row, place, self.text, currency)
            else:
                sheet.put(row, place, self.text, typed=self.typed)


def _count(attributes: Mapping[str, str], name: str) -> int:
    return min(max(1, int(attributes[name])), _BEYOND_ANY) if name in attributes else 1


def _as_shown(pieces: Sequence[str]) -> str:
    """Give the text of a paragraph: white space that is not meant is one blank, and none around."""
    text = "".join(pieces)
    return re.sub(r"[ \t\r\n]+", " ", text).strip(" ").translate(_MEANT)


def _day(text: str) -> str:
    if "T" not in text:
        return moment_text(date.fromisoformat(text))
    moment = datetime.fromisoformat(text).replace(tzinfo=None) + _HALF_A_MILLISECOND
    return moment_text(moment.replace(microsecond=moment.microsecond // 1000 * 1000))


def _span(text: str) -> str:
    r"""Write a span such as PT30H05M00S.

    Errors: ValueError for what is none.
    """
    found = _SPAN.fullmatch(text)
    if not found:
        raise ValueError(text)
    sign, *parts, fraction = found.groups("0")
    days, hours, minutes, seconds = map(int, parts)
    whole = ((days * 24 + hours) * 60 + minutes) * 60 + seconds
    milliseconds = whole * 1000 + round(float(f"0.{fraction}") * 1000)
    return clock_text(-milliseconds if sign == "-" else milliseconds)


_VALUES: dict[str, tuple[str, Callable[[str], str]]] = {
    **dict.fromkeys(sorted(_NUMBERS), (f"{_OFFICE}value", lambda text: number_text(float(text)))),
    "date": (f"{_OFFICE}date-value", _day),
    "time": (f"{_OFFICE}time-value", _span),
    "boolean": (f"{_OFFICE}boolean-value", lambda text: "TRUE" if text == "true" else "FALSE"),
}
