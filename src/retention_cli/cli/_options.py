"""What commands have in common: PATH… and the options about reading, and those about writing."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from retention_cli import records, reports
from retention_cli.cli._output import emit, remark, terminal
from retention_cli.cli._progress import progress
from retention_cli.errors import DataRefusedError, RetentionError, UnknownNameError

if TYPE_CHECKING:
    from retention_cli.results.facts import Facts
    from retention_cli.runs.options import Options, Request

Result = TypeVar("Result")

_SUFFIXES = {"md": "markdown", "htm": "html"}
_PROMISES = re.compile(
    "7z|adoc|arrow|asciidoc|avro|bmp|bz2|csv|dat|db|dbf|doc[mx]?|dot|dta|duckdb|emf|eml|epub|eps|feather|fods"
    "|gif|gnumeric|gsheet|gz|h5|hdf5|x?html?|ics|ini|ipc|ipynb|jpe?g|js|json[5l]?|key|latex|lz4|lzma|markdown"
    "|md|mdb|mht|mhtml|mobi|msg|ndjson|np[yz]|numbers|od[pst]|orc|org|pages|parquet|pdf|pickle|pkl|png|pot"
    "|ppt[mx]?|prn|psv?|py|rar|rda|rds|rdata|rst|rtf|sas7bdat|sav|sql|sqlite3?|svg|tab|tar|tbz|tex|tgz|tiff?"
    "|toml|tsv|txz|vcf|webp|wiki|wps|xls[bmx]?|xltx|xml|xps|xz|ya?ml|zip|zst"
)
"""Suffixes under which nobody expects a table of plain text."""


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

_OF_CUSTOMERS = ("accounts", "bridge", "check", "diff", "explain")
"""Results that name customers and cells: a new file of one is for its owner only."""

_CHECK = "check"
"""The one result without figures: it says all of the data itself, and keeps rejects if asked to."""


def _told(metavar: str, help_: str, kind: type = str) -> Any:
    """Make an option that may be left out; its name is that of its parameter."""
    return Annotated[kind | None, typer.Option(metavar=metavar, help=help_)]


def _places(metavar: str, before: str = "") -> Any:
    """Make the argument that says what to read; `before` says what else it takes."""
    help_ = (
        f"{before}Files, folders, a retention.toml, or - for standard input (default: the nearest"
        " retention.toml)."
    )
    argument = typer.Argument(metavar=metavar, help=help_, show_default=False)
    return Annotated[list[Path] | None, argument]


_PLACE: dict[str, Any] = {
    "paths": _places("[PATH]..."),
    "period": _told(
        "PERIOD",
        "Compute 2025-06, 2025-Q2, 2025, 2025-01-01..2025-06-30, last-month or last-quarter; without it the last full month in the data.",
    ),
    "as_of": _told("DATE", "Treat this date as today."),
    "by": _told("COLUMN", "Break every figure down by this column."),
    "benchmarks": _told("FILE", "Benchmark file.", Path),
    "config": _told("FILE", "Settings file (default: the nearest retention.toml).", Path),
}
_MANNER: dict[str, Any] = {
    "rejects": _told("FILE", "File for the rows that were not used.", Path),
    "max_rejects": _told("1%|50", "Maximum rejected rows per file."),
    "strict": Annotated[bool, typer.Option("--strict", help="Fail if any row is rejected.")],
    "date_order": _told("dmy|mdy|ymd", "Order of day, month and year in dates."),
    "decimal": _told(",|.", "Decimal mark."),
    "currency": _told("EUR", "Currency of files that name none."),
    "tz": _told("ZONE", "Time zone that days begin in."),
    "encoding": _told("NAME", "Text encoding of the files."),
    "delimiter": _told("MARK", "Column delimiter."),
    "sheet": _told("NAME", "Sheet of workbooks, or table of databases, to read."),
    "stdin_name": _told("NAME", "File name of what comes through -, such as invoices.parquet."),
    "preset": _told("NAME", "Preset for the files that it fits.", list[str]),
    "map": Map,
    "ignore": Ignore,
}
_SAYING: dict[str, Any] = {"quiet": Quiet, "verbose": Verbose, "no_color": NoColor}
_DEFAULTS = {
    "max_rejects": "5%",
    "strict": False,
    "quiet": False,
    "verbose": False,
    "no_color": False,
}
_LISTS = ("paths", "preset", "map", "ignore")


def format_option(of: str) -> Any:
    """Make the option for the format of a result; its help lists what there is."""
    first, *others = sorted(reports.names(of), key=lambda name: (name != "table", name))
    known = ", ".join([first, *others[:-1]]) + f" or {others[-1]}"
    help_ = f"Write {known}."
    return Annotated[str | None, typer.Option("--format", metavar="FORMAT", help=help_)]


@dataclass(frozen=True, slots=True)
class Way:
    """What a command line asks for, and how and where the result is written."""

    told: Options
    of: str
    form: str
    output: Path | None = None
    quiet: bool = False
    verbose: bool = False
    no_color: bool = False

    def request(self) -> Request:
        """Find what a command line asks for; a command that gives figures keeps rows not used.

        Errors: RetentionError and OutputError where what is written would do harm.
        """
        from retention_cli.text import left_behind
        from retention_cli.text.atomic import refuse_places
        from retention_cli.text.streams import is_written_through

        request = self.told.request()
        refuse_places(output=self.output, rejects=self.told.rejects, sources=request.read)
        if self.told.rejects or self.of == _CHECK:
            return request
        alone = self.output is None or is_written_through(self.output)
        beside = Path() if alone or self.output is None else self.output.parent
        rejects = beside / "rejects" / "rejects.csv"
        left_behind.take_away(rejects)
        return replace(request, rejects=rejects)

    def computed(self, run: Callable[[Request], Result]) -> Result:
        """Run; where something is open that somebody at a terminal may answer, ask and run again."""
        request = self.request()
        try:
            return run(request)
        except DataRefusedError as error:
            from retention_cli.cli import _drafting

            if self.quiet or not _drafting.settled_at_terminal(request, error):
                error.closing = _drafting.to_accept_all(error)
                raise
        return run(self.request())

    def write(self, found: Facts) -> None:
        """Write a result, and say on stderr what is beside it."""
        render = reports.renderer(self.form, of=self.of)
        if self.form == "table":
            screen = terminal(to_file=self.output is not None, no_color=self.no_color)
            content = render(found, width=screen.width, colour=screen.colour, verbose=self.verbose)
        else:
            content = render(found)
        emit(content, self.output, form=self.form, private=self.of in _OF_CUSTOMERS)
        remark([*found.remarks, *(found.passed_over if self.verbose else ())], quiet=self.quiet)
        if self.of != _CHECK and (self.form != "table" or self.output is not None):
            from retention_cli.reports.words.data_lines import data_lines

            remark(data_lines(found, verbose=self.verbose), quiet=self.quiet)
        if self.of != _CHECK and found.incomplete:
            on_screen = self.form == "table" and self.output is None and not self.quiet
            remark([found.incomplete], quiet=on_screen)


def reading(
    of: str, *without: str, first: str | None = None
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command the options of all that read, which it gets as a `Way`.

    Shape: called with the way, then with its own options by name; `without` are options that it
        does not have; `first` is what may stand before the first PATH, and is among the paths.
    """

    def decorated(command: Callable[..., None]) -> Callable[..., None]:
        kinds = records.names()
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
            way = _way(of, {"named": named, **said}, **given)
            with progress(quiet=way.quiet):
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
    of: str, said: dict[str, Any], *, format_: str | None, output: Path | None, **saying: bool
) -> Way:
    """Take down what was said; the format is settled before anything is read.

    Errors: RetentionError for a format that is not known, and for options against each other.
    """
    from retention_cli.runs.quick_start import leave_pandas_out

    leave_pandas_out()
    from retention_cli.runs.options import Options

    form = choose_format(format_, output, reports.names(of))
    rejects = said["rejects"]
    if rejects is not None and _promise(rejects) not in {None, "csv"}:
        raise RetentionError(
            f"--rejects: {rejects} says {rejects.suffix}, and the rejects file is CSV",
            f"name it {rejects.with_suffix('.csv')}",
        )
    if saying["quiet"] and saying["verbose"] and of != _CHECK:
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


def choose_format(given: str | None, output: Path | None, known: tuple[str, ...]) -> str:
    """Choose the format: what was given, else what the name of the output says, else a table.

    Errors: UnknownNameError for a format, RetentionError for a suffix, that is not known here.
    """
    if given is not None:
        if given not in known:
            raise UnknownNameError("format", given, known, where="--format: ")
        return given
    promise = _promise(output) if output else None
    form = "table" if promise is None else _SUFFIXES.get(promise, promise)
    if form not in known:
        raise RetentionError(
            f"--output: {output} says .{promise}, which is not written here",
            f"known: {', '.join(known)}; --format says which, whatever the name",
        )
    return form


def _promise(file: Path) -> str | None:
    """Give the format that a name promises by its suffix, where it does."""
    suffix = file.suffix.removeprefix(".").lower()
    return suffix if _PROMISES.fullmatch(suffix) else None
