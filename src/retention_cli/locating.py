"""PATH… to files: what a folder holds that is an export, and what was said of each file."""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING

from retention_cli.errors import DataRefusedError, RetentionError, nearest
from retention_cli.reading import TABLE_SUFFIXES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from retention_cli.settings import ExportRule


@dataclass(frozen=True, slots=True)
class Located:
    """A file to read, and what the command line says of it."""

    path: Path
    kind: str | None = None
    encoding: str | None = None
    delimiter: str | None = None

    @property
    def name(self) -> str:
        """How messages and reports call it."""
        return self.path.as_posix()


def locate(paths: Sequence[Path], named: Mapping[str, Sequence[Path]]) -> list[Located]:
    """List the files of folders and paths, in order; those named by their kind come first.

    Errors: RetentionError for a path that is not there, or a file given twice for one kind;
        DataRefusedError for a folder without tables.
    """
    found = [Located(path, kind) for kind, given in named.items() for path in given]
    taken = {_identity(one.path) for one in found}
    for path in paths:
        files = list(_in_folder(path)) if path.is_dir() else [path]
        found += [Located(file) for file in files if _identity(file) not in taken]
    _refuse_twice(found)
    return found


def rules_for(located: Located, rules: Sequence[ExportRule]) -> list[ExportRule]:
    """Give the rules of the settings that speak of a file, by its name or a pattern."""
    name = located.path.name
    fits = [rule for rule in rules if fnmatch(name, rule.file) or located.name == rule.file]
    return [rule for rule in fits if located.kind in {None, rule.kind}]


def _in_folder(folder: Path) -> Iterator[Path]:
    files = sorted(path for path in folder.iterdir() if path.is_file())
    tables = [path for path in files if _is_table(path)]
    if not tables:
        there = ", ".join(path.name for path in sorted(folder.iterdir())[:5]) or "nothing"
        raise DataRefusedError(
            f"{folder.as_posix()}: holds no export; it holds {there}",
            f"exports are files that end in {', '.join(sorted(TABLE_SUFFIXES))}",
        )
    yield from tables


def _is_table(path: Path) -> bool:
    return path.suffix.lower() in TABLE_SUFFIXES and not path.name.startswith((".", "~$"))


def _identity(path: Path) -> tuple[int, int]:
    try:
        status = path.stat()
    except FileNotFoundError:
        beside = path.parent if path.parent.is_dir() else Path()
        guess = nearest(path.name, [p.name for p in beside.iterdir()])
        hint = f"did you mean '{(path.parent / guess).as_posix()}'?" if guess else "check the path"
        raise RetentionError(f"{path.as_posix()}: no such file", hint) from None
    except OSError as error:
        raise DataRefusedError(f"{path.as_posix()}: cannot be read: {error.strerror}") from None
    return status.st_dev, status.st_ino


def _refuse_twice(found: Sequence[Located]) -> None:
    seen: dict[tuple[tuple[int, int], str | None], Located] = {}
    for one in found:
        key = (_identity(one.path), one.kind)
        if key in seen:
            raise RetentionError(
                f"{one.name}: given twice, as {seen[key].name} before", "name it once"
            )
        seen[key] = one
