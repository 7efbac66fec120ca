"""What commands have in common: PATH… and the options about reading, and those about writing."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Annotated, Any

import typer

from retention_cli import records, reports
from retention_cli.cli import _completing as completing
from retention_cli.cli._formats import choose_format, format_option, promise
from retention_cli.cli._manifest import written_down
from retention_cli.cli._progress import progress
from retention_cli.cli._way import CHECK, Way
from retention_cli.errors import RetentionError
from retention_cli.memory import limit


def _place(output: Path | None) -> Path | None:
    """Take `-` for standard output, as everywhere."""
    return None if output == Path("-") else output


Output = Annotated[
    Path | None,
    typer.Option(
        "--output", "-o", metavar="FILE", help="Output file, or - for stdout.", callback=_place
    ),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print only errors on stderr.")]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Print more about what was read.")]
NoColor = Annotated[bool, typer.Option("--no-color", help="Print without colour.")]
Map = Annotated[
    list[str] | None,
    typer.Option(
        "--map",
        metavar="COLUMN=HEADER",
        help="Read a column from this header, such as start_date='Signed up'.",
    ),
]
Ignore = Annotated[
    list[str] | None,
    typer.Option("--ignore", metavar="FILE", help="Leave out a file, or a pattern of files."),
]

Save = Annotated[
    Path | None,
    typer.Option(metavar="FOLDER", help="Freeze the run in a new folder, for retention diff."),
]


def _told(metavar: str, help_: str, kind: type = str, offer: Any = None) -> Any:
    """Make an option that may be left out; its name is that of its parameter."""
    return Annotated[kind | None, typer.Option(metavar=metavar, help=help_, autocompletion=offer)]


def _places(metavar: str, before: str = "") -> Any:
    """Make the argument that says what to read; `before` says what else it takes."""
    help_ = (
        f"{before}Files, folders, a retention.toml, or - for standard input (default: the nearest"
        " retention.toml)."
    )
    offer = completing.before_places if before else None
    argument = typer.Argument(metavar=metavar, help=help_, show_default=False, autocompletion=offer)
    return Annotated[list[Path] | None, argument]


_PLACE: dict[str, Any] = {
    "paths": _places("[PATH]..."),
    "period": _told(
        "PERIOD",
        "Compute 2025-06, 2025-Q2, 2025, 2025-01-01..2025-06-30, last-month or last-quarter (default: the last full month in the data).",
        offer=completing.periods,
    ),
    "as_of": _told("DATE", "Treat this date as today."),
    "by": _told("COLUMN", "Break every figure down by this column.", offer=completing.columns),
    "start": _told("FILE", "List of the customers at the start of the period.", Path),
    "end": _told("FILE", "List of the customers at the end of the period.", Path),
    "benchmarks": _told("FILE", "Benchmark file.", Path),
    "config": _told("FILE", "Settings file (default: the nearest retention.toml).", Path),
}
_MANNER: dict[str, Any] = {
    "rejects": _told("FILE", "File for the rows that were not used.", Path),
    "max_rejects": _told("1%|50", "Maximum rejected rows per file."),
    "strict": Annotated[bool, typer.Option("--strict", help="Fail if any row is rejected.")],
    "date_order": _told(
        "dmy|mdy|ymd",
        "Order of day, month and year in dates.",
        offer=completing.words("dmy", "mdy", "ymd"),
    ),
    "decimal": _told(",|.", "Decimal mark."),
    "currency": _told("EUR", "Currency of files that name none."),
    "tz": _told("ZONE", "Time zone that days begin in."),
    "encoding": _told("NAME", "Text encoding of the files."),
    "delimiter": _told("MARK", "Column delimiter."),
    "sheet": _told("NAME", "Sheet of workbooks, or table of databases, to read."),
    "stdin_name": _told("NAME", "File name of what comes through -, such as invoices.parquet."),
    "preset": _told("NAME", "Preset for the files that it fits.", list[str], completing.presets),
    "map": Map,
    "ignore": Ignore,
}
_SAYING: dict[str, Any] = {
    "manifest": _told(
        "FILE", "File for a manifest: what was read and written, and how it ended.", Path
    ),
    "quiet": Quiet,
    "verbose": Verbose,
    "no_color": NoColor,
}
_DEFAULTS = {
    "max_rejects": "5%",
    "strict": False,
    "quiet": False,
    "verbose": False,
    "no_color": False,
}
_LISTS = ("paths", "preset", "map", "ignore")


def reading(
    of: str, *without: str, first: str | None = None
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command the options of all that read, which it gets as a `Way`.

    Shape: called with the way, then with its own options by name; `without` are options that it
        does not have; `first` is what may stand before the first PATH, and is among the paths.
    """

    def decorated(command: Callable[..., None]) -> Callable[..., None]:
        kinds, name = records.names(), command.__name__.removeprefix("_")
        added = list(inspect.signature(command, eval_str=True).parameters.values())[1:]
        told = {**_PLACE, **_MANNER}
        told = {name: told[name] for name in told if name not in without}
        if first is not None:
            told["paths"] = _places(f"[{first}] [PATH]...", f"{first}; then what to read. ")

        @wraps(command)
        def called(**given: Any) -> None:
            named = {kind: given.pop(kind) or [] for kind in kinds}
            said = {name: given.pop(name) for name in told}
            own = {one.name: given.pop(one.name) for one in added}
            way = _way(of, {"named": named, **said}, append=own.get("append"), **given)
            saved = own.get("save")
            running = written_down(way.manifest, saved, way.record, name, way.told)
            with progress(quiet=way.quiet), running:
                command(way, **own)

        parameters = [
            *(_parameter(name, told[name]) for name in _PLACE if name in told),
            _parameter("format_", format_option(of)),
            _parameter("output", Output),
            *added,
            *(_parameter(name, told[name]) for name in _MANNER if name in told),
            *(_parameter(name, annotation) for name, annotation in _SAYING.items()),
            *(_parameter(kind, _of_kind(kind)) for kind in kinds),
        ]
        called.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]  # what typer reads
        called.__annotations__ = {p.name: p.annotation for p in parameters}
        return called

    return decorated


def _way(
    of: str, said: dict[str, Any], *, format_: str | None, output: Path | None, **saying: Any
) -> Way:
    """Take down what was said; the format is settled before anything is read.

    Errors: RetentionError for a format that is not known, and for options against each other.
    """
    from retention_cli.runs.quick_start import free_at_once, leave_pandas_out

    leave_pandas_out()
    # It holds on to addresses, of which there are few where somebody set a limit.
    if limit() is None:
        free_at_once()
    from retention_cli.runs.options import Options

    form = choose_format(format_, output, reports.names(of))
    rejects = said["rejects"]
    if rejects is not None and promise(rejects) not in {None, "csv"}:
        raise RetentionError(
            f"--rejects: {rejects} says {rejects.suffix}, and the rejects file is CSV",
            f"name it {rejects.with_suffix('.csv')}",
        )
    if saying["quiet"] and saying["verbose"] and of != CHECK:
        raise RetentionError("--quiet and --verbose contradict each other", "leave one out")
    lists = {name: said[name] or () for name in _LISTS}
    return Way(Options(**said | lists), of, form, output, **saying)


def _parameter(name: str, annotation: Any) -> inspect.Parameter:
    return inspect.Parameter(
        name,
        inspect.Parameter.KEYWORD_ONLY,
        default=_DEFAULTS.get(name),
        annotation=annotation,
    )


def _of_kind(kind: str) -> Any:
    option = typer.Option(f"--{kind}", metavar="FILE", help=f"File with {kind}.")
    return Annotated[list[Path] | None, option]
