"""What becomes of a run, written down at its end however it ends."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import typer

import retention_cli
from retention_cli.cli._output import say
from retention_cli.errors import RetentionError
from retention_cli.text.outputs import MANIFEST as SCHEMA

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from retention_cli.results.facts import Facts
    from retention_cli.runs.options import Options, Request

DEFECT, CLOSED_PIPE = 70, 141
MANIFEST = "manifest.json"
_LOOKED_AT = 200


@dataclass(slots=True)
class Record:
    """What a run has come to so far."""

    request: Request | None = None
    found: Facts | None = None
    wrote: list[Path] = field(default_factory=list)
    may_be_written: bool = False
    """Whether the places that it writes to are known to be none that it reads."""


@contextmanager
def written_down(
    path: Path | None, saved: Path | None, record: Record, command: str, told: Options
) -> Iterator[None]:
    """Write the manifest of what runs inside of the block, if it is asked for.

    Shape: `saved` is the folder of a frozen run, which gets one of its own once it is there.
    Errors: those of the block; OutputError where the manifest alone cannot be written.
    """
    began = datetime.now(UTC)
    try:
        yield
    except BaseException as error:
        message = None if isinstance(error, SystemExit | typer.Exit) else str(error)
        try:
            for place in _places(path, saved, record):
                _write(place, record, (command, began, told), _code(error), message)
        except RetentionError as second:
            if second.message != message:
                say(f"error: {second.message}")
        raise
    for place in _places(path, saved, record):
        _write(place, record, (command, began, told), 0, None)


def _places(path: Path | None, saved: Path | None, record: Record) -> Iterator[Path]:
    if path is not None and (record.may_be_written or _is_free(path)):
        yield path
    if saved is not None and record.found is not None:
        yield saved / MANIFEST


def _is_free(path: Path) -> bool:
    """Tell a place where nothing is lost: a run may have ended before it knew what it reads."""
    from retention_cli.text.reserved import refuse_reserved

    refuse_reserved("--manifest", path)
    if not path.is_file():
        return True
    try:
        with path.open("rb") as file:
            return SCHEMA.encode() in file.read(_LOOKED_AT)
    except OSError:
        return False


def _write(
    path: Path, record: Record, run: tuple[str, datetime, Options], code: int, message: str | None
) -> None:
    from retention_cli.reports import renderer
    from retention_cli.results.manifest import Ran
    from retention_cli.runs.manifest import manifest
    from retention_cli.text.atomic import FOR_OWNER, replacing

    command, began, told = run
    ran = Ran(
        command=command,
        version=retention_cli.__version__,
        began=began,
        ended=datetime.now(UTC),
        exit_code=code,
        message=message,
        told=_said(told),
    )
    wrote = [*record.wrote, *_rejects(record.found)]
    content = renderer("json", of="manifest")(manifest(ran, record.request, record.found, wrote))
    with replacing(path, mask=FOR_OWNER) as file:
        file.write(content)


def _rejects(found: Facts | None) -> Iterator[Path]:
    from pathlib import Path

    if found and found.rejects_file:
        yield Path(found.rejects_file)


def _code(error: BaseException) -> int:
    if isinstance(error, SystemExit):
        return error.code if isinstance(error.code, int) else 1
    if isinstance(error, BrokenPipeError):
        return CLOSED_PIPE
    code = getattr(error, "exit_code", DEFECT)
    return code if isinstance(code, int) else DEFECT


def _said(told: Options) -> dict[str, Any]:
    """Give the options that were said, as text."""
    said: dict[str, Any] = {}
    for one in fields(told):
        value = getattr(told, one.name)
        if one.name == "named":
            said |= {kind: [str(path) for path in paths] for kind, paths in value.items() if paths}
        elif isinstance(value, list | tuple):
            said |= {one.name: [str(part) for part in value]} if value else {}
        elif value not in {None, False, one.default}:
            said[one.name] = str(value)
    return said
