"""A header that is torn: read as it was meant where the rows below leave one way only."""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from retention_cli.reading.delimited.torn_text import (
    Reading,
    named,
    pieces,
    short,
    strict_cells,
    with_delimiters_beside_quotes,
    with_quotes_as_text,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retention_cli.reading.delimited.lines import Rest

_SAMPLE_ROWS = 50
_MOST_AGREE = 0.8
_BLANK = " "


def with_whole_header(rest: Rest, sample: bytes) -> Rest:
    """Give a text whose first line is written anew where it is a torn header, and say so.

    A header is torn where it does not have the cells that nearly all rows of the sample have, and
    it is fixed where its quotes, one empty name too many or its blanks leave one reading as wide
    as they.
    """
    lines = sample.decode("utf-8", "ignore").split("\n")
    place = next((number for number, line in enumerate(lines) if line.strip()), 0)
    cells = strict_cells(lines[place], rest)
    width, rows = _rows_below(lines[place + 1 :], rest)
    if width < 2 or (cells and len(cells) == width):
        return rest
    fitting = {one.cells: one for one in _readings(lines[place], cells, rest, width)}
    ways = sorted(fitting.values(), key=lambda one: "".join(one.cells).count(rest.quote))
    if not ways or not _are_names(ways[0].cells, rows):
        return rest
    return _written_anew(rest, lines, place, ways[0])


def _rows_below(lines: list[str], rest: Rest) -> tuple[int, list[list[str]]]:
    """Give the width that nearly all lines agree on, and the rows that have it; 0 without one."""
    found = [strict_cells(line, rest) for line in lines if line.strip()][:_SAMPLE_ROWS]
    widths = Counter(len(cells) for cells in found if cells)
    width, count = widths.most_common(1)[0] if widths else (0, 0)
    if count < 2 or count < _MOST_AGREE * len(found):
        return 0, []
    return width, [cells for cells in found if cells and len(cells) == width]


def _readings(text: str, cells: list[str] | None, rest: Rest, width: int) -> Iterator[Reading]:
    ways = [*with_quotes_as_text(text, rest), *with_delimiters_beside_quotes(text, rest)]
    yield from (one for one in ways if len(one.cells) == width)
    if cells and len(cells) == width + 1 and cells.count("") == 1:
        names = tuple(cell for cell in cells if cell)
        place = cells.index("")
        where = f"before {short(cells[place + 1])}" if place < width else "at its end"
        yield Reading(names, names, f"without the {named(rest)} {where}")
    if cells and len(cells) == 1:
        found = tuple(piece.text for piece in pieces(text.rstrip(_BLANK), _BLANK, rest.quote))
        if len(found) == width:
            yield Reading(found, found, "split at its blanks")


def _are_names(cells: tuple[str, ...], rows: list[list[str]]) -> bool:
    """Tell names from a title above them: all differ, and some column holds digits below only."""
    below = [all(any(map(str.isdigit, row[place])) for row in rows) for place in range(len(cells))]
    without = [not any(map(str.isdigit, cell)) for cell in cells]
    return (
        all(cell.strip() for cell in cells)
        and len(set(cells)) == len(cells)
        and any(a and b for a, b in zip(below, without, strict=True))
    )


def _written_anew(rest: Rest, lines: list[str], place: int, way: Reading) -> Rest:
    out = io.StringIO()
    csv.writer(out, delimiter=rest.mark, quotechar=rest.quote, lineterminator="").writerow(
        way.cells
    )
    start = rest.start + sum(len(line.encode()) + 1 for line in lines[:place])
    end = start + len(lines[place].encode())
    note = f"its header is torn: it is read {way.how}"
    data = rest.data[:start] + out.getvalue().encode() + rest.data[end:]
    return replace(rest, data=data, notes=(*rest.notes, note))
