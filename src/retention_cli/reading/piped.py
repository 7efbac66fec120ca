"""What comes through a pipe or standard input: there once, and of any length."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from retention_cli.errors import DataRefusedError, RetentionError

if TYPE_CHECKING:
    from gzip import GzipFile
    from typing import IO, TextIO

STANDARD_INPUT = Path("-")
"""How a command line names it."""

MOST_BYTES = 1 << 30
"""A pipe may never end, nor what an archive inflates to, and all of it is held: at most 1 GiB."""

_AT_ONCE = 1 << 20


def standard_input() -> TextIO:
    """Give standard input, if something is there to be read.

    Errors: RetentionError where it is closed, or a terminal, which would wait for typing.
    """
    if sys.stdin is None or sys.stdin.closed:
        raise RetentionError("standard input is closed", "name a file")
    if sys.stdin.isatty():
        raise RetentionError(
            "nothing was piped in",
            "pipe a file in: retention compute - < invoices.csv",
        )
    return sys.stdin


def read_up_to_limit(file: IO[bytes] | GzipFile, *, name: str) -> bytes:
    """Read what there is, and no more than `MOST_BYTES` of it.

    Errors: DataRefusedError where there is more.
    """
    held, left = io.BytesIO(), MOST_BYTES
    while chunk := file.read(min(_AT_ONCE, left + 1)):
        left -= len(chunk)
        if left < 0:
            raise DataRefusedError(
                f"{name}: holds more than {MOST_BYTES:,} bytes, the most that a pipe or an archive may",
                "save it as a file, unpacked, and name that",
            )
        held.write(chunk)
    return held.getvalue()
