"""Workbooks made part by part, so that a test can hold what no writer would write."""

from __future__ import annotations

import io
import zipfile
from html import escape

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


def xml(name, content, attributes=""):
    return f'{_HEAD}<{name} xmlns="{_MAIN}" xmlns:r="{_OFFICE}"{attributes}>{content}</{name}>'


def letters(place):
    """The letters of a column counted from 1."""
    text = ""
    while place:
        place, rest = divmod(place - 1, 26)
        text = chr(65 + rest) + text
    return text


def cell(where, value, style=0):
    """One cell: a number, a truth, text, or its XML as a tuple of type and content."""
    style = f' s="{style}"' if style else ""
    if isinstance(value, tuple):
        kind, content = value
        kind = f' t="{kind}"' if kind else ""
        return f'<c r="{where}"{style}{kind}>{content}</c>'
    if isinstance(value, bool):
        return f'<c r="{where}"{style} t="b"><v>{value:d}</v></c>'
    if isinstance(value, int | float):
        return f'<c r="{where}"{style}><v>{value!r}</v></c>'
    text = escape(value, quote=False)
    space = ' xml:space="preserve"' if value != value.strip() else ""
    return f'<c r="{where}"{style} t="inlineStr"><is><t{space}>{text}</t></is></c>'


def rows(*table, first=1, column=1, styles=()):
    """Rows of cells from a place on; None is not a cell, and an empty row is left out."""
    found = []
    for number, values in enumerate(table, start=first):
        cells = "".join(
            cell(f"{letters(column + i)}{number}", value, styles[i] if i < len(styles) else 0)
            for i, value in enumerate(values)
            if value is not None
        )
        if cells:
            found.append(f'<row r="{number}">{cells}</row>')
    return "".join(found)


def sheet(data, *, before="", after=""):
    """A worksheet around its rows."""
    return xml("worksheet", f"{before}<sheetData>{data}</sheetData>{after}")


def styles(*formats):
    """A part of styles: style 1 is the first of the formats, given by code or by number."""
    codes = [(170 + i, f) for i, f in enumerate(formats) if isinstance(f, str)]
    numbers = [170 + i if isinstance(f, str) else f for i, f in enumerate(formats)]
    named = "".join(f'<numFmt numFmtId="{n}" formatCode="{escape(f)}"/>' for n, f in codes)
    named = f'<numFmts count="{len(codes)}">{named}</numFmts>' if codes else ""
    used = "".join(f'<xf numFmtId="{n}" applyNumberFormat="1" xfId="0"/>' for n in (0, *numbers))
    rest = "<fonts><font/></fonts><fills><fill><patternFill/></fill></fills>"
    rest += "<borders><border/></borders><cellStyleXfs><xf/></cellStyleXfs>"
    names = '<cellStyles><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    return xml("styleSheet", f"{named}{rest}<cellXfs>{used}</cellXfs>{names}")


def parts(sheets, *, formats=(), from_1904=False, hidden=(), strings="", more=()):
    """All parts of a workbook by name; `sheets` maps names to worksheets."""
    listed, related, typed = "", "", ""
    found = {}
    for number, (name, content) in enumerate(sheets.items(), start=1):
        state = ' state="hidden"' if name in hidden else ""
        listed += f'<sheet name="{escape(name)}" sheetId="{number}"{state} r:id="r{number}"/>'
        related += f'<Relationship Id="r{number}" Type="{_OFFICE}/worksheet"'
        related += f' Target="worksheets/sheet{number}.xml"/>'
        typed += f'<Override PartName="/xl/worksheets/sheet{number}.xml"'
        typed += f' ContentType="{_SHEET}.worksheet+xml"/>'
        found[f"xl/worksheets/sheet{number}.xml"] = content
    for kind in ("styles", "sharedStrings"):
        related += f'<Relationship Id="{kind}" Type="{_OFFICE}/{kind}" Target="{kind}.xml"/>'
        typed += f'<Override PartName="/xl/{kind}.xml" ContentType="{_SHEET}.{kind}+xml"/>'
    start = f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
    epoch = '<workbookPr date1904="1"/>' if from_1904 else "<workbookPr/>"
    relations = f'<Relationships xmlns="{_PACKAGE}/relationships">'
    defaults = '<Default Extension="xml" ContentType="application/xml"/>'
    defaults += '<Default Extension="rels"'
    defaults += ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    defaults += '<Override PartName="/xl/workbook.xml"'
    defaults += f' ContentType="{_SHEET}.sheet.main+xml"/>'
    return {
        "[Content_Types].xml": f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">{defaults}{typed}'
        "</Types>",
        "_rels/.rels": f"{_HEAD}{relations}{start}</Relationships>",
        "xl/workbook.xml": xml("workbook", f"{epoch}<sheets>{listed}</sheets>"),
        "xl/_rels/workbook.xml.rels": f"{_HEAD}{relations}{related}</Relationships>",
        "xl/styles.xml": styles(*formats),
        "xl/sharedStrings.xml": xml("sst", strings),
        **found,
        **dict(more),
    }


def zipped(found, *, stored=False):
    """A zip of parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED) as out:
        for name, content in found.items():
            out.writestr(name, content)
    return file.getvalue()


def book(*table, formats=(), columns=(), **also):
    """A workbook with one sheet named Data of these rows; `columns` are the styles of columns."""
    return zipped(parts({"Data": sheet(rows(*table, styles=columns))}, formats=formats, **also))


def book_of(sheets, **also):
    """A workbook of sheets by name, each a list of rows."""
    return zipped(parts({name: sheet(rows(*table)) for name, table in sheets.items()}, **also))


def texts(table):
    """All rows of a table with their numbers."""
    return {
        number.as_py(): batch.raw(index)
        for batch in table.batches
        for index, number in enumerate(batch.rows)
    }
