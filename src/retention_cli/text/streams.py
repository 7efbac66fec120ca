"""What a path leads to where that is no file with a name: pipes, devices, files that are open."""

from __future__ import annotations

import errno
import os
import stat
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from retention_cli.patterns import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import IO, TextIO

_OPEN_FILES = lazy_pattern(r"/dev/fd|/proc/([0-9]+)(/task/[0-9]+)?/fd")
_MOST_LINKS = 40


def is_written_through(path: Path) -> bool:
    """Tell what nothing can take the place of: a device, a pipe, an open file, one without a name."""
    if _descriptor(path) is not None:
        return True
    try:
        there = path.stat()
    except OSError:
        return False
    if stat.S_ISREG(there.st_mode) or stat.S_ISDIR(there.st_mode):
        # What another process has open may have been deleted.
        return not os.path.exists(os.path.realpath(path))  # noqa: PTH110  # as realpath gives it
    return True


def opened_to_read(path: Path) -> IO[bytes]:
    """Open a file, or a pipe, which may wait for who writes to it; nothing else is waited for.

    Files that the system makes up, such as /proc/kmsg, wait for what is to come: of one that has
    nothing now, `read` gives None.
    Errors: OSError, of a device too, which may never end; the one that holds nothing is read.
    """
    kind = path.stat().st_mode
    if stat.S_ISBLK(kind) or (stat.S_ISCHR(kind) and not path.samefile(os.devnull)):
        raise OSError(errno.ENODEV, "it is a device, not a file")
    at_once = 0 if stat.S_ISFIFO(kind) else getattr(os, "O_NONBLOCK", 0)
    return open(
        path, "rb", opener=lambda name, flags: os.open(name, flags | at_once)
    )  # Path.open takes no opener


def refuse_closed(path: Path) -> None:
    """Find out whether something that is written through can be written to.

    Errors: OSError where it cannot.
    """
    number = _descriptor(path)
    if number is not None:
        os.fstat(number)
    elif not os.access(path, os.W_OK):
        raise PermissionError(None, "Permission denied")


@contextmanager
def written_through(path: Path) -> Iterator[TextIO]:
    """Open a device or a pipe as it is, and an open file where it stands: nothing is cut off."""
    number = _descriptor(path)
    if number is not None:
        sys.stdout.flush()
    place = path if number is None else os.dup(number)
    with open(place, "w", encoding="utf-8", errors="backslashreplace", newline="") as file:  # noqa: PTH123  # may be a number
        yield file


def _descriptor(path: Path) -> int | None:
    """Give the number of an open file of this process that a path stands for, as `/dev/stdout`."""
    for _ in range(_MOST_LINKS):
        folder = _OPEN_FILES.fullmatch(os.path.realpath(path.parent))
        if folder and path.name.isdecimal() and folder[1] in {None, str(os.getpid())}:
            return int(path.name)
        if not path.is_symlink():
            return None
        path = path.parent / path.readlink()
    return None
