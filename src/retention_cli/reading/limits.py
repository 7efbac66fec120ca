"""What a large file would take, told before it is read: lines without an end, and memory."""

from __future__ import annotations

from pathlib import Path

from retention_cli.errors import DataRefusedError
from retention_cli.reading.delimited.lines import LONGEST_FIELD

LARGE_BYTES = 16 << 20
"""Smaller files are not looked at beforehand: whatever they hold, they fit."""
BYTES_A_BYTE, BYTES_A_ROW = 2, 120
"""What reading, checking and computing takes at its peak, measured on invoices of six columns."""

_ENDS_A_FIELD = b"\n\r,;\t|"
_GIBIBYTE = 1 << 30
_MEMORY, _GROUP = Path("/proc/meminfo"), Path("/sys/fs/cgroup")


def refuse_what_does_not_fit(path: Path, *, name: str) -> None:
    """Look through a large file without keeping it.

    Errors: DataRefusedError for a field that goes on for a mebibyte without anything that could
        end it, and for a file that needs more memory than there is.
    """
    size = path.stat().st_size
    if size < LARGE_BYTES:
        return
    lines = 0
    with path.open("rb") as file:
        while chunk := file.read(LONGEST_FIELD):
            if len(chunk) == LONGEST_FIELD:
                _refuse_an_endless_field(chunk, lines + 1, name)
            lines += chunk.count(b"\n") or chunk.count(b"\r")
    needed, free = BYTES_A_BYTE * size + BYTES_A_ROW * lines, free_memory()
    if free is not None and needed > free:
        raise DataRefusedError(
            f"{name}: has {lines:,} lines and would take about {needed / _GIBIBYTE:.1f} GiB of memory;"
            f" {free / _GIBIBYTE:.1f} GiB are free",
            "leave out the years that the period and the one before it do not need",
        )


def free_memory() -> int | None:
    """Say how many bytes this process may still take before others are swapped out; None if unknown."""
    found = [_of_machine(), _of_group()]
    return min((free for free in found if free is not None), default=None)


def _refuse_an_endless_field(chunk: bytes, line: int, name: str) -> None:
    if len(chunk.translate(None, _ENDS_A_FIELD)) == len(chunk):
        raise DataRefusedError(
            f"{name} line {line}: a field is longer than a mebibyte",
            "is a quote missing? look at that line",
        )


def _of_machine() -> int | None:
    text = _read(_MEMORY)
    lines = (line.split() for line in text.splitlines())
    return next((int(words[1]) << 10 for words in lines if words[0] == "MemAvailable:"), None)


def _of_group() -> int | None:
    """Give what is left of the limit of a container."""
    limit, used = (_read(_GROUP / name).strip() for name in ("memory.max", "memory.current"))
    return int(limit) - int(used) if limit.isdigit() and used.isdigit() else None


def _read(path: Path) -> str:
    try:
        return path.read_text("ascii")
    except OSError:
        return ""
