"""The command line: one file a command; signatures, streams and exit codes, no logic."""

from __future__ import annotations

import os
import sys
from functools import cache
from inspect import getdoc
from io import StringIO
from typing import TYPE_CHECKING, Annotated, Any

import typer

from retention_cli.cli._output import forget, say
from retention_cli.errors import DataRefusedError, OutputError, RetentionError, cut_off, nearest
from retention_cli.memory import is_short_of_memory, too_little_memory
from retention_cli.text import listing
from retention_cli.text.stages import heeding

if TYPE_CHECKING:
    from collections.abc import Sequence

DEFECT, INTERRUPTED, CLOSED_PIPE, TERMINATED = 70, 130, 141, 143
MOST_ERRORS = 50
"""Of what else is in the way of a run: a folder may hold thousands of files."""
ISSUES = "https://github.com/retention-cli/retention-cli/issues"


def names() -> tuple[str, ...]:
    """List the commands without importing them."""
    return listing.names("cli")


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"retention {version('retention-cli')}")
        raise typer.Exit


def _retention(
    version: Annotated[
        bool,
        typer.Option("--version", help="Show the version.", callback=_version, is_eager=True),
    ] = False,
) -> None:
    del version


@cache
def tree(name: str | None = None, *, overview: bool = False) -> Any:
    """Build what Typer runs, of all commands or of one: that takes as long as a small run.

    An overview has what each command is for, and none of their options.
    """
    app = typer.Typer(
        name="retention",
        help="Compute retention, churn, lifetime value, CSAT and NPS from exports.",
        epilog="Start with: retention compute FOLDER",
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        add_completion=True,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_retention)
    for one in names() if name is None else (name,):
        listing.member("cli", one, "add_to")(app)
    for made in app.registered_commands if overview else ():
        made.help, made.callback = getdoc(made.callback), _retention
    return typer.main.get_command(app)


def run(arguments: list[str], *, signals: Sequence[int] = ()) -> int:
    """Run one command line and give its exit code: the one place that turns errors into codes.

    Shape: `signals` has those that came meanwhile; what is raised then is no defect.
    """
    try:
        code = _invoke(arguments or ["--help"], signals)
        sys.stdout.flush()
    except BrokenPipeError:
        forget(sys.stdout)
        return CLOSED_PIPE
    except OSError as error:
        if error.filename is not None:
            say(f"error: {os.fsdecode(error.filename)}: {error.strerror}")
            return RetentionError.exit_code
        forget(sys.stdout)
        say(f"error: the output cannot be written: {error.strerror}")
        return OutputError.exit_code
    if code in {INTERRUPTED, TERMINATED}:
        said = "interrupted" if code == INTERRUPTED else "terminated"
        say(f"{said}; no file is half written")
    return code


def _invoke(arguments: list[str], signals: Sequence[int]) -> int:
    try:
        named = arguments[0] if arguments[0] in names() else None
        completes = "_RETENTION_COMPLETE" in os.environ
        overview = arguments in (["--help"], ["-h"]) and not completes
        command = tree(named, overview=overview)
        with heeding(signals):
            code = command(arguments, standalone_mode=False, prog_name="retention")
    except RetentionError as error:
        _say_error(error)
        return error.exit_code
    except typer.TyperException as error:
        _say_usage(error)
        return error.exit_code
    except SystemExit as left:
        # Typer ends the process with 1 where its own output meets a closed pipe.
        if left.code == 1:
            raise BrokenPipeError from None
        code = left.code
    except Exception as error:
        if signals:
            return 128 + signals[-1]
        if is_short_of_memory(error):
            stopped: RetentionError | None = too_little_memory(
                why=str(error) if isinstance(error, MemoryError) else ""
            )
        else:
            stopped = cut_off(error)
        if stopped is not None:
            _say_error(stopped)
            return stopped.exit_code
        if isinstance(error, OSError):
            raise
        return _defect(error)  # no traceback ever reaches a user
    return code if isinstance(code, int) else 0


def _say_error(error: RetentionError) -> None:
    """Say what is wrong and what fixes it; of data all that is in the way, not the first alone."""
    say(f"error: {error.message}")
    if error.hint:
        say(f"hint: {error.hint}")
    for line in error.snippet:
        say(f"  {line}")
    if isinstance(error, DataRefusedError):
        for other in error.also[:MOST_ERRORS]:
            _say_error(other)
        if more := len(error.also[MOST_ERRORS:]):
            say(f"hint: fix these first; {more:,} more {'is' if more == 1 else 'are'} in the way")
        if error.closing:
            say(f"hint: {error.closing}")


def _say_usage(error: typer.TyperException) -> None:
    if guess := nearest(
        getattr(error, "option_name", ""), getattr(error, "possibilities", ()) or ()
    ):
        # Typer lists all that are somewhat alike.
        error.possibilities = []  # type: ignore[attr-defined]
        error.message = f"{error.message}. Did you mean '{guess}'?"
    shown = StringIO()
    show = getattr(error, "show", None)
    show(file=shown) if show else shown.write(f"error: {error.format_message()}\n")
    for line in shown.getvalue().removesuffix("\n").split("\n"):
        say(line)


def _defect(error: Exception) -> int:
    if os.environ.get("RETENTION_DEBUG") == "1":
        import traceback

        traceback.print_exc()
    say(f"error: this is a defect in retention: {type(error).__name__}: {error}")
    say(f"hint: run it again with RETENTION_DEBUG=1, and report what it prints: {ISSUES}")
    return DEFECT
