"""Names that Windows gives to no file: devices, and what it reads as another name."""

from __future__ import annotations

import re
import sys
from pathlib import PureWindowsPath
from typing import TYPE_CHECKING

from retention_cli.errors import RetentionError
from retention_cli.patterns import lazy_pattern

if TYPE_CHECKING:
    from pathlib import Path

SYSTEM = sys.platform

_DEVICE = lazy_pattern(
    r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9\u00b9\u00b2\u00b3]) *(?:\..*)?",
    re.IGNORECASE | re.DOTALL,
)
_NO_NAME = lazy_pattern(r'.*[. ]|.*[*?"<>|:\x00-\x1f].*', re.DOTALL)
"""A last dot or blank is taken off, and a colon names a stream behind a file."""


def refuse_reserved(option: str, path: Path, *, system: str | None = None) -> None:
    """Refuse, on Windows, a place that is a device there or another file than it says.

    Elsewhere these are names as all others, and files are made under them.
    Errors: RetentionError.
    """
    if (system or SYSTEM) != "win32":
        return
    place = PureWindowsPath(path)
    if place.anchor.startswith("\\\\.\\"):
        raise RetentionError(f"{option}: {path}: this is a device on Windows", "name another file")
    for part in place.parts[bool(place.anchor) :]:
        if part in {".", ".."}:
            continue
        if _DEVICE.fullmatch(part.rstrip(". ")):
            why = f"'{part}' is a device on Windows, whatever follows its name"
        elif _NO_NAME.fullmatch(part):
            why = f"Windows has no file named '{part}'"
        else:
            continue
        raise RetentionError(f"{option}: {path}: {why}", "name another file")
