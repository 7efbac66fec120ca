"""SQLite files: a table each table and view, read from memory, so that nothing beside it changes."""

from __future__ import annotations

import math
import re
import sqlite3
import time
from contextlib import closing, suppress
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.frames.columns import as_text
from retention_cli.patterns import lazy_pattern
from retention_cli.reading.limits import refuse_what_expands
from retention_cli.reading.typed.cells import CONTROL, LONGEST_BYTES, Texts, decoded, texts_of
from retention_cli.reading.typed.database import Found, quoted, read_tables
from retention_cli.reading.typed.table import OTHER_CODING, damaged, sheet_of
from retention_cli.reading.workbooks.cell_text import number_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from retention_cli.reading.tables.find_header import Known
    from retention_cli.reading.text import TextSheet

BATCH_ROWS = 1 << 16
STEPS_A_LOOK = 1 << 20
_WRITES_AHEAD, _FORMAT_VERSIONS = b"\2\2", slice(18, 20)
_LONGEST_CELL, _LONGEST_MADE = 1 << 26, 1 << 20
_AS = lazy_pattern(r"\bas\b", re.IGNORECASE)
"""What a column that is computed from others is told by."""
_HARMLESS = lazy_pattern(
    r"ok$|\*\*\* in database |Page \d+ is never used|NULL value in |CHECK constraint |(?:Main )?[Ff]reelist"
)
_SHOWN_BYTES = 32
_FIFTEEN_DIGITS = 10**15
_TABLES = (
    "SELECT name, type = 'view' OR sql LIKE 'create virtual%', sql FROM sqlite_master WHERE type IN ('table', 'view')"
    " AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY rowid"
)


def read_sqlite(
    data: bytes, *, file: str, sheet: str | None, known: Known
) -> tuple[TextSheet, ...]:
    """Read the tables and views of a SQLite file, or the one that is named.

    Errors: DataRefusedError where it is damaged or has none; UnknownNameError for one that it
        does not have.
    """
    content = bytearray(data)
    # Whoever writes ahead keeps changes in a file beside it, of which memory has none.
    if content[_FORMAT_VERSIONS] == _WRITES_AHEAD:
        content[_FORMAT_VERSIONS] = b"\1\1"
    with closing(sqlite3.connect(":memory:")) as base:
        try:
            base.deserialize(bytes(content))
            base.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST_CELL)
            base.execute("PRAGMA trusted_schema = OFF")
            _refuse_lost_rows(base, file)
            listed = base.execute(_TABLES).fetchall()
            found = [Found(name, quoted(name), bool(view)) for name, view, _ in listed]
            made = {name for name, view, sql in listed if view or _AS.search(sql)}
        except (sqlite3.Error, UnicodeDecodeError) as error:
            raise damaged(file, "SQLite file", error) from None
        return read_tables(
            found,
            lambda one, left: _read(
                _Source(base, one, left if one.view else math.inf, one.name in made),
                file,
                len(data),
                known,
            ),
            file=file,
            sheet=sheet,
            errors=(sqlite3.Error, UnicodeDecodeError),
        )


class _Source(NamedTuple):
    """A table or view, the seconds it has, and whether its cells are made as they are read."""

    base: sqlite3.Connection
    found: Found
    seconds: float
    is_made: bool

    def rows(self) -> Iterator[list[tuple[Any, ...]]]:
        """Give some rows at a time; what is made may be larger than any file."""
        ends = time.monotonic() + self.seconds
        self.base.set_progress_handler(lambda: time.monotonic() > ends, STEPS_A_LOOK)
        longest = _LONGEST_MADE if self.is_made else _LONGEST_CELL
        self.base.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, longest)
        found = self.base.execute(f"SELECT * FROM {self.found.quoted}")  # noqa: S608  # its name is quoted
        yield [tuple(name for name, *_ in found.description)]
        if not self.is_made:
            yield from iter(lambda: found.fetchmany(BATCH_ROWS), [])
            return
        some: list[tuple[Any, ...]] = []
        held = 0
        for row in found:
            some.append(row)
            held += sum(len(cell) for cell in row if isinstance(cell, (str, bytes)))
            if len(some) == BATCH_ROWS or held > _LONGEST_CELL:
                yield some
                some, held = [], 0
        if some:
            yield some


