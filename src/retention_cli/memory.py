"""How much memory there is, and what is said where it is not enough."""

from __future__ import annotations

import errno
import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from retention_cli.errors import DataRefusedError

try:
    import resource
except ImportError:  # Windows sets no limits
    resource = None  # type: ignore[assignment]

if TYPE_CHECKING:
    from collections.abc import Iterator

_MEBIBYTE = 1 << 20
_MACHINE, _OWN, _GROUP = Path("/proc/meminfo"), Path("/proc/self/status"), Path("/sys/fs/cgroup")
_AT_ONCE = 160 * _MEBIBYTE
"""What libraries ask for at once: a part of the memory of a thread, with its stack."""


def limit() -> int | None:
    """Say how many bytes this process may take, where somebody set a limit (`ulimit -v`)."""
    if resource is None:
        return None
    set_ = (resource.getrlimit(kind)[0] for kind in (resource.RLIMIT_AS, resource.RLIMIT_DATA))
    return min((one for one in set_ if one != resource.RLIM_INFINITY), default=None)


@contextmanager
def at_most(more: int) -> Iterator[None]:
    """Let this process take so many bytes more while this lasts: what is asked for beyond them fails.

    Where the system sets no limits, nothing is limited.
    """
    taken = _kibibytes(_OWN, "VmSize:")
    if resource is None or taken is None:
        yield
        return
    before, most = resource.getrlimit(resource.RLIMIT_AS)
    ours = taken + more
    if before != resource.RLIM_INFINITY:
        ours = min(ours, before)
    resource.setrlimit(resource.RLIMIT_AS, (ours, most))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (before, most))


def free_memory() -> int | None:
    """Say how many bytes this process may still take before others are swapped out; None if unknown."""
    allowed = limit()
    own = None if allowed is None else max(allowed - (_kibibytes(_OWN, "VmSize:") or 0), 0)
    found = [_kibibytes(_MACHINE, "MemAvailable:"), _of_group(), own]
    return min((free for free in found if free is not None), default=None)


def machine_memory() -> int | None:
    """Say how many bytes of memory the machine has, where it can be asked."""
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, ValueError, OSError):
        return None


def is_short_of_memory(error: BaseException) -> bool:
    """Tell an error that comes of too little memory, also where a library calls it something else."""
    if isinstance(error, MemoryError):
        return True
    if isinstance(error, OSError) and error.errno == errno.ENOMEM:
        return True
    allowed, most = limit(), _kibibytes(_OWN, "VmPeak:")
    return allowed is not None and most is not None and allowed - most < _AT_ONCE


def too_little_memory(taken: int | None = None, why: str = "") -> DataRefusedError:
    """Make the error that says what was needed and what there was; `taken` is in bytes."""
    allowed, free = limit(), free_memory()
    if taken is None:
        taken = _kibibytes(_OWN, "VmPeak:" if allowed else "VmHWM:")
    needed = f"; the run had taken {in_words(taken)} and needed more" if taken else ""
    more = "close other programs"
    if allowed is not None:
        more = "allow more (ulimit -v unlimited; a small run takes about 600 MiB)"
        there = f", and may take {in_words(allowed)} (ulimit -v)"
    else:
        there = f", and {in_words(free)} are free" if free is not None else ""
    return DataRefusedError(
        f"there is not enough memory{f': {why}' if why else ''}{needed}{there}",
        f"{more}, or compute a shorter span of time: give the files of one year",
    )


def in_words(count: int) -> str:
    """Write a number of bytes.

    Example:
        >>> in_words(60 << 20), in_words(1300 << 20)
        ('60 MiB', '1.3 GiB')
    """
    gibibytes = count / _MEBIBYTE / 1024
    return f"{gibibytes:.1f} GiB" if gibibytes >= 1 else f"{count // _MEBIBYTE} MiB"


def _of_group() -> int | None:
    """Give what is left of the limit of a container."""
    allowed, used = (_read(_GROUP / name).strip() for name in ("memory.max", "memory.current"))
    return int(allowed) - int(used) if allowed.isdigit() and used.isdigit() else None


def _kibibytes(file: Path, name: str) -> int | None:
    """Give a line of the system's own tables, in bytes."""
    lines = (line.split() for line in _read(file).splitlines())
    return next((int(words[1]) << 10 for words in lines if words and words[0] == name), None)


def _read(path: Path) -> str:
    try:
        return path.read_text("ascii")
    except (OSError, ValueError):
        return ""
