"""What a workbook says of itself: its sheets, where they are, and how dates are written."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from retention_cli.reading.workbooks.cell_text import CellForm, form_of, is_plain_format
from retention_cli.reading.workbooks.currencies import BUILT_IN_MONEY, currency_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from retention_cli.reading.workbooks.package import Package

_WORKSHEET, _STYLES, _STRINGS = "/worksheet", "/styles", "/sharedStrings"
_TRUE = frozenset(("1", "true", "on"))
_HIDDEN = frozenset(("hidden", "veryHidden"))


@dataclass(frozen=True, slots=True)
class SheetPart:
    """One worksheet: its name, the part that holds it, and whether it is hidden."""

    name: str
    part: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class WorkbookParts:
    """The worksheets in order, and what else bears on reading their cells.

    `plain_dates` says that every reader takes the same cells for dates, and for the same ones;
    `struck` are the styles whose text is struck through; `currencies` are those that styles show.
    """

    sheets: tuple[SheetPart, ...]
    strings: str | None
    macros: bool
    plain_dates: bool
    struck: frozenset[str] = frozenset()
    currencies: Mapping[str, str] = field(default_factory=dict)


def workbook_parts(package: Package) -> WorkbookParts:
    """Read what the parts beside the sheets say.

    Errors: DataRefusedError for a zip that is not a workbook of this form, and for a damaged one.
    """
    start = next((t for kind, t in _relations(package, "") if kind.endswith("/officeDocument")), "")
    if start not in package.parts:
        package.refuse(
            "this is a zip archive, not an Excel workbook", "unpack it, and name its tables"
        )
    book = _xml(package, start)
    pointed = related(package, start)
    by_id = {key: (kind, target) for key, kind, target in pointed}
    sheets = [
        SheetPart(element.get("name", ""), by_id[key][1], element.get("state") in _HIDDEN)
        for element in _elements(book, "sheet")
        if (key := _relation_id(element)) in by_id and by_id[key][0].endswith(_WORKSHEET)
    ]
    if any(sheet.part not in package.parts for sheet in sheets):
        package.damaged()
    named = {kind.rpartition("/")[2]: target for _, kind, target in pointed}
    strings, styles = named.get(_STRINGS[1:]), named.get(_STYLES[1:])
    properties = next(_elements(book, "workbookPr"), None)
    from_1904 = properties is not None and properties.get("date1904") in _TRUE
    look = _xml(package, styles) if styles and styles in package.parts else None
    return WorkbookParts(
        sheets=tuple(sheets),
        strings=strings if strings in package.parts else None,
        macros=any(name.lower().endswith("vbaproject.bin") for name in package.parts),
        plain_dates=not from_1904 and (look is None or _plain_formats(look)),
        struck=frozenset() if look is None else _struck(look),
        currencies={} if look is None else _currencies(look),
    )


def _plain_formats(styles: Element) -> bool:
    """Tell whether no format is one that readers could take differently."""
    return all(is_plain_format(e.get("formatCode", "")) for e in _elements(styles, "numFmt"))


def _struck(styles: Element) -> frozenset[str]:
    """Give the numbers of the styles whose font is struck through."""
    fonts = next(_elements(styles, "fonts"), ())
    marks = [next(_elements(font, "strike"), None) for font in fonts]
    found = {
        str(at)
        for at, mark in enumerate(marks)
        if mark is not None and mark.get("val", "1") in _TRUE
    }
    cells = next(_elements(styles, "cellXfs"), ()) if found else ()
    return frozenset(str(at) for at, cell in enumerate(cells) if cell.get("fontId") in found)


def _currencies(styles: Element) -> Mapping[str, str]:
    """Give the currency that each style shows."""
    of_formats: dict[str, str | None] = dict.fromkeys(BUILT_IN_MONEY, "$")
    for element in _elements(styles, "numFmt"):
        code = element.get("formatCode", "")
        is_number = form_of(code) is CellForm.NUMBER
        of_formats[element.get("numFmtId", "")] = currency_in(code) if is_number else None
    return {
        str(at): currency
        for at, cell in enumerate(next(_elements(styles, "cellXfs"), ()))
        if (currency := of_formats.get(cell.get("numFmtId", "")))
    }


def _relations(package: Package, part: str) -> Iterator[tuple[str, str]]:
    for _, kind, target in related(package, part):
        yield kind, target


def relations_of(part: str) -> str:
    """Give the part that says what a part points at; that of nothing is the whole workbook's.

    Example:
        >>> relations_of("xl/workbook.xml"), relations_of("")
        ('xl/_rels/workbook.xml.rels', '_rels/.rels')
    """
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def related(package: Package, part: str) -> list[tuple[str, str, str]]:
    """Give the id, the kind and the target of everything that a part points at."""
    folder, _ = posixpath.split(part)
    place = relations_of(part)
    if place not in package.parts:
        return []
    return [
        (
            element.get("Id", ""),
            element.get("Type", ""),
            posixpath.normpath(posixpath.join("/", folder, _target(element))).lstrip("/"),
        )
        for element in _elements(_xml(package, place), "Relationship")
        if element.get("TargetMode") != "External"
    ]


def _target(element: Element) -> str:
    """Give where a part is; some programs write backslashes."""
    return element.get("Target", "").replace("\\", "/")


def _relation_id(element: Element) -> str:
    return next((v for k, v in element.items() if k.endswith("}id")), "")


def _elements(root: Element, name: str) -> Iterator[Element]:
    """Find elements by their name, in the strict form's namespace too."""
    return (element for element in root.iter() if element.tag.rpartition("}")[2] == name)


def _xml(package: Package, name: str) -> Element:
    try:
        root: Element = fromstring(package.whole(name))
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        package.damaged()
    return root
