"""Patterns of names on the command line: those of files to read, and of files to leave out."""

from __future__ import annotations

from difflib import get_close_matches
from glob import glob, has_magic
from pathlib import Path
from typing import TYPE_CHECKING

from retention_cli.errors import RetentionError
from retention_cli.sources.folders import fits

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_MOST_SHOWN = 5


def expanded(paths: Iterable[Path]) -> list[Path]:
    """Put the files that fit in the place of each pattern: not every shell does it.

    A file of that very name is itself.
    Errors: RetentionError for a pattern that nothing fits.
    """
    found: list[Path] = []
    for path in paths:
        if not has_magic(str(path)) or path.exists():
            found.append(path)
            continue
        fitting = [Path(one) for one in sorted(glob(str(path)))]  # noqa: PTH207  # of an absolute path too
        files = [one for one in fitting if not one.name.startswith("~$")]
        if not files:
            raise RetentionError(f"{path}: no file fits this pattern", _there(path.parent))
        found += files
    return found


def refuse_idle(patterns: Iterable[str], places: Sequence[Path]) -> None:
    """Refuse a file to leave out, or a pattern of files, that nothing fits.

    Errors: RetentionError with what is there.
    """
    folders = [place for place in places if place.is_dir()]
    there = [place for place in places if place not in folders]
    there += [one for folder in folders for one in sorted(folder.iterdir())]
    for pattern in patterns:
        if any(fits(one, pattern) for one in there):
            continue
        near = get_close_matches(pattern, [one.name for one in there], n=3)
        hint = f"did you mean {' or '.join(near)}?" if near else _named(there)
        raise RetentionError(f"--ignore: no file fits '{pattern}'", hint)


def _there(folder: Path) -> str:
    if not folder.is_dir():
        return f"there is no folder {folder}" if not has_magic(str(folder)) else "check the path"
    return _named(sorted(folder.iterdir()))


def _named(there: Sequence[Path]) -> str:
    named = [one.name for one in there if not one.name.startswith(".")]
    more = f" and {len(named) - _MOST_SHOWN} more" if len(named) > _MOST_SHOWN else ""
    return f"there is {', '.join(named[:_MOST_SHOWN])}{more}" if named else "there are no files"
