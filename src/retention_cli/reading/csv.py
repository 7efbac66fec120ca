"""CSV files to text: arrow's parser where a file is plain, Python's where it is not."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from typing import TYPE_CHECKING, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as arrow_csv

from retention_cli.errors import DataRefusedError
from retention_cli.reading.dialect import BLANKS, decide_delimiter, declared_delimiter
from retention_cli.reading.encoding import to_utf8
from retention_cli.reading.header import tidy_headers
from retention_cli.reading.text import TextBatch, TextSheet, TornRow

if TYPE_CHECKING:
    from collections.abc import Iterator

BLOCK_BYTES = 8 << 20
BATCH_ROWS = 1 << 16
MOST_COLUMNS = 1_000
LONGEST_FIELD = 1 << 20
_SAMPLE_CHARACTERS = 1 << 16


class _Body(NamedTuple):
    batches: list[TextBatch]
    torn: tuple[TornRow, ...]
    rows: int


def read_csv(
    data: bytes, *, file: str, encoding: str | None = None, delimiter: str | None = None
) -> TextSheet:
    r"""Read the bytes of one CSV file into text.

    Shape: every row below the header, with the number a spreadsheet shows; blank rows are counted
        and left out; torn rows are given apart, verbatim.
    Errors: DataRefusedError for an empty file, bytes in no known encoding, a quote that never
        closes, more than a thousand columns, or a field of more than a mebibyte.
    Example:
        >>> sheet = read_csv(b"id;name\n007;Ann\n", file="a.csv")
        >>> sheet.headers, sheet.delimiter, sheet.batches[0].raw(0)
        (('id', 'name'), ';', ('007', 'Ann'))
    """
    if not data:
        raise DataRefusedError(f"{file} is empty (0 bytes)", "export it again")
    decoded = to_utf8(data, file=file, told=encoding)
    text = _one_kind_of_line_end(decoded.data)
    above, mark, start = _opening(text, file, delimiter)
    if mark == BLANKS:
        text = _single_blanks(text)
    names, header_row, start = _header(text, start, above, mark, file)
    body = _body(text[start:], len(names), header_row, mark, file)
    batches, blank = _without_blank_rows(body.batches)
    torn = tuple(row for row in body.torn if any(cell.strip() for cell in row.cells))
    return TextSheet(
        file=file,
        headers=names,
        header_row=header_row,
        batches=batches,
        rows=body.rows,
        encoding=decoded.encoding,
        delimiter=mark,
        sha256=hashlib.sha256(data).hexdigest(),
        torn=torn,
        blank=blank + len(body.torn) - len(torn),
        notes=(decoded.note,) if decoded.note else (),
    )


def _one_kind_of_line_end(data: bytes) -> bytes:
    if b"\r" not in data:
        return data
    return data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")


def _single_blanks(data: bytes) -> bytes:
    return re.sub(rb"(?m)^ +| +$", b"", re.sub(rb" {2,}", b" ", data))


def _opening(data: bytes, file: str, told: str | None) -> tuple[int, str, int]:
    """Give the rows above the header's search, the delimiter, and where that search starts."""
    first, _, _ = data.partition(b"\n")
    declared = declared_delimiter(first.decode("utf-8")) if len(first) < 10 else None
    start = len(first) + 1 if declared else 0
    sample = data[start : start + _SAMPLE_CHARACTERS].decode("utf-8", "ignore")
    if len(data) > start + _SAMPLE_CHARACTERS:
        sample = sample.rpartition("\n")[0] or sample
    mark = told or declared or decide_delimiter(sample, file=file)
    return (1 if declared else 0), mark, start


def _header(
    data: bytes, start: int, above: int, mark: str, file: str
) -> tuple[tuple[str, ...], int, int]:
    """Give the names, the row number of the header, and where the body starts."""
    row = above
    while start < len(data):
        row += 1
        end = _end_of_record(data, start)
        cells = tuple(next(csv.reader(io.StringIO(data[start:end].decode()), delimiter=mark), ()))
        start = end
        if any(cell.strip() for cell in cells):
            if len(cells) > MOST_COLUMNS:
                raise DataRefusedError(
                    f"{file}: has {len(cells):,} columns, more than {MOST_COLUMNS:,}",
                    "is it the right delimiter? say it with --delimiter",
                )
            return tidy_headers(cells, file=file), row, start
    raise DataRefusedError(f"{file} holds nothing but blank lines", "export it again")


def _end_of_record(data: bytes, start: int) -> int:
    """Give the end of the line that closes every quote opened since `start`."""
    end = start
    while True:
        end = data.find(b"\n", end) + 1
        if not end:
            return len(data)
        if data.count(b'"', start, end) % 2 == 0:
            return end


def _body(data: bytes, width: int, header_row: int, mark: str, file: str) -> _Body:
    if not data:
        return _Body([], (), 0)
    if b'"' not in data and len(mark.encode()) == 1:
        plain = _plain(data, width, header_row, mark)
        if plain is not None:
            return plain
    return _tolerant(data, width, header_row, mark, file)


