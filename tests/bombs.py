"""Makers of files that are built to harm."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import warnings
import zipfile

from binary_workbooks import xls, xlsb
from text_workbooks import ods_content, ods_package, ods_table, xml_book
from workbooks import zipped

ROWS = b"customer_id,start_date\n" + b"".join(b"K%d,2024-01-01\n" % n for n in range(30))
TABLE = [["customer_id", "start_date"], ["K1", "2024-01-01"]]
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
KINDS = "application/vnd.openxmlformats-officedocument.spreadsheetml."


def archive(data, packed, member="customers.csv"):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", packed) as found:
        found.writestr(member, data)
    return made.getvalue()


def workbook(**parts):
    """A workbook of one row of two shared texts; parts are put in place of its own."""
    cells = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'
    own = {
        "sheet": f"<worksheet {MAIN}><sheetData>{cells}</sheetData></worksheet>",
        "texts": f"<sst {MAIN}><si><t>customer_id</t></si><si><t>start_date</t></si></sst>",
        "styles": f"<styleSheet {MAIN}/>",
        **parts,
    }
    named = {"sheet": "worksheet", "texts": "sharedStrings", "styles": "styles"}
    kinds = "".join(
        f'<Override PartName="/xl/{part}.xml" ContentType="{KINDS}{kind}+xml"/>'
        for part, kind in named.items()
    )
    links = "".join(
        f'<Relationship Id="r{part}" Type="{OFFICE}/{kind}" Target="{part}.xml"/>'
        for part, kind in named.items()
    )
    links += f'<Relationship Id="rX" Type="{OFFICE}/externalLink" TargetMode="External" Target="file:///x"/>'
    book = f'<sheets><sheet name="S" sheetId="1" r:id="rsheet"/></sheets>{parts.get("more", "")}'
    return zipped(
        {
            "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">{kinds}<Override'
            f' PartName="/xl/workbook.xml" ContentType="{KINDS}sheet.main+xml"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r"'
            f' Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook {MAIN} xmlns:r="{OFFICE}">{book}</workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{links}'
            "</Relationships>",
            **{f"xl/{part}.xml": own[part] for part in named},
        }
    )


def with_parts(*names, base=None):
    """A workbook, or another archive, with more parts."""
    made = io.BytesIO(base or workbook())
    with warnings.catch_warnings(), zipfile.ZipFile(made, "a", zipfile.ZIP_DEFLATED) as found:
        warnings.simplefilter("ignore", UserWarning)  # of names that are there already
        for name in names:
            found.writestr(name, ROWS)
    return made.getvalue()


def columns(count, *cells):
    """A table so wide, with a row for each text that all of its cells have."""
    header = ",".join(f"c{number}" for number in range(count))
    return "\n".join([header, *(",".join([cell] * count) for cell in cells), ""]).encode()


def shared_texts(count):
    return workbook(
        texts=f'<sst {MAIN} count="{count}" uniqueCount="{count}"><si><t>a</t></si></sst>'
    )


def styles(count):
    forms = f'<numFmts count="{count}"/><cellXfs count="{count}"><xf/></cellXfs>'
    return workbook(styles=f"<styleSheet {MAIN}>{forms}</styleSheet>")


def one_cell(ref, text="1"):
    row = ref.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    cell = f'<row r="{row}"><c r="{ref}"><v>{text}</v></c></row>'
    return workbook(sheet=f"<worksheet {MAIN}><sheetData>{cell}</sheetData></worksheet>")


def named_often(times, size):
    cells = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, times))
    return workbook(
        sheet=f"<worksheet {MAIN}><sheetData>{cells}</sheetData></worksheet>",
        texts=f"<sst {MAIN}><si><t>{'A' * size}</t></si></sst>",
    )


def sheet_of_ods(cell, rows=1):
    row = f'<table:table-row table:number-rows-repeated="{rows}">{cell}</table:table-row>'
    return ods_package(ods_content(ods_table("S", row)))


def text_of_ods(text, columns=1):
    about = f'office:value-type="string" table:number-columns-repeated="{columns}"'
    return f"<table:table-cell {about}><text:p>{text}</text:p></table:table-cell>"


def page(body):
    return f"<html><table>{body}".encode()


BOMBS = {
    "zip of bzip2.zip": lambda: archive(ROWS, zipfile.ZIP_BZIP2),
    "zip of lzma.zip": lambda: archive(ROWS, zipfile.ZIP_LZMA),
    "bzip2 bomb.zip": lambda: archive(bytes(200_000_000), zipfile.ZIP_BZIP2),
    "lzma bomb.zip": lambda: archive(bytes(200_000_000), zipfile.ZIP_LZMA),
    "deflate bomb.zip": lambda: archive(bytes(1_200_000_000), zipfile.ZIP_DEFLATED),
    "zip in a zip.zip": lambda: archive(archive(ROWS, 8), 8, "inner.zip"),
    "bomb.csv.gz": lambda: gzip.compress(bytes(1_200_000_000), 1),
    "bomb.csv.bz2": lambda: bz2.compress(bytes(200_000_000)),
    "bomb.csv.xz": lambda: lzma.compress(bytes(200_000_000)),
    "texts declared.xlsx": lambda: shared_texts(4_000_000_000),
    "texts beyond numbers.xlsx": lambda: shared_texts(10**20),
    "texts below none.xlsx": lambda: shared_texts(-1),
    "styles declared.xlsx": lambda: styles(4_000_000_000),
    "named often.xlsx": lambda: named_often(300_000, 32_000),
    "far cell.xlsx": lambda: one_cell("XFD1048576"),
    "beyond any cell.xlsx": lambda: one_cell("ZZZZZZZ99999999999"),
    "long number.xlsx": lambda: one_cell("A1", "9" * 1_000_000),
    "ranges.xlsx": lambda: workbook(
        more="<definedNames>"
        + '<definedName name="a">S!$A$1</definedName>' * 50_000
        + "</definedNames>"
    ),
    "row of cells.xlsx": lambda: workbook(
        sheet=f"<worksheet {MAIN}><sheetData><row>{'<c><v>1</v></c>' * 700_000}</row></sheetData></worksheet>"
    ),
    "parts.xlsx": lambda: with_parts(*(f"x{number}" for number in range(30_000))),
    "deep.xlsx": lambda: workbook(sheet=f"<worksheet {MAIN}>{'<a>' * 200_000}"),
    "repeated.ods": lambda: sheet_of_ods(text_of_ods("a", 10**9), 10**9),
    "repeated text.ods": lambda: sheet_of_ods(text_of_ods("A" * 30_000), 10**6),
    "spaces.ods": lambda: sheet_of_ods(text_of_ods('<text:s text:c="2000000000"/>') * 50),
    "deep.ods": lambda: ods_package(ods_content("<text:p>" * 200_000 + "</text:p>" * 200_000)),
    "sheets.ods": lambda: ods_package(
        ods_content("".join(ods_table(f"S{n}", text_of_ods("a")) for n in range(9_000)))
    ),
    "sheets.xls": lambda: xls({f"S{n}": TABLE for n in range(2_000)}),
    "sheets.xlsb": lambda: xlsb({f"S{n}": TABLE for n in range(3_000)}),
    "sheets.xml": lambda: xml_book({f"S{n}": TABLE for n in range(9_000)}),
    "deep page.xls": lambda: page("<tr><td><table>" * 100_000),
    "wide page.xls": lambda: page(f"<tr>{'<td>a' * 500_000}</tr></table>"),
    "spans.xls": lambda: page("<tr><td rowspan=1000000000 colspan=1000000>a</tr>" * 2_000),
    "entities.xls": lambda: page(f"<tr><td>{'&amp;' * 1_500_000}</table>"),
    "attributes.xls": lambda: page(f"<tr><td {'a=b ' * 2_000_000}>x</table>"),
    "comments.xls": lambda: page("<!--" * 2_000_000),
    "signs.xls": lambda: page("<" * 5_000_000),
    "columns.csv": lambda: columns(1_200_000),
    "columns and a row.csv": lambda: columns(900_000, "1"),
    "groups.csv": lambda: b"customer_id,start_date\n" + b"Group,\n" * 1_000_000,
    "quotes.csv": lambda: b'customer_id,start_date\n"' + b'""' * 3_000_000,
    "delimiters.csv": lambda: b"," * 9_000_000,
    "lines.csv": lambda: b"customer_id,start_date\n" + b"\n" * 9_000_000,
    "returns.csv": lambda: b"\r" * 9_000_000,
    "nothing.csv": lambda: bytes(9_000_000),
}
