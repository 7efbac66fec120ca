"""CSV files to text: arrow's parser where parsers agree, Python's where they do not."""

from __future__ import annotations

import hashlib
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from operator import attrgetter
from typing import TYPE_CHECKING

from retention_cli.errors import DataRefusedError
from retention_cli.reading.coding import coded
from retention_cli.reading.delimited.body import Body, read_body
from retention_cli.reading.delimited.encoding import to_utf8
from retention_cli.reading.delimited.lines import Rest, Row, rows, shown
from retention_cli.reading.delimited.mending import fixed
from retention_cli.reading.delimited.nearly_whole import (
    is_blank,
    with_whole_entities,
    without_blank_ends,
)
from retention_cli.reading.delimited.opening import one_kind_of_line_end, opened
from retention_cli.reading.tables.blank_rows import without_blank_rows
from retention_cli.reading.tables.find_header import NOTHING_KNOWN
from retention_cli.reading.tables.header import heading
from retention_cli.reading.tables.plain_cells import WRAPPED_BY, Plain, plain_cells
from retention_cli.reading.tables.preamble import first_rows
from retention_cli.reading.tables.rows_outside import set_aside
from retention_cli.reading.text import TextSheet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retention_cli.findings.problems import Problem
    from retention_cli.reading.delimited.encoding import Decoded
    from retention_cli.reading.tables.find_header import Known
    from retention_cli.reading.tables.header import Heading

_ENDS_IN = "each row ends in {} that the header does not have"
_NEARLY_ALL = 0.9


def read_csv(
    data: bytes,
    *,
    file: str,
    encoding: str | None = None,
    delimiter: str | None = None,
    known: Known = NOTHING_KNOWN,
) -> TextSheet:
    r"""Read the bytes of one CSV file into text; `known` tells what its header may be.

    Shape: every row below the header, with the number a spreadsheet shows; blank rows are counted
        and left out; torn rows, footers, repeated headers and further tables are given apart,
        verbatim.
    Errors: DataRefusedError for an empty file, bytes in no known encoding, a quote that never
        closes, more than a thousand columns, or a field of more than a mebibyte.
    Example:
        >>> sheet = read_csv(b"id;name\n007;Ann\n", file="a.csv")
        >>> sheet.headers, sheet.delimiter, sheet.batches[0].raw(0)
        (('id', 'name'), ';', ('007', 'Ann'))
    """
    if not data:
        raise DataRefusedError(f"{file} is empty (0 bytes)", "export it again")
    with ThreadPoolExecutor(1) as beside:
        sha256 = beside.submit(hashlib.sha256, data)
        decoded = to_utf8(data, file=file, told=encoding)
        sheet = _read(decoded, file, delimiter, known)
        return replace(sheet, sha256=sha256.result().hexdigest())


def _read(
    decoded: Decoded,
    file: str,
    delimiter: str | None,
    known: Known,
) -> TextSheet:
    text = one_kind_of_line_end(decoded.data)
    found, rest = _header(opened(text, file=file, told=delimiter), known)
    names = found.names
    body = with_whole_entities(read_body(rest, len(names)), rest, len(names))
    notes = [*rest.notes, *found.notes]
    if more := _delimiters_at_end(body, len(names)):
        names = (*names, *[""] * more)
        body = read_body(rest, len(names))
        notes.append(_ENDS_IN.format("a delimiter" if more == 1 else f"{more} delimiters"))
    body = without_blank_ends(body, len(names))
    notes += [body.note] if body.note else []
    plain = _with_plain_cells(body, rest, names)
    batches, blank = without_blank_rows(coded(plain.batches))
    torn = tuple(row for row in body.torn if not is_blank(row.raw))
    if not batches:
        _refuse_a_shifted_file(torn, len(names), file)
    sheet = TextSheet(
        file=file,
        headers=names,
        header_row=rest.above,
        batches=batches,
        rows=body.rows,
        encoding=decoded.encoding,
        delimiter=rest.mark,
        torn=torn,
        blank=blank + len(body.torn) - len(torn),
        doubt=decoded.note,
        notes=tuple(notes),
        refusal=found.refusal,
        metadata=found.metadata,
        header_rows=found.rows,
        remarks=plain.remarks,
        unwrapped=plain.unwrapped,
    )
    sheet = set_aside(sheet, found.shape, known=known)
    if sheet.refusal:
        raise sheet.refusal
    return fixed(sheet, quote=rest.quote)


def _header(rest: Rest, known: Known) -> tuple[Heading, Rest]:
    """Give the header, and what is below it."""
    first = _first_rows(rest, known)
    if not first:
        raise DataRefusedError(f"{rest.file} has only blank lines", "export it again")
    told = [(row.number, row.cells) for row in first]
    found = heading(told, file=rest.file, known=known)
    if not found.count:
        return found, rest
    last = first[found.place + found.count - 1]
    if last.quotes_are_wrong:
        raise DataRefusedError(
            f"{rest.file} row {last.number}: its header has text after a closing quote:"
            f" {shown(last.cells[0])}",
            "double a quote inside a quoted name",
        )
    return found, replace(rest, start=last.end, above=last.number)


def _first_rows(rest: Rest, known: Known) -> list[Row]:
    """Give the first rows that are not blank, as far as the header is looked for."""
    return first_rows(_rows_not_blank(rest), known, cells_of=attrgetter("cells"))


def _rows_not_blank(rest: Rest) -> Iterator[Row]:
    """Give rows up to one with wrong quotes: nothing is told by it or below it."""
    is_first = True
    try:
        for row in rows(rest):
            if not is_blank(row.cells):
                yield row
                is_first = False
            if row.quotes_are_wrong:
                break
    except DataRefusedError:
        if is_first:
            raise


def _delimiters_at_end(body: Body, width: int) -> int:
    """Count the delimiters at the end of each row that the header does not have.

    Nearly all rows have as many, with nothing between them, and none is as wide as the header.
    """
    widths = Counter(
        len(row.raw) if is_blank(row.raw[width:]) else 0
        for row in body.torn
        if len(row.raw) > 1 and not is_blank(row.raw)
    )
    ((wide, count),) = widths.most_common(1) or [(0, 0)]
    sure = count >= _NEARLY_ALL * widths.total()
    return wide - width if not body.batches and wide > width and sure else 0


def _with_plain_cells(body: Body, rest: Rest, names: tuple[str, ...]) -> Plain:
    """Take the wrapping off cells where there may be any."""
    if not any(rest.data.find(sign, rest.start) >= 0 for sign in WRAPPED_BY):
        return Plain(body.batches)
    return plain_cells(body.batches, names)


def _refuse_a_shifted_file(torn: tuple[Problem, ...], width: int, file: str) -> None:
    """Refuse a file of which no row has its cells, and all have as many as each other."""
    widths = {len(row.raw) if row.code == "wrong-width" else 0 for row in torn}
    if len(torn) > 1 and len(widths) == 1 and (found := widths.pop()):
        raise DataRefusedError(
            f"{file}: every row has {found} fields, the header has {width}",
            "give every column a header, or set the delimiter with --delimiter",
        )
