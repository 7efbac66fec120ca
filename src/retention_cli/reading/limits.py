"""What a large file would take, told before it is read: lines without an end, and memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli.errors import DataRefusedError
from retention_cli.memory import free_memory, in_words
from retention_cli.reading.delimited.lines import LONGEST_FIELD

if TYPE_CHECKING:
    from pathlib import Path

LARGE_BYTES = 16 << 20
"""Smaller files are not looked at beforehand: whatever they hold, they fit."""
BYTES_A_BYTE, BYTES_A_ROW = 2, 120
"""What reading, checking and computing takes at its peak, measured on invoices of six columns."""

MOST_BYTES, MOST_RATIO = 1 << 30, 20
"""What the cells of a packed table may hold: a gibibyte, or so many times the size of its file."""

_ENDS_A_FIELD = (b"\n", b"\r", b",", b";", b"\t", b"|")


def refuse_what_does_not_fit(path: Path, *, name: str) -> None:
    """Look through a large file without keeping it.

    Errors: DataRefusedError for a field that goes on for a mebibyte without anything that could
        end it, and for a file that needs more memory than there is.
    """
    size = path.stat().st_size
    if size < LARGE_BYTES:
        return
    lines, left = 0, size
    with path.open("rb") as file:
        while chunk := file.read(min(LONGEST_FIELD, left)):
            left -= len(chunk)
            if len(chunk) == LONGEST_FIELD:
                _refuse_an_endless_field(chunk, lines + 1, name)
            lines += chunk.count(b"\n") or chunk.count(b"\r")
    _refuse_beyond_memory(f"{name}: has {lines:,} lines", size, lines)


def refuse_what_expands(held: int, *, rows: int, size: int, name: str) -> None:
    """Judge the cells of a table that is packed in its file: how many bytes they hold.

    Errors: DataRefusedError where that is far more than the file, or than there is memory for.
    """
    if held > (most := max(MOST_BYTES, MOST_RATIO * size)):
        raise DataRefusedError(
            f"{name}: its cells hold more than {most:,} bytes, in a file of {size:,}",
            "leave out the columns and years that are not needed",
        )
    _refuse_beyond_memory(f"{name}: has {rows:,} rows", held, rows)


def _refuse_beyond_memory(what: str, size: int, rows: int) -> None:
    needed, free = BYTES_A_BYTE * size + BYTES_A_ROW * rows, free_memory()
    if free is not None and needed > free:
        raise DataRefusedError(
            f"{what} and would take about {in_words(needed)} of memory; {in_words(free)} are free",
            "leave out the years that the period and the one before it do not need",
        )


def _refuse_an_endless_field(chunk: bytes, line: int, name: str) -> None:
    if not any(end in chunk for end in _ENDS_A_FIELD):
        raise DataRefusedError(
            f"{name} line {line}: a field is longer than a mebibyte",
            "is a quote missing? look at that line",
        )
