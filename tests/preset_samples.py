"""The invented exports in tests/mapping/presets/exports, one for each preset."""

from __future__ import annotations

import csv
import io
from functools import cache
from pathlib import Path

from retention_cli.mapping.headers import places_of
from retention_cli.mapping.presets import names, preset, signature
from retention_cli.mapping.presets.vocabulary import SheetLayout

EXPORTS = Path(__file__).parent / "mapping" / "presets" / "exports"


def has_layout(name):
    """Say whether more than rows stands in the files of a preset."""
    return preset(name).layout != SheetLayout()


def header_place(name, lines):
    """Find the row that has all headers which tell a preset."""
    for place, cells in enumerate(lines):
        required = signature(name).required
        if all(any(places_of(cells, header) for header in one) for one in required):
            return place
    raise AssertionError(f"{name}: no row is its header")


@cache
def lines_of(name):
    """Give all cells of a sample, row by row."""
    german = name.startswith("datev")
    text = (EXPORTS / f"{name}.csv").read_bytes().decode("cp1252" if german else "utf-8")
    return list(csv.reader(io.StringIO(text), delimiter=";" if german else ","))


@cache
def headers_of(name):
    """Give the header row of a sample."""
    lines = lines_of(name)
    return tuple(lines[header_place(name, lines)])


HEADERS = {name: headers_of(name) for name in names()}


def flat(name):
    """Take the rows of a sample out of what stands around them; with the cells above the header."""
    layout, lines = preset(name).layout, lines_of(name)
    start = header_place(name, lines)
    header, body = lines[start], lines[start + layout.header_rows :]
    if layout.question_row > 1:
        asked = lines[start + layout.question_row - 1]
        header = [q if h.startswith("Q") else h for h, q in zip(header, asked, strict=True)]
    rows, group = [], ""
    for cells in body:
        first = cells[0].strip() if cells else ""
        around = first.startswith((*layout.totals, *layout.footer)) or first.endswith("GMT-05:00")
        if not any(cells) or around:
            continue
        if layout.group and first:
            group = first
        else:
            rows.append([*cells, group] if layout.group else cells)
    named = [*header, layout.group] if layout.group else header
    return [named, *rows], tuple(lines[start - 1]) if layout.metadata_row else ()
