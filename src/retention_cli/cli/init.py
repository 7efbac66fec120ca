"""`retention init`: settings and benchmarks for the exports of a folder, to be looked over."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterable, Mapping
from contextlib import ExitStack, suppress
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from retention_cli.cli import _options as options
from retention_cli.cli._output import emit, remark
from retention_cli.errors import OutputError, RetentionError
from retention_cli.reports.drafts._comments import WRITTEN_BY
from retention_cli.text.atomic import replacing
from retention_cli.text.safe_text import safe_text


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command(name="init", epilog="Example: retention init exports/")(_init)


def _init(
    *,
    folder: Annotated[
        Path, typer.Argument(metavar="[FOLDER]", help="Folder with the exports.")
    ] = Path(),
    map_: options.Map = None,
    ignore: options.Ignore = None,
    quiet: options.Quiet = False,
) -> None:
    """Write a retention.toml and a benchmarks.toml for the exports of a folder."""
    from retention_cli import reports
    from retention_cli.runs.draft import draft
    from retention_cli.runs.mapped import columns_mapped
    from retention_cli.runs.options import BENCHMARKS_FILE, Request
    from retention_cli.settings import FILE_NAME, find_settings
    from retention_cli.sources.locating import locate
    from retention_cli.sources.patterns import refuse_idle

    places = [folder / name for name in (FILE_NAME, BENCHMARKS_FILE)]
    _refuse_folder(folder, [place for place in places if not _is_ours(place)])
    mapped = columns_mapped(map_ or ())
    refuse_idle(ignore or (), [folder])
    files = [replace(one, mapped=mapped) for one in locate([folder], {}, ignored=ignore or ())]
    found = draft(Request(files, mapped=mapped))
    texts = {place: reports.renderer(place.stem, of="drafts")(found) for place in places}
    # One of them is there alone where an earlier run was killed between the two.
    missing = {place: text for place, text in texts.items() if not _is_as(place, text)}
    if not missing:
        named = " and ".join(map(str, places))
        emit("" if quiet else f"{safe_text(named)} are up to date: nothing was changed\n", None)
        return
    _refuse_folder(folder, missing)
    _write(missing)
    for question in found.questions:
        to_do = f"; {question.hint}" if question.hint else ""
        remark([f"open: {question.message}{to_do}"], quiet=False)
    if found.questions:
        remark([f"the lines to fill in are in {places[0]}"], quiet=quiet)
    if (above := find_settings(folder.resolve().parent)) is not None:
        said = f"{above} covered these exports until now; it does not any more"
        remark([said], quiet=quiet)
    read = sum(len(one.exports) for one in found.exports)
    said_of_all = (
        f"wrote {folder / FILE_NAME}: how {read} file{'s' * (read != 1)} are read",
        f"wrote {folder / BENCHMARKS_FILE}: {len(found.kpis)} figures, no target yet",
        f"next: review them, then run retention compute {shlex.quote(str(folder))}",
    )
    emit("" if quiet else "".join(f"{safe_text(line)}\n" for line in said_of_all), None)


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
