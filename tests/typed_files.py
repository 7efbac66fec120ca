"""Tables as the files that keep their types: Parquet, SQLite and DuckDB."""

from __future__ import annotations

import io
import sqlite3
from datetime import date, datetime
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest


def parquet(table, **options):
    file = io.BytesIO()
    pq.write_table(table, file, **options)
    return file.getvalue()


def _sqlite_value(value):
    if isinstance(value, Decimal):
        return float(value)
    return str(value) if isinstance(value, (date, datetime)) else value


def sqlite(tables=None, *statements):
    """A SQLite file of arrow tables by name, and of what more is told it."""
    with sqlite3.connect(":memory:") as base:
        for name, table in (tables or {}).items():
            quoted = [name.replace('"', '""') for name in table.column_names]
            columns = ", ".join(f'"{column}"' for column in quoted)
            base.execute(f'CREATE TABLE "{name}" ({columns})')
            marks = ", ".join("?" * table.num_columns)
            rows = [[*map(_sqlite_value, row.values())] for row in table.to_pylist()]
            base.executemany(f'INSERT INTO "{name}" VALUES ({marks})', rows)  # noqa: S608  # names of tests
        for statement in statements:
            base.execute(statement)
        base.commit()
        return base.serialize()


def duckdb(folder, tables=None, *statements):
    """A DuckDB file, as `sqlite` makes one; the test is skipped where duckdb is not installed."""
    engine = pytest.importorskip("duckdb", reason="duckdb, which is optional, is not installed")
    path = folder / "made.duckdb"
    path.unlink(missing_ok=True)
    with engine.connect(path) as base:
        for name, table in (tables or {}).items():
            base.register("given", table)
            base.execute(f'CREATE TABLE "{name}" AS SELECT * FROM given')  # noqa: S608  # likewise
            base.unregister("given")
        for statement in statements:
            base.execute(statement)
    return path.read_bytes()


def column(values, kind=None):
    return pa.chunked_array([pa.array(values, kind)])
