"""Which file somebody most likely meant."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from retention_cli.errors import nearest

if TYPE_CHECKING:
    from pathlib import Path


def did_you_mean(path: Path) -> str | None:
    """Name the path that a slip in the first name that is not there most likely meant."""
    with suppress(OSError):
        for place in (path, *path.parents):
            if place.parent.is_dir():
                guess = nearest(place.name, [one.name for one in place.parent.iterdir()])
                rest = path.relative_to(place)
                whole = place.parent / guess / rest if guess else None
                there = whole is not None and whole.exists() and whole != path
                return f"did you mean '{whole.as_posix()}'?" if whole and there else None
    return None


def why_not_read(error: OSError) -> str:
    """Say why a file cannot be read, in words of ours where it is not there."""
    missing = isinstance(error, FileNotFoundError)
    return "no such file" if missing else f"cannot be read: {error.strerror}"
