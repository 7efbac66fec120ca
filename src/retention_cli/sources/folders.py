"""What a folder holds that is an export, and what in it is passed over."""

from __future__ import annotations

from fnmatch import fnmatch
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, NamedTuple

from retention_cli.reading import is_table
from retention_cli.reading.typed.forms import typed_form
from retention_cli.sources.events import is_events
from retention_cli.sources.follow_ups import is_follow_ups
from retention_cli.sources.listed_outputs import listed_outputs, manifest_of
from retention_cli.sources.rates import is_rates
from retention_cli.text.outputs import LONGEST_HEADER, is_our_workbook, is_output
from retention_cli.text.streams import opened_to_read

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from retention_cli.sources.listed_outputs import Listed

_SETTINGS = ".toml"
_HIDDEN = (".", "~$")
_ANY_BASE = ".db"
"""Programs of all sorts name files so: Thumbs.db is in many folders."""


class Listing(NamedTuple):
    """The exports of a folder, and the other things in it, each with why it is none."""

    tables: tuple[Path, ...]
    passed_over: tuple[tuple[Path, str], ...]


def listing(folder: Path, patterns: Sequence[str], ignored: Sequence[str] = ()) -> Listing:
    """List a folder, one level deep; a file that a pattern of the settings names is an export.

    Errors: OSError where it cannot be listed.
    """
    listed = listed_outputs(folder)
    tables: list[Path] = []
    others: list[tuple[Path, str]] = []
    for path in sorted(folder.iterdir()):
        left_out = any(fits(path, pattern) for pattern in ignored)
        why = "as asked" if left_out else _why_not(path, patterns, listed)
        if why is None:
            tables.append(path)
        elif path.suffix != _SETTINGS:
            others.append((path, why))
    return Listing(tuple(tables), tuple(others))


def fits(path: Path, pattern: str) -> bool:
    """Hold the end of a path against a pattern: `orders-*.csv`, `2025/orders.csv`.

    Example:
        >>> fits(Path("exports/2025/orders.csv"), "2025/*.csv"), fits(Path("a.csv"), "b.csv")
        (True, False)
    """
    asked = PurePath(pattern).parts
    there = path.absolute().parts[-len(asked) :] if asked else ()
    return len(asked) == len(there) > 0 and all(
        name == wanted or fnmatch(name, wanted) for name, wanted in zip(there, asked, strict=True)
    )


def idle(patterns: Iterable[str], files: Sequence[Path]) -> list[str]:
    """List the patterns that no file fits."""
    return [one for one in dict.fromkeys(patterns) if not any(fits(file, one) for file in files)]


def _why_not(path: Path, patterns: Sequence[str], listed: Listed) -> str | None:
    """Say why something in a folder is not an export. A link that leads nowhere is one: it is missed."""
    lost = path.is_symlink() and not path.exists()
    if not path.is_file() and not lost:
        return "a folder" if path.is_dir() else "no file"
    if any(fits(path, pattern) for pattern in patterns):
        return None
    if path.name.startswith(_HIDDEN):
        return "hidden"
    if not is_table(path.name):
        return "not named as a table"
    if (manifest := manifest_of(path, listed)) is not None:
        return f"written by retention, says {manifest}"
    return _told_by_its_start(path)


def _told_by_its_start(path: Path) -> str | None:
    start = _start(path)
    if path.suffix.lower() == _ANY_BASE and start and typed_form(start) is None:
        return "not a database that can be read"
    if is_events(path.name, start):
        return "events, for retention trend"
    if is_follow_ups(path.name):
        return "follow-ups, for retention signals"
    if is_rates(path.name, start):
        return "rates, for report_currency in retention.toml"
    ours = is_output(start) or (start.startswith(b"PK") and is_our_workbook(path))
    return "written by retention" if ours else None


def _start(path: Path) -> bytes:
    try:
        with opened_to_read(path) as file:
            return file.read(LONGEST_HEADER + 2) or b""
    except OSError:
        return b""
