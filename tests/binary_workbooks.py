"""Workbooks as Excel stored them in binary: .xls (BIFF8 in its container) and .xlsb (BIFF12 in a zip)."""

from __future__ import annotations

import struct

from workbook_values import FORMATS, Error, Formula, serial, style_of
from workbooks import parts, zipped

CODES = {
    "#NULL!": 0,
    "#DIV/0!": 7,
    "#VALUE!": 15,
    "#REF!": 23,
    "#NAME?": 29,
    "#NUM!": 36,
    "#N/A": 42,
}
FIRST_FORMAT = 164
SMALL_INTEGERS = range(-(1 << 29), 1 << 29)


def packed(number):
    return (number << 2 | 2) & 0xFFFFFFFF


def is_small(value):
    return isinstance(value, int) and value in SMALL_INTEGERS


# --- the container of .xls


def sectors(data):
    return data + bytes(-len(data) % 512)


def slot(name, kind, *, child=-1, left=-1, start=0xFFFFFFFE, size=0):
    text = f"{name}\0".encode("utf-16-le")
    links = struct.pack("<HBBiii", len(text), kind, 1, left, -1, child)
    return text.ljust(64, b"\0") + links + bytes(36) + struct.pack("<II", start, size) + bytes(4)


def container(content, *, name="Workbook", beside=("\x05SummaryInformation",), small=False):
    """A container with one stream, and others of no content beside it."""
    small = small and len(content) < 4096
    if not small:
        content = content.ljust(4096, b"\0")
    count = len(sectors(content)) // 512
    tables = 1
    while tables * 128 < tables + 2 + count + 4:
        tables += 1
    where = tables + 2
    chained = [*range(where + 1, where + count), 0xFFFFFFFE]
    root = {"start": where, "size": len(content)} if small else {}
    slots = [slot("Root Entry", 5, child=1, **root)]
    others = [(name, 0 if small else where, len(content)), *((one, 0, 0) for one in beside)]
    for number, (each, start, size) in enumerate(others, start=1):
        left = number + 1 if number < len(others) else -1
        slots.append(slot(each, 2, left=left, start=start, size=size))
    assert len(slots) <= 4
    fat = [0xFFFFFFFD] * tables + [0xFFFFFFFE, 0xFFFFFFFE, *chained]
    fat += [0xFFFFFFFF] * (tables * 128 - len(fat))
    minis = -(-len(content) // 64)
    mini_fat = [*range(1, minis), 0xFFFFFFFE] if small else []
    mini_fat += [0xFFFFFFFF] * (128 - len(mini_fat))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack("<5H", 0x3E, 3, 0xFFFE, 9, 6) + bytes(10)
    head += struct.pack("<4I", tables, tables, 0, 4096)
    head += struct.pack("<4i", tables + 1 if small else -2, int(small), -2, 0)
    head += struct.pack("<109i", *range(tables), *[-1] * (109 - tables))
    table, mini = struct.pack(f"<{len(fat)}I", *fat), struct.pack("<128I", *mini_fat)
    return head + table + sectors(b"".join(slots)) + mini + sectors(content)


# --- BIFF8


def record(code, content=b""):
    return struct.pack("<HH", code, len(content)) + content


def text8(text, width="<H"):
    return struct.pack(width, len(text.encode("utf-16-le")) // 2) + b"\1" + text.encode("utf-16-le")


def cell8(row, place, value, strings, *, from_1904):
    where = struct.pack("<3H", row, place, style_of(value))
    if isinstance(value, Formula):
        inner = value.result
        if inner is None:
            result = struct.pack("<B5xH", 3, 0xFFFF)
        elif isinstance(inner, str):
            result = struct.pack("<B5xH", 0, 0xFFFF)
        else:
            result = struct.pack("<d", inner)
        more = record(0x207, text8(inner)) if isinstance(inner, str) else b""
        return record(0x06, where + result + struct.pack("<HIH", value.flags, 0, 0)) + more
    if isinstance(value, Error):
        return record(0x205, where + bytes([CODES[value], 1]))
    if isinstance(value, str):
        strings.append(value)
        return record(0xFD, where + struct.pack("<I", len(strings) - 1))
    if isinstance(value, bool):
        return record(0x205, where + bytes([value, 0]))
    if is_small(value):
        return record(0x27E, where + struct.pack("<I", packed(value)))
    return record(0x203, where + struct.pack("<d", serial(value, from_1904=from_1904)))


def xls_stream(
    sheets, *, first=1, column=1, from_1904=False, hidden=(), hidden_rows=(), merged=(), more=b""
):
    """The records of a workbook; `merged` are first row, last row, first place, last place from 0."""
    strings, bodies = [], []
    for table in sheets.values():
        body = record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 6))
        for number in hidden_rows:
            body += record(0x208, struct.pack("<6H2H", number - 1, 0, 9, 255, 0, 0, 0x20, 15))
        for row, values in enumerate(table, start=first - 1):
            for place, value in enumerate(values, start=column - 1):
                if value is not None:
                    body += cell8(row, place, value, strings, from_1904=from_1904)
        if merged:
            ranges = b"".join(struct.pack("<4H", *one) for one in merged)
            body += record(0xE5, struct.pack("<H", len(merged)) + ranges)
        bodies.append(body + record(0x0A))
    start = record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 6)) + more
    start += record(0x42, b"\xb0\x04") + record(0x22, struct.pack("<H", from_1904))
    for number, code in enumerate(FORMATS, start=FIRST_FORMAT):
        start += record(0x41E, struct.pack("<H", number) + text8(code))
    for number in (0, *range(FIRST_FORMAT, FIRST_FORMAT + len(FORMATS))):
        start += record(0xE0, struct.pack("<3H14x", 0, number, 1))
    first_text, *other_texts = [text8(text) for text in strings] or [b""]
    shared = record(0xFC, struct.pack("<II", len(strings), len(strings)) + first_text)
    shared += b"".join(record(0x3C, text) for text in other_texts)
    names = [text8(name, "<B") for name in sheets]
    at = len(start) + sum(10 + len(name) for name in names) + len(shared) + 4
    listed = b""
    for name, body, called in zip(names, bodies, sheets, strict=True):
        listed += record(0x85, struct.pack("<IBB", at, called in hidden, 0) + name)
        at += len(body)
    return start + listed + shared + record(0x0A) + b"".join(bodies)


