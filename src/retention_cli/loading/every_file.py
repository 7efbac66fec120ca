"""All files of a run, each by itself: those that can be read, and why the others cannot."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from shlex import quote
from typing import TYPE_CHECKING

from retention_cli import records
from retention_cli.errors import (
    DataRefusedError,
    NoKindError,
    RetentionError,
    UnrecognisedFileError,
)
from retention_cli.findings.problems import Notice
from retention_cli.loading.one_file import read_parts
from retention_cli.loading.shared_ids import shared_ids
from retention_cli.mapping.asked import applies, places_told, says_of_all

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention_cli.loading.loaded_export import LoadedExport
    from retention_cli.settings import Mapped, Settings
    from retention_cli.sources.locating import Located

NOT_READ = "file-not-read"


@dataclass(slots=True)
class Every:
    """What became of the files of a run; `passed_over` is said of those of no kind."""

    parts: list[LoadedExport] = field(default_factory=list)
    refused: list[tuple[Located, DataRefusedError]] = field(default_factory=list)
    passed_over: list[Notice] = field(default_factory=list)


def read_every(
    files: Sequence[Located], settings: Settings, mapped: Sequence[Mapped] = ()
) -> Every:
    """Read the files that can be; of the others say why they cannot.

    One that was found in a folder, and is of no kind, is passed over, unless all are.
    Errors: RetentionError for settings that cannot be followed, and for something mapped that
        speaks of no file.
    """
    every = Every()
    unknown: list[tuple[Located, DataRefusedError]] = []
    read: list[tuple[Located, list[LoadedExport]]] = []
    for file in files:
        try:
            read.append((file, list(read_parts(file, settings))))
        except DataRefusedError as error:
            for refusal in (error, *error.also):
                refusal.file = file.name
            of_no_kind = file.found and isinstance(error, NoKindError)
            (unknown if of_no_kind else every.refused).append((file, error))
    every.parts += _with_shared_ids(read, settings)
    for one in mapped:
        _refuse_idle(one, every.parts, [*every.refused, *unknown])
    for file, refusal in every.refused:
        _say_how_to_leave_out(file, refusal)
    if len(unknown) == len(files):
        return Every(refused=unknown)
    every.passed_over += [_passed_over(file, refusal) for file, refusal in unknown]
    return every


def _with_shared_ids(
    read: Sequence[tuple[Located, list[LoadedExport]]], settings: Settings
) -> list[LoadedExport]:
    """Read those files again that have ids of customers under the header of another file."""
    together = [part for _, parts in read for part in parts]
    found: list[LoadedExport] = []
    for file, parts in read:
        more = tuple(shared_ids(parts, together))
        if not more:
            found += parts
            continue
        for part in read_parts(replace(file, mapped=(*file.mapped, *more)), settings):
            part.said += [
                one.because for one in more if applies(one, part.sheet.headers, part.kind)
            ]
            found.append(part)
    return found


def _passed_over(file: Located, error: DataRefusedError) -> Notice:
    message = f"is not read: {error.message.removeprefix(f'{file.name}: ')}"
    brief = "is not read: it is of no kind of export"
    return Notice(NOT_READ, message, file=file.name, hint=_leave_out(file), brief=brief)


def _leave_out(file: Located) -> str:
    return f"leave it out: --ignore {quote(file.path.name)}"


def _say_how_to_leave_out(file: Located, error: DataRefusedError) -> None:
    """Add to what is asked about a file of a folder that it may not be meant at all."""
    if not file.found or not isinstance(error, UnrecognisedFileError):
        return
    if error.snippet and any(ask.sheet for ask in error.asks):
        error.snippet = (*error.snippet, "# or leave the sheet out: ignore = true, and no kind")
    elif error.snippet:
        error.snippet = (*error.snippet, f"# or {_leave_out(file)}")
    else:
        error.hint = f"{error.hint}; or {_leave_out(file)}" if error.hint else _leave_out(file)


def _refuse_idle(
    one: Mapped,
    parts: Sequence[LoadedExport],
    refused: Sequence[tuple[Located, DataRefusedError]],
) -> None:
    """Refuse something mapped that no file was read by, but for files that are refused anyway."""
    if any(says_of_all(one, part.sheet, part.kind) for part in parts):
        return
    headers = {part.sheet.name: part.sheet.headers for part in parts}
    headers |= {file.name: error.headers for file, error in refused}
    having = [name for name, some in headers.items() if places_told(some, one.header)]
    if not having:
        raise RetentionError(f"{one}: no file has a column '{one.header}'", _near(one, headers))
    if {file.name for file, _ in refused} & {*having}:
        return
    read = [part for part in parts if part.sheet.name in having]
    if any(applies(one, part.sheet.headers, part.kind) for part in read):
        return
    kinds = [one.kind] if one.kind else _kinds_with(one.column)
    seen = " and ".join(f"{part.sheet.name} ({part.kind})" for part in read)
    raise RetentionError(
        f"{one}: has no effect: '{one.header}' is a column of {seen}, and {one.column} is a column of"
        f" {' and '.join(kinds)}",
        f"if that is what the file is, name its kind: --{kinds[0]} {quote(read[0].sheet.file)}",
    )


def _kinds_with(column: str) -> list[str]:
    return [kind for kind in records.names() if column in records.model(kind).model_fields]


def _near(one: Mapped, headers: dict[str, tuple[str, ...]]) -> str:
    """Give the headers that are nearest to one that no file has, each with its files."""
    files: dict[str, list[str]] = {}
    for name, some in headers.items():
        for header in filter(None, some):
            files.setdefault(header, []).append(name)
    folds = {header.casefold(): header for header in files}
    near = get_close_matches(one.header.casefold(), folds, n=3, cutoff=0.5)
    if near:
        meant = (f"'{folds[fold]}' in {' and '.join(files[folds[fold]])}" for fold in near)
        return f"did you mean {' or '.join(meant)}?"
    return "columns are " + "; ".join(
        f"{', '.join(filter(None, some))} in {name}" for name, some in headers.items()
    )
