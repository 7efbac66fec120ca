"""A table with typed columns as a table of text, by the same rules as any other."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.errors import DataRefusedError
from retention_cli.findings.problems import Notice
from retention_cli.reading.coding import FEWEST_ROWS_A_TEXT, coded
from retention_cli.reading.limits import refuse_what_expands
from retention_cli.reading.tables.blank_rows import without_blank_rows
from retention_cli.reading.tables.header import MOST_COLUMNS, tidy_headers
from retention_cli.reading.tables.plain_cells import WRAPPED_BY, plain_cells
from retention_cli.reading.tables.rows_outside import set_aside
from retention_cli.reading.text import TextBatch, TextSheet
from retention_cli.reading.typed.cells import Texts, texts_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention_cli.reading.tables.find_header import Known

BATCH_ROWS = 1 << 20
OTHER_CODING = Notice("encoding", "some texts are not UTF-8: they are read as Windows-1252")
_INDEX = "__index_level_"
"""How pandas calls the numbers of rows that it writes beside the columns."""
_FOREIGN = b"ARROW:extension:name"
_SHOWN = 5


class NoColumnsError(DataRefusedError):
    """A table of lists, or of nothing: beside others it is left out."""


def flat(table: pa.Table) -> pa.Table:
    """Make a column of each part of what has parts: `total.amount`."""
    while any(pa.types.is_struct(field.type) for field in table.schema):
        table = table.flatten()
    return table


def typed_sheet(  # a table, where it is from, and what is known of names
    table: pa.Table,
    *,
    file: str,
    size: int,
    known: Known,
    sheet: str | None = None,
    unread: Sequence[str] = (),
) -> TextSheet:
    """Write the cells of a table as text; rows count from 1, and names are not one of them.

    `size` is that of the file. Columns of lists and of long bytes are left out, and said, as are
    those that were `unread` before.
    Errors: DataRefusedError where it has no names, too many, or more text than its file may hold.
    """
    table = flat(table)
    with ThreadPoolExecutor() as pool:
        found = list(pool.map(_texts, table.schema, table.columns))
    return sheet_of(
        dict(enumerate([*found, *[None] * len(unread)])),
        [*table.column_names, *unread],
        file=file,
        size=size,
        known=known,
        sheet=sheet,
    )


def sheet_of(  # columns, where they are from, and what is known of names
    columns: dict[int, Texts | None],
    names: Sequence[str],
    *,
    file: str,
    size: int,
    known: Known,
    sheet: str | None = None,
) -> TextSheet:
    """Make a table of columns of text; those that are None are left out, and said."""
    where = f"{file} sheet '{sheet}'" if sheet else file
    kept = [
        place for place, column in columns.items() if column and not names[place].startswith(_INDEX)
    ]
    if len(kept) > MOST_COLUMNS:
        raise DataRefusedError(
            f"{where}: has {len(kept):,} columns, more than {MOST_COLUMNS:,}",
            "leave out those that are not needed",
        )
    if not kept:
        raise NoColumnsError(f"{where}: has no columns that can be read", "export it again")
    headers = tidy_headers(tuple(names[place] for place in kept), file=where)
    texts = [column for place in kept if (column := columns[place])]
    rows = len(texts[0].cells)
    refuse_what_expands(sum(map(_bytes, texts)), rows=rows, size=size, name=file)
    with ThreadPoolExecutor() as pool:
        texts = list(pool.map(_tidy, texts))
    plain = plain_cells(_batches(texts, rows), headers)
    batches, blank = without_blank_rows(coded(plain.batches))
    found = TextSheet(
        file=file,
        sheet=sheet,
        headers=headers,
        header_row=0,
        batches=batches,
        rows=rows,
        blank=blank,
        remarks=(
            *([OTHER_CODING] if any(one.recoded for one in texts) else []),
            *plain.remarks,
            *_left_out([name for place, name in enumerate(names) if place not in kept]),
        ),
        unwrapped=plain.unwrapped,
        header_rows=(headers,),
    )
    return set_aside(found, known=known)


def _texts(field: pa.Field, column: pa.ChunkedArray) -> Texts | None:
    if field.metadata and _FOREIGN in field.metadata:
        return None
    try:
        return texts_of(column)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        return None


def _tidy(column: Texts) -> Texts:
    """Make empty texts blank; hold as codes only few texts, of which none is empty or wrapped."""
    cells = column.cells
    if pa.types.is_dictionary(cells.type):
        texts = cells.chunk(0).dictionary
        if len(texts) * FEWEST_ROWS_A_TEXT <= len(cells) and not _is_odd(texts):
            return column
        cells = pc.cast(cells, pa.string())
    empty = pc.equal(cells, "")
    cells = pc.if_else(empty, None, cells) if pc.any(empty).as_py() else cells
    return column._replace(cells=cells)


def _is_odd(texts: pa.Array) -> bool:
    signs = (sign.decode() for sign in WRAPPED_BY)
    wrapped = any(pc.any(pc.match_substring(texts, sign)).as_py() for sign in signs)
    return wrapped or texts.null_count > 0 or pc.any(pc.equal(texts, "")).as_py() is True


def _bytes(column: Texts) -> int:
    """Say how long all cells of a column are together, each as often as it is there."""
    lengths = 0
    for chunk in column.cells.chunks:
        if pa.types.is_dictionary(chunk.type):
            each = pc.binary_length(chunk.dictionary).take(chunk.indices)
            lengths += pc.sum(pc.cast(each, pa.int64())).as_py() or 0
        else:
            lengths += pc.sum(pc.cast(pc.binary_length(chunk), pa.int64())).as_py() or 0
    return lengths


def _batches(columns: Sequence[Texts], rows: int) -> list[TextBatch]:
    marks = [
        pa.chunked_array([pa.nulls(rows)]) if one.numbers is None else one.numbers
        for one in columns
    ]
    names = [str(place) for place in range(2 * len(columns))]
    table = pa.table([*(one.cells for one in columns), *marks], names=names)
    batches, start = [], 1
    for batch in table.to_batches(max_chunksize=BATCH_ROWS):
        numbers = pa.array(np.arange(start, start + len(batch)), pa.int64())
        start += len(batch)
        cells, typed = batch.select(names[: len(columns)]), batch.select(names[len(columns) :])
        typed = typed.rename_columns(names[: len(columns)])
        batches.append(TextBatch(cells, numbers, typed))
    return batches


def _left_out(names: Sequence[str]) -> tuple[Notice, ...]:
    if not names:
        return ()
    named = ", ".join(f"'{name}'" for name in names[:_SHOWN]) + (
        " …" if len(names) > _SHOWN else ""
    )
    columns = "column" if len(names) == 1 else "columns"
    is_not = "is not read: its" if len(names) == 1 else "are not read: their"
    return (
        Notice(
            "column-not-read",
            f"{columns} {named} {is_not} cells are lists, long bytes or the index of a dataframe",
            len(names),
        ),
    )


def damaged(file: str, what: str, error: Exception) -> DataRefusedError:
    """Make the refusal of a file that cannot be taken apart, with the first line of why."""
    return DataRefusedError(
        f"{file}: this {what} is damaged or half-copied: {reason(error)}", "copy or export it again"
    )


def reason(error: Exception) -> str:
    """Give the first line of why a library failed."""
    return next(iter(str(error).strip().splitlines()), type(error).__name__)


def with_sha256(sheets: Sequence[TextSheet], sha256: str) -> tuple[TextSheet, ...]:
    """Note which content the tables of a file are from."""
    return tuple(replace(one, sha256=sha256) for one in sheets)