def _refuse_lost_rows(base: sqlite3.Connection, file: str) -> None:
    """Refuse a file of whose pages some are lost: SQLite itself reads the others and says nothing."""
    for (said,) in base.execute("PRAGMA quick_check"):
        for line in said.splitlines():
            if not _HARMLESS.match(line):
                raise damaged(file, "SQLite file", ValueError(line))


def _read(source: _Source, file: str, size: int, known: Known) -> TextSheet:
    base = source.base
    try:
        return _as_it_is(source, file, size, known)
    except sqlite3.OperationalError as error:
        if "decode" not in str(error):
            raise
    base.text_factory = decoded
    try:
        return replace(
            found := _as_it_is(source, file, size, known),
            remarks=(*found.remarks, OTHER_CODING),
        )
    finally:
        base.text_factory = str


def _as_it_is(source: _Source, file: str, size: int, known: Known) -> TextSheet:
    rows = source.rows()
    ((names,),) = islice(rows, 1)
    columns = [_Column() for _ in names]
    count = 0
    for some in rows:
        count += len(some)
        for column, cells in zip(columns, zip(*some, strict=True), strict=True):
            column.add(cells)
        refuse_what_expands(sum(one.held for one in columns), rows=count, size=size, name=file)
    return sheet_of(
        dict(enumerate(column.texts() for column in columns)),
        names,
        file=file,
        size=size,
        known=known,
        sheet=source.found.name,
    )


class _Column:
    """The cells of a column as they come; each has a type of its own."""

    def __init__(self) -> None:
        self.held = 0
        self._chunks: list[pa.Array] = []
        self._numbers: list[pa.Array] = []
        self._kinds: set[type] = set()
        self._is_long = False

    def add(self, cells: Sequence[Any]) -> None:
        """Take some cells."""
        kinds = {*map(type, cells)} - {type(None)}
        self._kinds |= kinds
        found = _of_numbers(cells, kinds) if kinds and kinds <= {int, float} else None
        if found is None:
            if bytes in kinds:
                longest = max(len(cell) for cell in cells if isinstance(cell, bytes))
                self._is_long = self._is_long or longest > LONGEST_BYTES
            texts = cells if kinds <= {str} else [*map(_cell_text, cells)]
            marks = [isinstance(cell, (int, float)) for cell in cells] if len(kinds) > 1 else None
            found = (
                pa.array(texts, pa.string()),
                pa.repeat(pa.scalar(False), len(cells)) if marks is None else pa.array(marks),
            )
        self._chunks.append(found[0])
        self._numbers.append(found[1])
        self.held += found[0].nbytes

    def texts(self) -> Texts | None:
        """Give the column as text; None where it holds nothing but long bytes."""
        if self._is_long and self._kinds == {bytes}:
            return None
        cells = pa.chunked_array(self._chunks, pa.string())
        if not self._kinds & {int, float}:
            return Texts(cells)
        return Texts(cells, pa.chunked_array(self._numbers, pa.bool_()))


def _of_numbers(cells: Sequence[Any], kinds: set[type]) -> tuple[pa.Array, pa.Array] | None:
    """Write numbers; None where whole ones and others cannot be held exactly beside each other."""
    try:
        numbers = pa.array(cells, pa.float64() if float in kinds else pa.int64())
    except pa.ArrowInvalid:
        return None
    if len(kinds) > 1 and (pc.max(pc.abs(numbers)).as_py() or 0) >= _FIFTEEN_DIGITS:
        return None  # a float is written with fifteen digits
    found = texts_of(pa.chunked_array([numbers]))
    if found is None or found.numbers is None:
        return None
    return as_text(found.cells).combine_chunks(), found.numbers.combine_chunks()


def _cell_text(cell: Any) -> str | None:
    if isinstance(cell, bytes):
        with suppress(UnicodeDecodeError):
            if not re.search(CONTROL, text := cell.decode()):
                return text
        return cell[:_SHOWN_BYTES].hex() + ("…" if len(cell) > _SHOWN_BYTES else "")
    if isinstance(cell, float):
        return number_text(cell)
    return None if cell is None else str(cell)
