"""Excel workbooks to text: every sheet that holds a cell, with the sheet's own row numbers."""

from __future__ import annotations

import hashlib
import warnings
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from retention_cli.errors import DataRefusedError, UnknownNameError
from retention_cli.findings.problems import Notice
from retention_cli.reading.tables.find_header import NOTHING_KNOWN
from retention_cli.reading.text import same_sheet
from retention_cli.reading.workbooks.currencies import mixed_places
from retention_cli.reading.workbooks.package import MOST_BYTES, open_package
from retention_cli.reading.workbooks.paths import with_plain_paths
from retention_cli.reading.workbooks.shared_texts import (
    SharedTexts,
    look_at_texts,
    refuse_expanded,
)
from retention_cli.reading.workbooks.sheet_parser import scan_sheet
from retention_cli.reading.workbooks.sheet_table import marked, remarks_on, sheet_table
from retention_cli.reading.workbooks.workbook_parts import workbook_parts
from retention_cli.reading.workbooks.xlsx_careful import CarefulBook, careful_batches, careful_book
from retention_cli.reading.workbooks.xlsx_quick import DoubtfulError, quick_batches, quick_book

if TYPE_CHECKING:
    from collections.abc import Sequence

    from python_calamine import CalamineWorkbook

    from retention_cli.findings.problems import Problem
    from retention_cli.reading.tables.find_header import Known
    from retention_cli.reading.text import TextBatch, TextSheet
    from retention_cli.reading.workbooks.package import Package
    from retention_cli.reading.workbooks.sheet_scan import SheetScan
    from retention_cli.reading.workbooks.workbook_parts import SheetPart, WorkbookParts

_MACROS = Notice("macros", "macros of the workbook are ignored", of_file=True)


def read_workbook(  # all that can be told of a file
    data: bytes,
    *,
    file: str,
    sheet: str | None = None,
    quick: bool = True,
    known: Known = NOTHING_KNOWN,
) -> tuple[TextSheet, ...]:
    """Read the sheets of a workbook that hold any cell, or the one that is named.

    Shape: as from a CSV file; `faults` are cells without a value, `remarks` what is to be said.
        Without `quick` every sheet is read by the careful reader, with the same result.
    Errors: DataRefusedError where it is damaged, dangerous, empty or too large; UnknownNameError
        for a sheet that it does not have.
    """
    reader = _Reader(data, file, quick=quick, known=known)
    found = [one for part in reader.chosen(sheet) if (one := reader.read(part)) is not None]
    if not found:
        where = f"its sheet '{sheet}' holds no cell" if sheet else "none of its sheets holds a cell"
        raise DataRefusedError(f"{file}: {where}", "export it again")
    return tuple(found)


class _Reader:
    """One workbook behind its guard; each of the two libraries opens it only when needed."""

    def __init__(
        self,
        data: bytes,
        file: str,
        *,
        quick: bool,
        known: Known,
    ) -> None:
        self._table = partial(sheet_table, file=file, known=known)
        self.package: Package = with_plain_paths(open_package(data, file=file))
        self.parts: WorkbookParts = workbook_parts(self.package)
        self.sha256 = hashlib.sha256(data).hexdigest()
        sheets = {sheet.part: sheet.name for sheet in self.parts.sheets}
        strings = self.parts.strings
        for name in self.package.xml_parts:
            if name not in {*sheets, strings}:
                self.package.check(name)
        self.scans: dict[str, SheetScan] = {
            part: scan_sheet(self.package, part, name=sheets[part], book=self.parts)
            for part in sorted(sheets)
        }
        texts = look_at_texts(self.package, strings) if strings else SharedTexts()
        named = sum(scan.shared for scan in self.scans.values())
        if strings and named * texts.longest > MOST_BYTES:
            refuse_expanded(self.package, strings, sorted(sheets))
        self.may_be_quick = quick and texts.plain and self.parts.plain_dates
        self.quick_book: CalamineWorkbook | None = None
        self.careful_book: CarefulBook | None = None

    def chosen(self, name: str | None) -> Sequence[SheetPart]:
        """Give all sheets, or the one of that name, whatever its case."""
        found = [sheet for sheet in self.parts.sheets if same_sheet(sheet.name, name)]
        if name is not None and not found:
            known = [sheet.name for sheet in self.parts.sheets]
            raise UnknownNameError("sheet", name, known, where=f"{self.package.file}: ")
        return found

    def read(self, part: SheetPart) -> TextSheet | None:
        """Read one sheet; None where it holds no cell."""
        scan = self.scans[part.part]
        if scan.far is not None:
            self.package.refuse(
                f"sheet '{part.name}' reaches to {scan.far}, far from any table",
                "delete what is there (Ctrl+End goes to it), and save it",
            )
        batches, faults = self._cells(part.name, scan)
        sheet = self._table(batches, faults, part=part, sha256=self.sha256)
        if sheet is None:
            return None
        sheet = marked(sheet, scan)
        remarks = tuple(remarks_on(sheet, scan, hidden=part.hidden))
        if self.parts.macros and part is self.parts.sheets[0]:
            remarks += (_MACROS,)
        return replace(sheet, remarks=remarks)

    def _cells(self, name: str, scan: SheetScan) -> tuple[list[TextBatch], list[Problem]]:
        found = self._quick_cells(name, scan) if self.may_be_quick else None
        if found is not None:
            return found, []
        faults: list[Problem] = []
        with warnings.catch_warnings():
            # Openpyxl warns of styles, validations and extensions, none of which are read.
            warnings.simplefilter("ignore")
            if self.careful_book is None:
                self.careful_book = careful_book(self.package)
            return list(careful_batches(self.careful_book, name, faults, scan)), faults

    def _quick_cells(self, name: str, scan: SheetScan) -> list[TextBatch] | None:
        """Read a plain sheet quickly; None where the careful reader has to look at it."""
        if not scan.plain or not scan.fits or mixed_places(scan.currencies):
            return None
        try:
            self.quick_book = self.quick_book or quick_book(self.package.data)
            return list(quick_batches(self.quick_book, name, scan))
        except DoubtfulError:
            return None
        except BaseException as error:
            # A panic of calamine is not an Exception. Whatever stopped it, the careful reader tells.
            if isinstance(error, Exception) or type(error).__name__ == "PanicException":
                return None
            raise
