"""Parquet files: one table each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from retention_cli.errors import DataRefusedError
from retention_cli.reading.limits import refuse_what_expands
from retention_cli.reading.typed.table import damaged, typed_sheet

if TYPE_CHECKING:
    from retention_cli.reading.tables.find_header import Known
    from retention_cli.reading.text import TextSheet

PARQUET, ENCRYPTED = b"PAR1", b"PARE"
_TWO_COUNTS = "its parts give different numbers of rows"
_BYTES_OF_A_CELL, _BYTES_OF_A_CODE = 8, 4


def read_parquet(data: bytes, *, file: str, known: Known) -> TextSheet:
    """Read the table of a Parquet file.

    Errors: DataRefusedError where it is damaged, locked, or holds more than its size may.
    """
    if data.startswith(ENCRYPTED):
        raise _locked(file)
    try:
        metadata = pq.read_metadata(pa.BufferReader(data))
        _refuse_large(metadata, len(data), file)
        _try_each_group(metadata, data)
        _count_rows(metadata)
        opened = pq.ParquetFile(
            pa.BufferReader(data),
            metadata=metadata,
            read_dictionary=_coded(metadata),
            page_checksum_verification=True,
        )
        names = opened.schema_arrow.names
        lists = [one.name for one in opened.schema_arrow if _has_many(one.type)]
        table = opened.read([name for name in names if name not in lists] if lists else None)
    except (pa.ArrowException, OSError, ValueError, KeyError) as error:
        if "crypt" in str(error).lower():
            raise _locked(file) from None
        raise damaged(file, "Parquet file", error) from None
    if len(table) != metadata.num_rows:
        raise damaged(file, "Parquet file", ValueError(_TWO_COUNTS))
    return typed_sheet(table, file=file, size=len(data), known=known, unread=lists)


def _coded(metadata: pq.FileMetaData) -> list[str]:
    """Name the columns whose texts the file holds as codes: read so, a long one is held once.

    Those that hold most of their texts one by one have more bytes than codes would take.
    """
    schema, sizes = metadata.schema, [0] * metadata.num_columns
    for group in map(metadata.row_group, range(metadata.num_row_groups)):
        for place in range(metadata.num_columns):
            sizes[place] += group.column(place).total_uncompressed_size
    columns = map(schema.column, range(metadata.num_columns))
    return [
        one.path
        for one, size in zip(columns, sizes, strict=True)
        if one.physical_type == "BYTE_ARRAY"
        and not one.max_repetition_level
        and size < _BYTES_OF_A_CODE * metadata.num_rows
    ]


def _try_each_group(metadata: pq.FileMetaData, data: bytes) -> None:
    """Read a row of each group, which raises where pyarrow ends the process if asked for a size."""
    opened = pq.ParquetFile(pa.BufferReader(data), metadata=metadata)
    for group in range(metadata.num_row_groups):
        next(opened.iter_batches(batch_size=1, row_groups=[group]), None)


def _count_rows(metadata: pq.FileMetaData) -> None:
    """Hold the numbers of rows that a file says of itself against each other: fewer would be read.

    Errors: ValueError where they differ.
    """
    flat = [
        place
        for place in range(metadata.num_columns)
        if not metadata.schema.column(place).max_repetition_level
    ]
    groups = [metadata.row_group(place) for place in range(metadata.num_row_groups)]
    told = {group.num_rows - group.column(place).num_values for group in groups for place in flat}
    if told - {0} or sum(group.num_rows for group in groups) != metadata.num_rows:
        raise ValueError(_TWO_COUNTS)


def _refuse_large(metadata: pq.FileMetaData, size: int, file: str) -> None:
    """Hold what a file says of itself against what it may be."""
    groups = (metadata.row_group(place) for place in range(metadata.num_row_groups))
    held = sum(group.total_byte_size for group in groups)
    cells = metadata.num_rows * metadata.num_columns * _BYTES_OF_A_CELL
    refuse_what_expands(max(held, cells), rows=metadata.num_rows, size=size, name=file)


def _has_many(kind: pa.DataType) -> bool:
    return pa.types.is_nested(kind) and not pa.types.is_struct(kind)


def _locked(file: str) -> DataRefusedError:
    return DataRefusedError(f"{file}: this Parquet file is encrypted", "export it without a key")
