"""PATH… to files: what a folder holds that is an export, and what was said of each file."""

from __future__ import annotations

import errno
import stat
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from retention_cli.errors import DataRefusedError, RetentionError
from retention_cli.memory import machine_memory
from retention_cli.reading import TABLE_SUFFIXES
from retention_cli.reading.piped import STANDARD_INPUT, standard_input
from retention_cli.reading.text import same_sheet
from retention_cli.sources.folders import Listing, fits, idle, listing
from retention_cli.text.near_paths import did_you_mean

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator, Mapping, Sequence

    from retention_cli.settings import ExportRule, Mapped


EDGES = ("start", "end")
"""The ends of a period that a list of customers may be of."""

_GIB = 1 << 30
_HELD_FOR_A_BYTE = 10
"""Bytes held for a byte of CSV, all columns and findings together: measured with 33 MB."""


@dataclass(frozen=True, slots=True)
class Located:
    """A file to read, and what the command line says of it."""

    path: Path
    kind: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    presets: tuple[str, ...] = ()
    stdin_name: str | None = None
    mapped: tuple[Mapped, ...] = ()
    edge: str | None = None
    """Of which of the `EDGES` it lists the customers."""
    found: bool = False
    """Whether it was found in a folder, and not named."""

    @property
    def name(self) -> str:
        """How messages and reports call it."""
        if self.path == STANDARD_INPUT:
            return self.stdin_name or "standard input"
        return self.path.as_posix()

    @property
    def called(self) -> tuple[Path, ...]:
        """How rules of the settings may call it."""
        return (self.path, *([Path(self.stdin_name)] if self.stdin_name else ()))

    @property
    def is_read_once(self) -> bool:
        """Whether it is gone once it was read: standard input, or a pipe."""
        return self.path == STANDARD_INPUT or self.path.is_fifo()


def locate(
    paths: Sequence[Path],
    named: Mapping[str, Sequence[Path]],
    rules: Sequence[ExportRule] = (),
    ignored: Sequence[str] = (),
    *,
    stdin_name: str | None = None,
) -> list[Located]:
    """List the files of folders and paths, in order; those named by their kind come first.

    Of a folder those are taken that are named as tables are, or in the rules of the settings. What
    is `ignored`, by name or pattern, is not, but for a file that is named by its kind.
    Errors: RetentionError for a path that is not there, a folder named as one kind, a file given
        twice for one kind, standard input or a pipe given twice, or a name for standard input
        without it; DataRefusedError for a folder
        without tables, for what is not a file or cannot be read, and for more than memory can hold.
    """
    found = [_named(kind, path) for kind, given in named.items() for path in given]
    for one in found:
        _refuse_folder(one)
    taken = {_identity(one.path) for one in found}
    for path in paths:
        folder = _is_folder(path)
        left_out = not folder and any(fits(path, one) for one in ignored)
        files = _in_folder(path, rules, ignored) if folder else [] if left_out else [path]
        asked_again = path == STANDARD_INPUT
        found += [
            Located(file, found=folder)
            for file in files
            if asked_again or _identity(file) not in taken
        ]
    _refuse_twice(found)
    _refuse_beyond_memory(found)
    if stdin_name is None:
        return found
    if STANDARD_INPUT not in [one.path for one in found]:
        raise RetentionError(
            "--stdin-name names what comes through -, and no - was given",
            f"read it: retention compute - --stdin-name {stdin_name}",
        )
    return [replace(one, stdin_name=stdin_name) for one in found]


def _named(kind: str, path: Path) -> Located:
    """Take a file that was named by its kind, or as the list at an end of the period."""
    if kind in EDGES:
        return Located(path, "customers", edge=kind)
    return Located(path, kind)


def left_aside(
    paths: Sequence[Path],
    found: Sequence[Located],
    rules: Sequence[ExportRule],
    ignored: Sequence[str] = (),
) -> tuple[list[str], list[str]]:
    """Say what of folders was passed over, and which rules of the settings cover no file.

    So is said of a file that no rule covers, but of one named alike: `orders (1).csv`.
    Shape: two lists of sentences; no rule is idle where only single files were asked for.
    """
    folders = [path for path in paths if _is_folder(path)]
    passed_over = [
        f"ignored: {path.as_posix()} ({why})"
        for folder in folders
        for path, why in _listed(folder, rules, ignored).passed_over
    ]
    called = [path for one in found for path in one.called]
    unfit = idle([rule.file for rule in rules], called) if folders else []
    idle_rules = [f"no file matches [[export]] file = '{pattern}'" for pattern in unfit]
    return passed_over, [*idle_rules, *_forgotten(found, rules)]


def _forgotten(found: Sequence[Located], rules: Sequence[ExportRule]) -> Iterator[str]:
    """Say which files are read without the rule of another export that is named alike."""
    alike = {_letters(rule.file): rule.file for rule in rules}
    for one in found:
        pattern = alike.get(_letters(one.path.name))
        if pattern and not any(fits(one.path, rule.file) for rule in rules):
            yield f"{one.name}: no [[export]] covers it, though one covers '{pattern}'"


