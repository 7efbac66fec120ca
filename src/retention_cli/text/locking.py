"""A file that one run has for itself, from what it reads of it to what it writes."""

from __future__ import annotations

import os
import socket
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from retention_cli.errors import OutputError
from retention_cli.text.atomic import refuse_unwritable

if TYPE_CHECKING:
    from collections.abc import Iterator

PATIENCE_SECONDS = 60.0
"""Longer than any run needs to add its rows to a file."""


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold a file, so that no other run of ours changes it meanwhile; one that ends lets go of it.

    Errors: OutputError where another run holds it for too long, with who that is, and where the
        folder takes no file.
    """
    import filelock  # noqa: PLC0415  # few runs add to a file

    refuse_unwritable(path)
    target = Path(os.path.realpath(path))
    place = target.with_name(f".{target.name}.lock")
    lock = filelock.FileLock(place, timeout=PATIENCE_SECONDS, thread_local=False)
    try:
        lock.acquire()
    except filelock.Timeout:
        raise OutputError(
            f"{path}: cannot be written: another run holds it{_holder(place)}",
            "run it again when that one has ended",
        ) from None
    except OSError as error:
        raise OutputError(f"{path}: cannot be written: {error.strerror or error}") from None
    try:
        with suppress(OSError):
            since = datetime.now(UTC).isoformat(" ", "seconds")
            place.write_text(
                f"process {os.getpid()} on {socket.gethostname()} since {since}\n", "utf-8"
            )
        yield
    finally:
        # Who waits looks whether the file it has locked is still there, and else makes another.
        with suppress(OSError):
            place.unlink()
        lock.release()


def _holder(place: Path) -> str:
    try:
        said = place.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return ""
    return f": {said}" if said else ""