def _plain(data: bytes, width: int, header_row: int, mark: str) -> _Body | None:
    """Read a body without quotes; None where a row is torn or blank, which needs its number."""
    names = [str(i) for i in range(width)]
    torn = False

    def on_torn_row(_: object) -> str:
        nonlocal torn
        torn = True
        return "skip"

    try:
        table = arrow_csv.read_csv(
            pa.BufferReader(data),
            read_options=arrow_csv.ReadOptions(column_names=names, block_size=BLOCK_BYTES),
            parse_options=arrow_csv.ParseOptions(
                delimiter=mark,
                quote_char=False,
                ignore_empty_lines=False,
                invalid_row_handler=on_torn_row,
            ),
            convert_options=arrow_csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()),
                strings_can_be_null=True,
                null_values=[""],
            ),
        )
    except pa.ArrowInvalid:
        return None
    if torn:
        return None
    return _Body(list(_numbered(table, header_row + 1)), (), table.num_rows)


def _numbered(table: pa.Table, first: int) -> Iterator[TextBatch]:
    for batch in table.to_batches():
        if batch.num_rows:
            yield TextBatch(batch, pa.array(range(first, first + batch.num_rows), pa.int64()))
            first += batch.num_rows


def _tolerant(data: bytes, width: int, header_row: int, mark: str, file: str) -> _Body:
    """Read a body row by row: quotes, torn rows and blank lines, each with its number."""
    batches: list[TextBatch] = []
    torn: list[TornRow] = []
    rows: list[list[str]] = []
    numbers: list[int] = []
    number = header_row
    for cells, wrong in _records(data.decode(), mark, file, header_row):
        number += 1
        if wrong is None and len(cells) == width:
            rows.append(cells)
            numbers.append(number)
        else:
            torn.append(_torn(number, cells, width, wrong))
        if len(rows) >= BATCH_ROWS:
            batches.append(_batch(rows, numbers))
            rows, numbers = [], []
    if rows:
        batches.append(_batch(rows, numbers))
    count = number - header_row
    _refuse_a_shifted_file(torn, count, width, file)
    return _Body(batches, tuple(torn), count)


def _records(
    text: str, mark: str, file: str, header_row: int
) -> Iterator[tuple[list[str], str | None]]:
    csv.field_size_limit(LONGEST_FIELD)
    lines = _Lines(text)
    reader = csv.reader(lines, delimiter=mark, strict=True)
    row = header_row
    while True:
        row += 1
        lines.taken.clear()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            if "field larger" in str(error):
                raise DataRefusedError(
                    f"{file} row {row}: a field is longer than a mebibyte",
                    "is a quote missing? look at that row",
                ) from None
            if "unexpected end" in str(error):
                raise DataRefusedError(
                    f"{file} row {row}: a quote opens there and never closes:"
                    f" {lines.taken[0].rstrip()[:80]!r}",
                    "close the quote, or double it inside a quoted field",
                ) from None
            yield ["".join(lines.taken).rstrip("\n")], str(error)
        else:
            yield cells, None


class _Lines:
    """The lines of a text, remembering those that the current record took."""

    def __init__(self, text: str) -> None:
        self._lines = io.StringIO(text, newline="\n")
        self.taken: list[str] = []

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self.taken.append(line)
        return line


def _torn(number: int, cells: list[str], width: int, wrong: str | None) -> TornRow:
    if wrong is not None:
        return TornRow(number, "bad-quotes", "has text after a closing quote", tuple(cells))
    return TornRow(number, "wrong-width", f"has {len(cells)} of {width} fields", tuple(cells))


def _refuse_a_shifted_file(torn: list[TornRow], count: int, width: int, file: str) -> None:
    widths = {len(row.cells) for row in torn if row.code == "wrong-width" and any(row.cells)}
    if count > 1 and len(torn) == count and len(widths) == 1:
        found = widths.pop()
        raise DataRefusedError(
            f"{file}: every row has {found} fields, the header has {width}",
            "give every column a header, or say the delimiter with --delimiter",
        )


def _batch(rows: list[list[str]], numbers: list[int]) -> TextBatch:
    columns = [pa.array(column, pa.string()) for column in zip(*rows, strict=True)]
    names = [str(i) for i in range(len(columns))]
    return TextBatch(
        pa.RecordBatch.from_arrays(columns, names=names), pa.array(numbers, pa.int64())
    )


def _without_blank_rows(batches: list[TextBatch]) -> tuple[list[TextBatch], int]:
    kept, blank = [], 0
    for batch in batches:
        empty = _blank(batch.columns.column(0))
        for column in batch.columns.columns[1:]:
            if not pc.any(empty).as_py():
                break
            empty = pc.and_(empty, _blank(column))
        found = pc.sum(empty).as_py() or 0
        filled = pc.invert(empty)
        kept.append(
            TextBatch(batch.columns.filter(filled), batch.rows.filter(filled)) if found else batch
        )
        blank += found
    return kept, blank


def _blank(column: pa.StringArray) -> pa.BooleanArray:
    if not column.null_count and not pc.any(pc.starts_with(column, " ")).as_py():
        return pc.equal(column, "")
    return pc.fill_null(pc.equal(pc.utf8_trim_whitespace(column), ""), True)
