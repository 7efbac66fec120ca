"""Workbooks that are text: .ods (in a zip), XML Spreadsheet 2003, and .xlsx again for values."""

from __future__ import annotations

import datetime as dt
import re
from html import escape

from workbook_values import FORMATS, Dollars, Error, Euros, Formula, serial, span_of, style_of
from workbooks import cell, letters, parts, sheet, zipped

OASIS = "urn:oasis:names:tc:opendocument:xmlns"
MIME = "application/vnd.oasis.opendocument.spreadsheet"
EXTENDED = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>'


def clock(span):
    seconds = int(span.total_seconds())
    return f"PT{seconds // 3600:02}H{seconds // 60 % 60:02}M{seconds % 60:02}S"


def paragraphs(text):
    """Text with its white space spelt out."""
    found = []
    for line in text.split("\n"):
        plain = re.sub(r" {2,}|^ | $", lambda m: f'<text:s text:c="{len(m[0])}"/>', escape(line))
        found.append(f"<text:p>{plain.replace(chr(9), '<text:tab/>')}</text:p>")
    return "".join(found)


def ods_cell(value):
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, tuple) and not isinstance(value, Formula):
        return value[0]
    formula = ' table:formula="of:=1"' if isinstance(value, Formula | Error) else ""
    value = value.result if isinstance(value, Formula) else value
    kind, shown = "string", ""
    if isinstance(value, Error):
        kind, shown = 'string" office:string-value="" calcext:value-type="error', str(value)
    elif isinstance(value, str):
        shown = value
    elif isinstance(value, bool):
        kind, shown = f'boolean" office:boolean-value="{str(value).lower()}', str(value).upper()
    elif isinstance(value, dt.date):
        kind, shown = f'date" office:date-value="{value.isoformat()}', "as shown"
    elif isinstance(value, dt.time | dt.timedelta):
        span = span_of(value) if isinstance(value, dt.time) else value
        kind, shown = f'time" office:time-value="{clock(span)}', "as shown"
    elif isinstance(value, Euros | Dollars):
        of = "EUR" if isinstance(value, Euros) else "USD"
        kind, shown = f'currency" office:currency="{of}" office:value="{value!r}', "as shown"
    elif value is not None:
        kind, shown = f'float" office:value="{value!r}', "as shown"
    else:
        return f"<table:table-cell{formula}/>"
    text = paragraphs(shown) if shown else ""
    return f'<table:table-cell{formula} office:value-type="{kind}">{text}</table:table-cell>'


def ods_content(body, styles=""):
    names = "".join(f' xmlns:{n}="{OASIS}:{n}:1.0"' for n in ("office", "table", "text", "style"))
    return (
        f'{HEAD}<office:document-content{names} xmlns:calcext="{EXTENDED}">'
        f"<office:automatic-styles>{styles}</office:automatic-styles><office:body>"
        f"<office:spreadsheet>{body}</office:spreadsheet></office:body></office:document-content>"
    )


def ods_table(name, rows, *, attributes=""):
    return f'<table:table table:name="{escape(name)}"{attributes}>{rows}</table:table>'


def ods_package(content, **more):
    listed = f'{HEAD}<manifest:manifest xmlns:manifest="{OASIS}:manifest:1.0"/>'
    return zipped(
        {"mimetype": MIME, "content.xml": content, "META-INF/manifest.xml": listed} | more
    )


def ods(sheets, *, first=1, column=1, hidden=(), hidden_rows=()):
    """A spreadsheet of sheets by name, each a list of rows, that begin at a place."""
    style = '<style:style style:name="gone"><style:table-properties table:display="false"/>'
    body = ""
    for name, table in sheets.items():
        rows, left = "", f'<table:table-cell table:number-columns-repeated="{column - 1}"/>'
        if first > 1:
            rows = f'<table:table-row table:number-rows-repeated="{first - 1}"/>'
        for number, values in enumerate(table, start=first):
            seen = ' table:visibility="collapse"' if number in hidden_rows else ""
            cells = "".join(map(ods_cell, values))
            rows += f"<table:table-row{seen}>{left if column > 1 else ''}{cells}</table:table-row>"
        rows += '<table:table-row table:number-rows-repeated="1000000">'
        rows += '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
        called = ' table:style-name="gone"' if name in hidden else ""
        body += ods_table(name, rows, attributes=called)
    return ods_package(ods_content(body, f"{style}</style:style>"))


