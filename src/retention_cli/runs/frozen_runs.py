"""Frozen runs in folders: made of a run, and written."""

from __future__ import annotations

import json
import os
from dataclasses import fields
from functools import partial
from hashlib import file_digest, sha256
from importlib.metadata import version
from inspect import cleandoc
from typing import TYPE_CHECKING, Any, TypeAlias

import pyarrow as pa

from retention_cli import kpis
from retention_cli.errors import OutputError, RetentionError
from retention_cli.kpis import registry
from retention_cli.results.frozen import Frozen, FrozenFile
from retention_cli.scoring.accounts import rank_accounts
from retention_cli.scoring.freezing import Sets, key_of, rows_of
from retention_cli.text import left_behind
from retention_cli.text.reserved import refuse_reserved

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from retention_cli.results.frozen import FrozenFigure
    from retention_cli.runs.options import Request
    from retention_cli.runs.reading import Reading

Keep: TypeAlias = "Callable[[Frozen], None]"
"""Takes a run that is frozen: to write it, or to compare it."""

RUN = "run.json"
MEMBERS, BEHIND = "members.arrow", "behind.arrow"
ROWS = "rows-{}.arrow"
SUMS = "SHA256SUMS"
"""The digests of the other files, as `sha256sum --check` reads them."""


def is_frozen(path: Path) -> bool:
    """Tell whether a folder holds a frozen run."""
    return (path / RUN).is_file()


def refuse_taken(folder: Path) -> None:
    """Refuse, before anything is read, a folder that holds something: what is frozen stays.

    Errors: RetentionError where something is there; OutputError where no folder can be made.
    """
    refuse_reserved("--save", folder)
    if folder.is_dir() and not any(folder.iterdir()):
        return
    if os.path.lexists(folder):
        raise RetentionError(f"--save: {folder} is there already", "name a new folder")
    if not folder.absolute().parent.is_dir():
        raise OutputError(
            f"{folder}: cannot be written: there is no folder {folder.parent}",
            f"make the folder first: mkdir -p {folder.parent}",
        )


def keeping(folder: Path | None) -> Keep | None:
    """Give what writes a run to a folder, which is refused before anything is read.

    Errors: RetentionError and OutputError, as of `refuse_taken`.
    """
    if folder is None:
        return None
    refuse_taken(folder)
    return partial(write, folder)


def frozen(
    command: str, request: Request, read: Reading, figures: Callable[[Sets], Iterable[FrozenFigure]]
) -> Frozen:
    """Gather what is kept of a run, while its rows are there."""
    exports = read.facts.exports
    sets = Sets(exports)
    found = tuple(figures(sets))
    members, behind = sets.tables()
    settings = {
        **request.settings.told,
        "map": [str(one) for one in request.mapped],
        "rates": _rates(request),
    }
    period = read.facts.period
    return Frozen(
        command=command,
        version=version("retention-cli"),
        period=period.label if period else "",
        as_of=str(request.day),
        by=request.by,
        settings={name: _plain(value) for name, value in settings.items() if value},
        benchmarks=_benchmarks(request),
        definitions={one.kpi: _meaning(one.kpi) for one in found},
        keys={kind: key_of(kind, table.column_names) for kind, table in read.settled.items()},
        files=tuple(
            FrozenFile(**{f.name: getattr(e, f.name) for f in fields(FrozenFile)}) for e in exports
        ),
        figures=found,
        rows={kind: rows_of(kind, table, exports) for kind, table in read.settled.items()},
        members=members,
        behind=behind,
    )


def _meaning(kpi: str) -> str:
    """Give the words of a definition, without its example."""
    doc = registry.get(kpi).doc if kpi in kpis.names() else cleandoc(rank_accounts.__doc__ or "")
    return doc.partition("\nExample:")[0]


def _plain(value: Any) -> Any:
    """Give a value of TOML as JSON has it."""
    return json.loads(json.dumps(value, default=str))


def _rates(request: Request) -> str | None:
    """Tell the rates of one run from those of another."""
    rates = sorted(f"{r.day} {r.of} {r.to} {r.rate}" for r in request.settings.rates)
    told = sha256("\n".join(rates).encode()).hexdigest()[:16]
    return f"{len(rates)} rates ({told})" if rates else None


def _benchmarks(request: Request) -> dict[str, dict[str, str]]:
    found = {}
    for one in request.benchmarks:
        group = f" of {one.segment[0]} {one.segment[1]}" if one.segment else ""
        told = {
            "target": one.target,
            "warn": one.warn,
            "min_n": one.min_n,
            "currency": one.currency,
        }
        found[f"{one.kpi}{group} ({one.period}, {one.role})"] = {
            name: str(value) for name, value in told.items() if value is not None
        }
    return found


def write(folder: Path, run: Frozen) -> None:
    """Write a frozen run to a new folder, which appears whole; it is for its owner only.

    Errors: OutputError where the disk does not take it.
    """
    try:
        made = left_behind.place_beside(folder.absolute())
        made.mkdir(mode=0o700)
        try:
            _fill(made, run)
            made.replace(folder)
        finally:
            _clear(made)
    except OSError as error:
        raise OutputError(f"{folder}: cannot be written: {error.strerror or error}") from None


def _fill(folder: Path, run: Frozen) -> None:
    tables = {ROWS.format(kind): table for kind, table in run.rows.items()}
    for name, table in {**tables, MEMBERS: run.members, BEHIND: run.behind}.items():
        with _private(folder / name) as file:
            options = pa.ipc.IpcWriteOptions(compression="zstd")
            with pa.ipc.new_file(file, table.schema, options=options) as writer:
                writer.write_table(table)
    with _private(folder / RUN) as file:
        told = json.dumps(run.to_dict(), indent=1, ensure_ascii=False)
        file.write(told.encode("utf-8", "backslashreplace"))
    sums = [f"{sum_of(one)}  {one.name}\n" for one in sorted(folder.iterdir())]
    with _private(folder / SUMS) as file:
        file.write("".join(sums).encode())


def _private(path: Path) -> Any:
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def _clear(folder: Path) -> None:
    if folder.is_dir():
        for file in folder.iterdir():
            file.unlink()
        folder.rmdir()


def sum_of(path: Path) -> str:
    """Give the SHA-256 of a file."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
