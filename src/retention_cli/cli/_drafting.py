"""The settings that are written for the exports of a folder, once what is open was asked."""

from __future__ import annotations

import os
import shlex
from contextlib import ExitStack, suppress
from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING

from rich.text import Text

from retention_cli import reports
from retention_cli.cli import _asking, _progress
from retention_cli.cli._output import emit, remark
from retention_cli.errors import OutputError, RetentionError
from retention_cli.reports.drafts._comments import WRITTEN_BY
from retention_cli.runs.draft import draft
from retention_cli.runs.options import BENCHMARKS_FILE
from retention_cli.runs.questions import accepting
from retention_cli.settings import FILE_NAME, Settings, find_settings
from retention_cli.text.atomic import replacing
from retention_cli.text.safe_text import safe_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from retention_cli.errors import DataRefusedError
    from retention_cli.results.draft import Draft
    from retention_cli.runs.options import Request
    from retention_cli.runs.questions import Question

_MOST_FILES = 3


def write_settings(
    folder: Path, request: Request, *, quiet: bool, ask: bool, alone: bool = False
) -> None:
    """Write both files for the exports of a run; at a terminal what is open is asked before.

    With `alone` only the settings are.

    Errors: RetentionError where something else is in their place; OutputError where they cannot be
        written.
    """
    places = _places(folder)[: 1 if alone else None]
    answers = (
        _asking.answered(request) if ask and _asking.can_ask() and not places[0].exists() else None
    )
    found = draft(_asking.still_read(request, answers) if answers else request, answers)
    found = replace(found, benchmarks=not alone)
    texts = {place: reports.renderer(place.stem, of="drafts")(found) for place in places}
    # One of them is there alone where an earlier run was killed between the two.
    missing = {place: text for place, text in texts.items() if not _is_as(place, text)}
    if not missing:
        named = " and ".join(map(str, places))
        emit("" if quiet else f"{safe_text(named)} are up to date: nothing was changed\n", None)
        return
    _refuse_folder(folder, missing)
    _write(missing)
    if not alone:
        _say_what_was_written(folder, found, quiet=quiet)


def _say_what_was_written(folder: Path, found: Draft, *, quiet: bool) -> None:

    settings, benchmarks = _places(folder)
    for question in found.questions:
        to_do = f"; {question.hint}" if question.hint else ""
        mark = "" if question.passed_over else "open: "
        remark([f"{mark}{question.message}{to_do}"], quiet=False)
    if not all(question.passed_over for question in found.questions):
        remark([f"the lines to fill in are in {settings}"], quiet=quiet)
    if (above := find_settings(folder.resolve().parent)) is not None:
        said = f"{above} covered these exports until now; it does not any more"
        remark([said], quiet=quiet)
    read = sum(len(one.exports) for one in found.exports)
    said_of_all = (
        f"wrote {settings}: how {read} file{'s' * (read != 1)} are read",
        f"wrote {benchmarks}: {len(found.kpis)} figures, no target yet",
        f"next: review them, then run retention compute {shlex.quote(str(folder))}",
    )
    emit("" if quiet else "".join(f"{safe_text(line)}\n" for line in said_of_all), None)


def _places(folder: Path) -> list[Path]:

    return [folder / FILE_NAME, folder / BENCHMARKS_FILE]


def refuse_what_is_there(folder: Path) -> None:
    """Refuse before anything is read, but for files of ours, which may be up to date."""
    _refuse_folder(folder, [place for place in _places(folder) if not _is_ours(place)])


def to_accept_all(error: DataRefusedError) -> str | None:
    """Say what accepts all that is proposed where several files are asked about."""
    told = accepting(error)
    return f"to accept the first of each for all files, add: {told}" if told else None


def settled_at_terminal(request: Request, asked: Sequence[Question]) -> bool:
    """Offer to answer what stops a run, and to write it down beside the exports.

    Nothing is offered where the exports have settings already, or no folder of their own.
    """
    folders = {file.path.parent for file in request.files if not file.is_read_once}
    if not _asking.can_ask() or not asked or len(folders) != 1 or request.settings.path:
        return False
    _progress.end()
    console, count = _asking.terminal(), len(asked)
    files = list(dict.fromkeys(PurePath(question.file).name for question in asked))
    shown = files if len(files) <= _MOST_FILES else [*files[:2], f"{len(files) - 2} more files"]
    many = f"{count} things are" if count > 1 else "One thing is"
    named = " and ".join(filter(None, (", ".join(shown[:-1]), shown[-1])))
    if not _asking.yes(console, f"{many} open about {named}. Answer now?"):
        return False
    (folder,) = folders
    plain = replace(request, settings=Settings(), rejects=None)
    write_settings(folder, plain, quiet=True, ask=True, alone=True)
    console.print(Text(safe_text(f"wrote {folder / FILE_NAME}"), style="dim"))
    return True


def _refuse_folder(folder: Path, places: Iterable[Path]) -> None:
    """Refuse what is not a folder, and one where a file would be written over."""
    if folder.exists() and not folder.is_dir():
        raise RetentionError(f"{folder}: is a file", f"name its folder: {folder.parent}")
    for place in places:
        if os.path.lexists(place):
            there = "was written by retention init" if _is_ours(place) else "exists"
            old = shlex.quote(f"{place}.old")
            raise RetentionError(
                f"{place}: {there} already, and is not overwritten",
                f"move it away first: mv {shlex.quote(str(place))} {old}",
            )


def _is_ours(place: Path) -> bool:
    try:
        with place.open("rb") as file:
            return file.read(len(WRITTEN_BY)) == WRITTEN_BY.encode()
    except OSError:
        return False


def _is_as(place: Path, text: str) -> bool:
    return _is_ours(place) and place.read_bytes() == text.encode()


def _write(texts: Mapping[Path, str]) -> None:
    """Write all of the files or, where one cannot be written, none."""
    try:
        with ExitStack() as all_of_them:
            for place, text in texts.items():
                all_of_them.enter_context(replacing(place)).write(text)
    except OutputError:
        for place in texts:
            with suppress(OSError):
                place.unlink()
        raise