SS = "urn:schemas-microsoft-com:office:spreadsheet"
X = "urn:schemas-microsoft-com:office:excel"


def xml_cell(place, value, *, from_1904):
    styled = f' ss:StyleID="s{style_of(value)}"'
    if isinstance(value, Formula):
        styled, value = f'{styled} ss:Formula="=1"', value.result
    if isinstance(value, Error):
        kind, text = "Error", str(value)
    elif isinstance(value, str):
        kind, text = "String", escape(value).replace("\n", "&#10;")
    elif isinstance(value, bool):
        kind, text = "Boolean", f"{value:d}"
    elif isinstance(value, dt.date | dt.time | dt.timedelta):
        number = dt.timedelta(days=serial(value, from_1904=from_1904))
        start = dt.datetime(1904, 1, 1) if from_1904 else dt.datetime(1899, 12, 30)
        early = not from_1904 and number < dt.timedelta(days=61)
        moment = start + number + dt.timedelta(days=early, milliseconds=0.5)
        kind, text = "DateTime", moment.isoformat(timespec="milliseconds")
    else:
        kind, text = "Number", repr(value)
    data = "" if value is None else f'<Data ss:Type="{kind}">{text}</Data>'
    return f'<Cell ss:Index="{place}"{styled}>{data}</Cell>'


def xml_book(sheets, *, first=1, column=1, from_1904=False, hidden=(), hidden_rows=()):
    """An XML Spreadsheet of sheets by name, each a list of rows, that begin at a place."""
    styles = "".join(
        f'<Style ss:ID="s{n}"><NumberFormat ss:Format="{code}"/></Style>'
        for n, code in enumerate(("General", *FORMATS))
    )
    pages = ""
    for name, table in sheets.items():
        rows = ""
        for number, values in enumerate(table, start=first):
            seen = ' ss:Hidden="1"' if number in hidden_rows else ""
            cells = "".join(
                xml_cell(place, value, from_1904=from_1904)
                for place, value in enumerate(values, start=column)
                if value is not None
            )
            rows += f'<Row ss:Index="{number}"{seen}>{cells}</Row>'
        shown = "SheetHidden" if name in hidden else "SheetVisible"
        options = f'<WorksheetOptions xmlns="{X}"><Visible>{shown}</Visible></WorksheetOptions>'
        pages += f'<Worksheet ss:Name="{escape(name)}"><Table>{rows}</Table>{options}</Worksheet>'
    epoch = f'<ExcelWorkbook xmlns="{X}"><Date1904/></ExcelWorkbook>' if from_1904 else ""
    text = f'{HEAD}<?mso-application progid="Excel.Sheet"?><Workbook xmlns="{SS}" xmlns:ss="{SS}">'
    return f"{text}{epoch}<Styles>{styles}</Styles>{pages}</Workbook>".encode()


def xlsx_value(value, *, from_1904):
    if isinstance(value, Formula):
        result = value.result
        if result is None:
            return "", "<f>1</f>"
        kind = "str" if isinstance(result, str) else ""
        return kind, f"<f>1</f><v>{result}</v>"
    if isinstance(value, Error):
        return "e", f"<v>{value}</v>"
    return serial(value, from_1904=from_1904) if style_of(value) else value


def xlsx(sheets, *, first=1, column=1, from_1904=False, hidden=(), hidden_rows=()):
    """A workbook of sheets by name, each a list of rows, that begin at a place."""
    pages = {}
    for name, table in sheets.items():
        rows = ""
        for number, values in enumerate(table, start=first):
            seen = ' hidden="1"' if number in hidden_rows else ""
            cells = "".join(
                cell(
                    f"{letters(place)}{number}",
                    xlsx_value(value, from_1904=from_1904),
                    style_of(value),
                )
                for place, value in enumerate(values, start=column)
                if value is not None
            )
            rows += f'<row r="{number}"{seen}>{cells}</row>'
        pages[name] = sheet(rows)
    return zipped(parts(pages, formats=FORMATS, from_1904=from_1904, hidden=hidden))
