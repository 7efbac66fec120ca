"""Workbooks of every form: which one it is, told by its content, and its sheets as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli.reading.workbooks.ods import MIME, read_ods
from retention_cli.reading.workbooks.ole import OLE_START
from retention_cli.reading.workbooks.package import open_package
from retention_cli.reading.workbooks.xls import read_xls
from retention_cli.reading.workbooks.xlsb import BINARY_BOOK, read_xlsb
from retention_cli.reading.workbooks.xlsx import read_workbook
from retention_cli.reading.workbooks.xml import read_xml_book

if TYPE_CHECKING:
    from retention_cli.reading.tables.find_header import Known
    from retention_cli.reading.text import TextSheet
    from retention_cli.reading.workbooks.package import Package

_ZIP_START = b"PK"
_MIME_PART, _CONTENT = "mimetype", "content.xml"
_OTHER_PARTS = {
    "index/document.iwa": ("a Numbers document", "export it to Excel (.xlsx)"),
    "word/document.xml": ("a Word document (.docx)", "export the table itself as CSV"),
    "ppt/presentation.xml": ("a PowerPoint presentation", "export the table itself as CSV"),
}


def read_workbook_of_any_form(
    data: bytes, *, file: str, sheet: str | None, known: Known
) -> tuple[TextSheet, ...]:
    """Read the sheets of a workbook that hold any cell, or the one that is named.

    Shape: the same for each form. Excel: .xlsx, .xlsm, .xlsb, .xls and XML Spreadsheet 2003;
        OpenDocument: .ods.
    Errors: DataRefusedError where it is damaged, dangerous, empty, too large or no workbook;
        UnknownNameError for a sheet that it does not have.
    """
    if data.startswith(OLE_START):
        return read_xls(data, file=file).tables(data, sheet=sheet, known=known)
    if not data.startswith(_ZIP_START):
        return read_xml_book(data, file=file).tables(data, sheet=sheet, known=known)
    package = open_package(data, file=file)
    if BINARY_BOOK in package.parts:
        return read_xlsb(package).tables(data, sheet=sheet, known=known)
    if _is_open_document(package):
        return read_ods(package).tables(data, sheet=sheet, known=known)
    return read_workbook(data, file=file, sheet=sheet, known=known)


def _is_open_document(package: Package) -> bool:
    """Tell a spreadsheet of OpenDocument.

    Errors: DataRefusedError for what is not a spreadsheet.
    """
    names = {name.lower() for name in package.parts}
    for name, (what, hint) in _OTHER_PARTS.items():
        if name in names or (name.endswith(".iwa") and any(n.endswith(".numbers") for n in names)):
            package.refuse(f"this is {what}, not a table", hint)
    if _MIME_PART not in package.parts:
        return False
    kind = b"".join(package.inflated(_MIME_PART)).strip()
    if b"opendocument" in kind and not kind.startswith(MIME):
        package.refuse(
            f"this is an OpenDocument file, not a spreadsheet ({kind[:80].decode('ascii', 'replace')})",
            "export the table itself as CSV",
        )
    return kind.startswith(MIME)