def _letters(name: str) -> str:
    return "".join(filter(str.isalpha, name.rpartition("/")[2].casefold()))


def rules_for(located: Located, rules: Sequence[ExportRule]) -> list[ExportRule]:
    """Give the rules of the settings that cover a file, by its name or a pattern.

    Errors: RetentionError where two of them cover it, or of one of its sheets, as one kind: it
        would be read twice.
    """
    spoken = [rule for rule in rules if any(fits(path, rule.file) for path in located.called)]
    ours = [rule for rule in spoken if located.kind in {None, rule.kind}]
    for place, rule in enumerate(ours):
        for earlier in ours[:place]:
            if rule.kind == earlier.kind and same_sheet(rule.sheet, earlier.sheet):
                raise RetentionError(
                    f"{located.name}: two [[export]] of retention.toml cover it as {rule.kind}:"
                    f" '{earlier.file}' and '{rule.file}'",
                    "keep one, or write patterns that share no file",
                )
    if len(ours) > 1 and located.is_read_once:
        raise RetentionError(
            f"{located.name}: can be read as one kind only, and retention.toml says"
            f" {' and '.join(rule.kind for rule in ours)}",
            f"choose one: --{ours[0].kind} {located.path.as_posix()}",
        )
    return ours


def _listed(folder: Path, rules: Sequence[ExportRule], ignored: Sequence[str]) -> Listing:
    try:
        return listing(folder, [rule.file for rule in rules], ignored)
    except OSError as error:
        raise _unreadable(Path(error.filename or folder), error) from None


def _in_folder(
    folder: Path, rules: Sequence[ExportRule], ignored: Sequence[str]
) -> tuple[Path, ...]:
    found = _listed(folder, rules, ignored)
    if not found.tables:
        held = ", ".join(path.name for path, _ in found.passed_over[:5]) or "nothing"
        raise DataRefusedError(
            f"{folder.as_posix()}: has no exports; it has {held}",
            f"exports are files that end in {', '.join(sorted(TABLE_SUFFIXES))}",
        )
    return found.tables


def _is_folder(path: Path) -> bool:
    return path != STANDARD_INPUT and stat.S_ISDIR(_status(path).st_mode)


def _identity(path: Path) -> tuple[int, int]:
    if path == STANDARD_INPUT:
        standard_input()
        return -1, -1
    status = _status(path)
    if stat.S_ISCHR(status.st_mode) or stat.S_ISBLK(status.st_mode):
        raise DataRefusedError(f"{path.as_posix()}: is a device, not a file", "name a file")
    return status.st_dev, status.st_ino


def _status(path: Path) -> os.stat_result:
    try:
        return path.stat()
    except (FileNotFoundError, NotADirectoryError):
        raise _not_there(path) from None
    except OSError as error:
        raise _unreadable(path, error) from None


def _not_there(path: Path) -> RetentionError:
    if path.is_symlink():
        target = path.readlink().as_posix()
        return RetentionError(
            f"{path.as_posix()}: is a link to {target}, which is not there", "fix the link"
        )
    hint = did_you_mean(path) or "check the path"
    return RetentionError(f"{path.as_posix()}: no such file or folder", hint)


def _unreadable(path: Path, error: OSError) -> DataRefusedError:
    name = path.as_posix()
    if error.errno == errno.ELOOP:
        return DataRefusedError(f"{name}: symbolic links form a loop", "fix the link")
    hint = f"make it readable: chmod u+r '{name}'" if error.errno == errno.EACCES else None
    return DataRefusedError(f"{name}: cannot be read: {error.strerror}", hint)


def _refuse_folder(one: Located) -> None:
    if _is_folder(one.path):
        raise RetentionError(
            f"--{one.edge or one.kind}: {one.name} is a folder",
            "name a file, or the folder without an option",
        )


def _refuse_beyond_memory(found: Sequence[Located]) -> None:
    """Refuse what cannot be held at once, before the machine begins to swap."""
    files = {one.path for one in found if not one.is_read_once}
    size = sum(_status(path).st_size for path in files)
    needed, there = size * _HELD_FOR_A_BYTE, machine_memory()
    if there is not None and needed > there:
        raise DataRefusedError(
            f"{size / _GIB:.1f} GiB of exports need about {needed / _GIB:.0f} GiB of memory, and"
            f" this machine has {there / _GIB:.0f}",
            "compute a shorter span of time at once: give the files of one year, or export less",
        )


def _refuse_twice(found: Sequence[Located]) -> None:
    seen: dict[tuple[tuple[int, int], str | None], Located] = {}
    for one in found:
        kind = None if one.is_read_once else one.kind
        earlier = seen.setdefault((_identity(one.path), kind), one)
        if earlier is not one:
            why = "and can be read only once" if one.is_read_once else f"as {earlier.name} before"
            raise RetentionError(f"{one.name}: given twice, {why}", "name it once")
