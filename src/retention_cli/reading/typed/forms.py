"""Which form a file with typed columns has, told by its first bytes, and its tables as text."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from retention_cli.errors import DataRefusedError

if TYPE_CHECKING:
    from retention_cli.reading.tables.find_header import Known
    from retention_cli.reading.text import TextSheet

TYPED_SUFFIXES = frozenset({".db", ".duckdb", ".parquet", ".sqlite", ".sqlite3"})
LONGEST_START = 16

_STARTS = (
    (0, b"PAR1", "Parquet"),
    (0, b"PARE", "Parquet"),
    (0, b"SQLite format 3\0", "SQLite"),
    (8, b"DUCK", "DuckDB"),
)
_BESIDE = {"SQLite": ("-wal", "-journal"), "DuckDB": (".wal",)}


def typed_form(data: bytes) -> str | None:
    """Say which form a file has by its first bytes; None for any other.

    Example:
        >>> typed_form(b"PAR1..."), typed_form(b"id,name")
        ('Parquet', None)
    """
    return next((form for at, start, form in _STARTS if data.startswith(start, at)), None)


def read_typed(
    data: bytes, form: str, *, file: str, sheet: str | None, known: Known
) -> tuple[TextSheet, ...]:
    """Read the table of a Parquet file, or the tables and views of a database.

    Errors: DataRefusedError where it cannot be read; UnknownNameError for a `sheet` that it does
        not have.
    """
    # The library that reads Parquet and the one for SQLite take their time to import.
    if form == "Parquet":
        from retention_cli.reading.typed.parquet import read_parquet  # noqa: PLC0415

        sheets: tuple[TextSheet, ...] = (read_parquet(data, file=file, known=known),)
    elif form == "SQLite":
        from retention_cli.reading.typed.sqlite import read_sqlite  # noqa: PLC0415

        sheets = read_sqlite(data, file=file, sheet=sheet, known=known)
    else:
        from retention_cli.reading.typed.duckdb import read_duckdb  # noqa: PLC0415

        sheets = read_duckdb(data, file=file, sheet=sheet, known=known)
    from retention_cli.reading.typed.table import with_sha256  # noqa: PLC0415

    return with_sha256(sheets, sha256(data).hexdigest())


def refuse_unfinished(data: bytes, path: Path, *, name: str) -> None:
    """Refuse a database with changes beside it that are not in it yet: it is in use, or was cut off.

    Errors: DataRefusedError with the file that holds them.
    """
    form = typed_form(data)
    for ending in _BESIDE.get(form or "", ()):
        beside = Path(f"{path}{ending}")
        if beside.is_file() and beside.stat().st_size:
            raise DataRefusedError(
                f"{name}: has changes that are not in it yet; they are in {beside.name}",
                f"close the program that writes it, or open and close it once with {form}",
            )