def xls(sheets, **how):
    """A workbook of sheets by name, each a list of rows, that begin at a place."""
    return container(xls_stream(sheets, **how))


# --- BIFF12


def record12(kind, content=b""):
    kinds = bytes([kind]) if kind < 128 else bytes([kind & 127 | 128, kind >> 7])
    size, sizes = len(content), b""
    while size > 127:
        sizes, size = sizes + bytes([size & 127 | 128]), size >> 7
    return kinds + sizes + bytes([size]) + content


def text12(text):
    data = text.encode("utf-16-le")
    return struct.pack("<I", len(data) // 2) + data


def formula12(where, inner):
    if isinstance(inner, Error):
        return record12(11, where + bytes([CODES[inner]]) + bytes(8))
    if isinstance(inner, bool):
        return record12(10, where + bytes([inner]) + bytes(8))
    if isinstance(inner, str):
        return record12(8, where + text12(inner) + bytes(8))
    return record12(9, where + struct.pack("<d", inner) + bytes(8))


def cell12(place, value, strings, *, from_1904):
    where = struct.pack("<II", place, style_of(value))
    if isinstance(value, Formula):
        return formula12(where, value.result)
    if isinstance(value, Error | bool):
        wrong = isinstance(value, Error)
        kind, content = 3 if wrong else 4, bytes([CODES[value] if wrong else value])
    elif isinstance(value, str) and place % 2:
        kind, content = 6, text12(value)
    elif isinstance(value, str):
        strings.append(value)
        kind, content = 7, struct.pack("<I", len(strings) - 1)
    elif is_small(value):
        kind, content = 2, struct.pack("<I", packed(value))
    else:
        kind, content = 5, struct.pack("<d", serial(value, from_1904=from_1904))
    return record12(kind, where + content)


def xlsb_parts(sheets, *, first=1, column=1, from_1904=False, hidden=(), hidden_rows=(), merged=()):
    """All parts of a binary workbook by name."""
    strings, pages = [], {}
    listed = record12(131) + record12(153, struct.pack("<II", from_1904, 0) + text12(""))
    for number, (name, table) in enumerate(sheets.items(), start=1):
        about = struct.pack("<II", name in hidden, number) + text12(f"r{number}") + text12(name)
        listed += record12(156, about)
        reach = struct.pack("<4I", 0, first + len(table), 0, column + 20)
        body = record12(129) + record12(148, reach) + record12(145)
        for row, values in enumerate(table, start=first - 1):
            flags = 0x10 if row + 1 in hidden_rows else 0
            body += record12(0, struct.pack("<IIHBBBI", row, 0, 300, 0, flags, 0, 0))
            for place, value in enumerate(values, start=column - 1):
                if value is not None:
                    body += cell12(place, value, strings, from_1904=from_1904)
        body += record12(146)
        body += b"".join(record12(176, struct.pack("<4I", *one)) for one in merged)
        pages[f"xl/worksheets/sheet{number}.xml"] = body + record12(130)
    styles = record12(278) + record12(615, struct.pack("<I", len(FORMATS)))
    for number, code in enumerate(FORMATS, start=FIRST_FORMAT):
        styles += record12(44, struct.pack("<H", number) + text12(code))
    styles += (
        record12(616)
        + record12(626)
        + record12(47, struct.pack("<2H12x", 0xFFFF, 14))
        + record12(627)
    )
    styles += record12(617, struct.pack("<I", len(FORMATS) + 1))
    for number in (0, *range(FIRST_FORMAT, FIRST_FORMAT + len(FORMATS))):
        styles += record12(47, struct.pack("<2H12x", 0, number))
    styles += record12(618) + record12(279)
    shared = record12(159, struct.pack("<II", len(strings), len(strings)))
    shared += b"".join(record12(19, b"\0" + text12(text)) for text in strings) + record12(160)
    found = parts(dict.fromkeys(sheets, ""))
    as_binary = {"xl/workbook.xml": "xl/workbook.bin", "xl/styles.xml": "xl/styles.bin"}
    as_binary |= {"xl/sharedStrings.xml": "xl/sharedStrings.bin"}
    contents = {"xl/workbook.xml": listed + record12(144) + record12(132), "xl/styles.xml": styles}
    contents |= {"xl/sharedStrings.xml": shared, **pages}
    made = {}
    for name, text in found.items():
        if name in contents:
            made[as_binary.get(name, name.replace(".xml", ".bin"))] = contents[name]
        else:
            plain = text.replace(".xml", ".bin").replace('Extension="xml"', 'Extension="bin"')
            new = name.replace("workbook.xml", "workbook.bin")
            made[new] = plain
    return made


def xlsb(sheets, **how):
    """A binary workbook of sheets by name, each a list of rows, that begin at a place."""
    return zipped(xlsb_parts(sheets, **how))
