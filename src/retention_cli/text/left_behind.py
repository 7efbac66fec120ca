"""Files that are being written, and what of them a run that was killed left behind."""

from __future__ import annotations

import os
import re
import secrets
import time
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path
    from typing import TextIO

try:
    import fcntl
except ImportError:  # Windows has no such locks, and there the age alone decides
    fcntl = None  # type: ignore[assignment]

OLD = 3600
"""Seconds after which a file that nobody holds is taken away, whoever made it."""

_MOST_PROCESSES = 1 << 22


def place_beside(target: Path) -> Path:
    """Name a file beside another: hidden, after it, and with the process that makes it."""
    return target.parent / f"{_start(target)}{os.getpid():08x}{secrets.token_hex(4)}"


def hold(file: TextIO) -> None:
    """Hold a file for as long as this process lives, so that no other run takes it away."""
    if fcntl is not None:
        with suppress(OSError):  # not every file system has locks
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def take_away(target: Path) -> None:
    """Take away what runs that were killed left beside a file: it may hold rows of customers."""
    ours = re.compile(re.escape(_start(target)) + r"([0-9a-f]{8})[0-9a-f]{8}")
    with suppress(OSError):
        for path in target.parent.iterdir():
            made = ours.fullmatch(path.name)
            if made and path.is_file() and not path.is_symlink():
                with suppress(OSError):
                    _take_away(path, int(made[1], 16))


def _start(target: Path) -> str:
    return f".{target.name[:40]}."


def _take_away(path: Path, maker: int) -> None:
    with path.open("r+b") as file:
        if fcntl is not None:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        old = time.time() - path.stat().st_mtime > OLD
        if old or _has_ended(maker):
            path.unlink()


def _has_ended(process: int) -> bool:
    if fcntl is None or process > _MOST_PROCESSES:
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    except OSError:
        pass
    return False
