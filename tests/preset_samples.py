"""The invented exports in tests/mapping/presets/exports, one for each preset."""

from __future__ import annotations

import csv
import io
from functools import cache
from pathlib import Path

from retention_cli.mapping.headers import places_of
from retention_cli.mapping.presets import names, signature

EXPORTS = Path(__file__).parent / "mapping" / "presets" / "exports"


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
