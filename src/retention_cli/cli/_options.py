"""What the commands that read exports have in common: PATH… and the options about reading."""

from __future__ import annotations

import inspect
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from retention_cli import records
from retention_cli.cli._output import remark
from retention_cli.errors import RetentionError, UnknownNameError

if TYPE_CHECKING:
    from retention_cli.benchmarks.benchmarks import Benchmark
    from retention_cli.findings.file_report import RejectLimit
    from retention_cli.settings import Settings
    from retention_cli.sources.locating import Located

_SUFFIXES = {"md": "markdown", "htm": "html"}
_PROMISES = {"csv", "htm", "html", "json", "md", "ods", "pdf", "tsv", "xls", "xlsx"}
"""Suffixes under which nobody expects a table of plain text."""

SETTINGS_FILE, BENCHMARKS_FILE = "retention.toml", "benchmarks.toml"

Paths = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar="[PATH]...",
        help="Files, folders, a retention.toml, or - for standard input; without one, the"
        " nearest retention.toml.",
        show_default=False,
    ),
]
Period = Annotated[
    str | None,
    typer.Option(
        metavar="PERIOD",
        help="Compute 2025-06, 2025-Q2, 2025, 2025-01-01..2025-06-30, last-month or"
        " last-quarter; without it the last full month in the data.",
    ),
]
AsOf = Annotated[
    str | None, typer.Option(metavar="DATE", help="Count 'last' from this day, not today.")
]
By = Annotated[
    str | None,
    typer.Option("--by", metavar="COLUMN", help="Tell each figure for each value of a column too."),
]
Config = Annotated[
    Path | None, typer.Option("--config", metavar="FILE", help="Use this retention.toml.")
]
DateOrder = Annotated[
    str | None, typer.Option("--date-order", metavar="dmy|mdy|ymd", help="Say how dates are read.")
]
Decimal = Annotated[
    str | None, typer.Option("--decimal", metavar=",|.", help="Say the decimal mark.")
]
Currency = Annotated[
    str | None,
    typer.Option("--currency", metavar="EUR", help="Say the currency of files that name none."),
]
Zone = Annotated[
    str | None, typer.Option("--tz", metavar="ZONE", help="Say the time zone that days begin in.")
]
Encoding = Annotated[
    str | None, typer.Option("--encoding", metavar="NAME", help="Say how the files are encoded.")
]
Delimiter = Annotated[
    str | None, typer.Option("--delimiter", metavar="MARK", help="Say what sets columns apart.")
]
Sheet = Annotated[
    str | None, typer.Option("--sheet", metavar="NAME", help="Read this sheet of workbooks.")
]
Presets = Annotated[
    list[str] | None,
    typer.Option("--preset", metavar="NAME", help="Read the files it fits by this preset."),
]
Rejects = Annotated[
    Path | None, typer.Option("--rejects", metavar="FILE", help="Write rows not used to this file.")
]
MaxRejects = Annotated[
    str, typer.Option("--max-rejects", metavar="1%|50", help="Allow so many rejects a file.")
]
Strict = Annotated[bool, typer.Option("--strict", help="Take any rejected row as an error.")]
Output = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="FILE", help="Write the result to this file."),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but errors on stderr.")]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Say more of what was read.")]
NoColor = Annotated[bool, typer.Option("--no-color", help="Print without colour.")]


