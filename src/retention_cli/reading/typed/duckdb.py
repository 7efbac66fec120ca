"""DuckDB files: a table each table and view, read from a copy, so that nothing beside it changes."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Timer
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from retention_cli.errors import DataRefusedError
from retention_cli.memory import at_most
from retention_cli.reading.limits import refuse_what_expands
from retention_cli.reading.typed.database import Found, quoted, read_tables
from retention_cli.reading.typed.table import damaged, reason, typed_sheet

if TYPE_CHECKING:
    from retention_cli.reading.tables.find_header import Known
    from retention_cli.reading.text import TextSheet

BATCH_ROWS = 1 << 16
_VIEW_ROWS = 1 << 11
"""Of a view, whose cells may be any length: as many as DuckDB makes at once."""
_MOST_AT_ONCE = 900 << 20
"""Bytes that some rows may take: DuckDB limits what it holds, and not what it hands over."""
_MAIN = "main"
_CLOSED: dict[str, Any] = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "python_enable_replacements": "false",
    "memory_limit": "1GB",
    "max_temp_directory_size": "1GB",
    "lock_configuration": "true",
}
"""A view may read nothing but the tables beside it: no file, no address, nothing of ours."""
_TABLES = """
    SELECT schema_name, table_name, false, table_oid FROM duckdb_tables() WHERE NOT internal
    UNION ALL
    SELECT schema_name, view_name, true, view_oid FROM duckdb_views() WHERE NOT internal
    ORDER BY 3, 4
"""


def read_duckdb(
    data: bytes, *, file: str, sheet: str | None, known: Known
) -> tuple[TextSheet, ...]:
    """Read the tables and views of a DuckDB file, or the one that is named.

    Errors: DataRefusedError where duckdb is not installed, and where the file is damaged, locked,
        of another version or has no table; UnknownNameError for one that it does not have.
    """
    try:
        import duckdb  # noqa: PLC0415  # it is not needed for other files
    except ImportError:
        raise DataRefusedError(
            f"{file}: this is a DuckDB file, and duckdb, which reads it, is not installed",
            "install it: pip install 'retention-cli[duckdb]'",
        ) from None
    with TemporaryDirectory(prefix="retention-") as folder:
        copy = Path(folder) / "exports.duckdb"
        try:
            copy.write_bytes(data)
            base = duckdb.connect(copy.as_posix(), read_only=True, config=_CLOSED)
        except (duckdb.Error, OSError) as error:
            raise _refused(file, error) from None
        with closing(base):
            found = [
                Found(
                    name if schema == _MAIN else f"{schema}.{name}",
                    f"{quoted(schema)}.{quoted(name)}",
                    view,
                )
                for schema, name, view, _ in base.sql(_TABLES).fetchall()
            ]
            return read_tables(
                found,
                lambda one, left: _read(base, one, left, file, len(data), known),
                file=file,
                sheet=sheet,
                errors=(duckdb.Error, pa.ArrowException, OSError),
            )


def _read(  # a table, the seconds it has, where it is from, and what is known of names
    base: Any, one: Found, left: float, file: str, size: int, known: Known
) -> TextSheet:
    ends = Timer(max(left, 0), base.interrupt)
    if one.view:
        ends.start()
    try:
        rows = base.sql(f"SELECT * FROM {one.quoted}")  # noqa: S608  # names are quoted
        # Before 1.5 it was called otherwise.
        make = getattr(rows, "to_arrow_reader", None) or rows.fetch_arrow_reader
        with at_most(_MOST_AT_ONCE):
            reader = make(_VIEW_ROWS if one.view else BATCH_ROWS)
        batches, held, count = [], 0, 0
        while (batch := _next(reader)) is not None:
            batches.append(batch)
            held, count = held + batch.nbytes, count + len(batch)
            refuse_what_expands(held, rows=count, size=size, name=file)
    finally:
        ends.cancel()
    table = pa.Table.from_batches(batches, reader.schema)
    return typed_sheet(_in_utc(table), file=file, size=size, known=known, sheet=one.name)


def _next(reader: pa.RecordBatchReader) -> pa.RecordBatch | None:
    with at_most(_MOST_AT_ONCE):
        return next(reader, None)


def _in_utc(table: pa.Table) -> pa.Table:
    """Write moments in UTC, whatever the zone of this machine, in which DuckDB gives them."""
    fields = [
        field.with_type(pa.timestamp(field.type.unit, "UTC"))
        if pa.types.is_timestamp(field.type) and field.type.tz
        else field
        for field in table.schema
    ]
    return table.cast(pa.schema(fields))


def _refused(file: str, error: Exception) -> DataRefusedError:
    said = str(error)
    if "encrypted" in said:
        return DataRefusedError(f"{file}: this DuckDB file is encrypted", "export it without a key")
    if "version number" in said:
        return DataRefusedError(
            f"{file}: was written by another version of DuckDB: {reason(error)}",
            "upgrade it: pip install --upgrade duckdb",
        )
    return damaged(file, "DuckDB file", error)