def with_kinds(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command one option for each kind of export; it gets them as `named`."""
    signature = inspect.signature(command, eval_str=True)
    kinds = records.names()
    own = [p for p in signature.parameters.values() if p.name != "named"]
    of_kinds = [
        inspect.Parameter(
            kind,
            inspect.Parameter.KEYWORD_ONLY,
            default=None,
            annotation=Annotated[
                list[Path] | None,
                typer.Option(f"--{kind}", metavar="FILE", help=f"Read this file as {kind}."),
            ],
        )
        for kind in kinds
    ]

    @wraps(command)
    def called(**given: Any) -> None:
        named = {kind: given.pop(kind) or [] for kind in kinds}
        command(named=named, **given)

    parameters = [p.replace(kind=inspect.Parameter.KEYWORD_ONLY) for p in own] + of_kinds
    called.__signature__ = signature.replace(parameters=parameters)  # type: ignore[attr-defined]  # what typer reads
    called.__annotations__ = {p.name: p.annotation for p in parameters}
    return called


@dataclass(frozen=True, slots=True)
class Inputs:
    """Where to read from, and how; what of it was passed over, and which rules are idle."""

    files: list[Located]
    settings: Settings
    folder: Path
    passed_over: list[str]
    idle: list[str]

    def remarks(self, *, verbose: bool) -> list[str]:
        """Say which rules speak of no file, and if asked for it what was passed over."""
        return [*self.idle, *(self.passed_over if verbose else ())]

    @property
    def sources(self) -> list[Path | None]:
        """Every file that is read, and no output may take the place of."""
        return [*(file.path for file in self.files), self.settings.path]


def inputs(
    paths: list[Path] | None,
    named: Mapping[str, list[Path]],
    *,
    config: Path | None,
    encoding: str | None,
    delimiter: str | None,
    sheet: str | None,
    presets: list[str] | None,
    **told: str | None,
) -> Inputs:
    """Find the settings and the files that a command line speaks of.

    Errors: RetentionError where nothing says what to read.
    """
    from dataclasses import replace

    from retention_cli.settings import Settings, find_settings
    from retention_cli.sources.locating import left_aside, locate

    given = list(paths or [])
    tomls = [path for path in given if path.suffix == ".toml"]
    if len(tomls) > 1 or (tomls and config):
        raise RetentionError("only one retention.toml can be followed", "name one")
    file = config or (tomls[0] if tomls else None)
    first = _first_folder(given, named)
    if file is None:
        file = find_settings(first or Path())
    if not given and not any(named.values()):
        if file is None:
            raise RetentionError(
                "nothing says what to read: no PATH, and no retention.toml here or above",
                "name a folder of exports: retention compute FOLDER",
            )
        given = [file]
    places = [_beside(path) if path.suffix == ".toml" else path for path in given]
    settings = Settings.load(file) if file else Settings()
    chosen = tuple(presets or ())
    files = [
        replace(one, encoding=encoding, delimiter=delimiter, sheet=sheet, presets=chosen)
        for one in locate(places, named, settings.export)
    ]
    passed_over, idle = left_aside(places, files, settings.export)
    return Inputs(
        files=files,
        settings=settings.with_options(**told),
        folder=first or (_beside(file) if file else Path()),
        passed_over=passed_over,
        idle=idle,
    )


def _first_folder(given: list[Path], named: Mapping[str, list[Path]]) -> Path | None:
    for path in [*given, *(path for paths in named.values() for path in paths)]:
        return path if os.path.isdir(path) else _beside(path)  # noqa: PTH112  # never raises
    return None


def _beside(file: Path) -> Path:
    return file.parent


def benchmarks_file(chosen: Path | None, inputs: Inputs) -> Path | None:
    """Find the benchmarks that were named, or those that stand beside the exports."""
    settled = inputs.settings.path
    places = [inputs.folder, *([settled.parent] if settled else [])]
    found = (place / BENCHMARKS_FILE for place in places)
    return chosen or inputs.settings.benchmarks or next((p for p in found if p.is_file()), None)


def load_benchmarks(file: Path | None, *, quiet: bool = False) -> tuple[Benchmark, ...]:
    """Load the benchmarks of a file, if there is one.

    A file that holds none is said: its figures are not judged, which is not the same as good.
    """
    from retention_cli.benchmarks.benchmarks import load
    from retention_cli.runs.score import kpi_facts

    found = load(file, kpi_facts()) if file else ()
    if file and not found:
        remark([f"warning: {file} holds no [[benchmark]]: no figure is judged"], quiet=quiet)
    return found


def refuse_contradiction(*, quiet: bool, verbose: bool) -> None:
    """Refuse to say both less and more.

    Errors: RetentionError where both are asked for.
    """
    if quiet and verbose:
        raise RetentionError("--quiet and --verbose contradict each other", "leave one out")


def reject_limit(text: str, *, strict: bool) -> RejectLimit:
    """Read `--max-rejects`, or take none where the run is strict."""
    from retention_cli.findings.file_report import RejectLimit

    if strict:
        return RejectLimit(percent=None, count=0, strict=True)
    try:
        return RejectLimit.parse(text)
    except ValueError:
        raise RetentionError(
            f"--max-rejects: '{text}' is neither a share nor a number", "write 1% or 50"
        ) from None


def today() -> date:
    """Say what day it is by the user's own calendar."""
    return date.today()  # noqa: DTZ011  # no zone: it is the day on the user's wall


def day(text: str | None, option: str) -> date:
    """Read a day that an option gives; without one it is today."""
    if text is None:
        return today()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise RetentionError(f"{option}: '{text}' is not a day", "write 2025-06-30") from None


def choose_format(given: str | None, output: Path | None, known: tuple[str, ...]) -> str:
    """Choose the format: what was given, else what the name of the output says, else a table.

    Errors: UnknownNameError for a format, RetentionError for a suffix, that is not known here.
    """
    if given is not None:
        if given not in known:
            raise UnknownNameError("format", given, known, where="--format: ")
        return given
    suffix = output.suffix.removeprefix(".").lower() if output else ""
    form = _SUFFIXES.get(suffix, suffix)
    if form in known:
        return form
    if suffix in _PROMISES:
        raise RetentionError(
            f"--output: {output} says .{suffix}, which is not written here",
            f"known: {', '.join(known)}; --format says which, whatever the name",
        )
    return "table"


def rejects_path(given: Path | None, output: Path | None) -> Path:
    """Say where rows that were not used are written."""
    return given or (output.parent if output else Path()) / "rejects" / "rejects.csv"
