"""The command line: one file a command; signatures, streams and exit codes, no logic."""

from __future__ import annotations

import os
import signal
import sys
from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer

from retention_cli.errors import OutputError, RetentionError

DEFECT, INTERRUPTED, CLOSED_PIPE, TERMINATED = 70, 130, 141, 143

app = typer.Typer(
    name="retention",
    help="Compute retention, churn, lifetime value, CSAT and NPS from exports.",
    epilog="Start with: retention compute FOLDER",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def names() -> tuple[str, ...]:
    """List the commands without importing them."""
    files = (file.stem for file in Path(__file__).parent.glob("[a-z]*.py"))
    return tuple(sorted(files))


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"retention {version('retention-cli')}")
        raise typer.Exit


@app.callback()
def _retention(
    version: Annotated[
        bool,
        typer.Option("--version", help="Show the version.", callback=_version, is_eager=True),
    ] = False,
) -> None:
    del version


for _name in names():
    import_module(f"retention_cli.cli.{_name}").add_to(app)


def main() -> None:
    """Run the command line and end the process with its exit code."""
    signal.signal(signal.SIGTERM, _terminated)
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run one command line and give its exit code: the one place that turns errors into codes."""
    try:
        code = _invoke(arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        _forget_stdout()
        return CLOSED_PIPE
    except OSError as error:
        _forget_stdout()
        _say(f"error: the output cannot be written: {error.strerror}")
        return OutputError.exit_code
    if code == INTERRUPTED:
        _say("interrupted; nothing was written")
    return code


def _invoke(arguments: list[str]) -> int:
    try:
        code = app(arguments, standalone_mode=False, prog_name="retention")
    except RetentionError as error:
        _say(f"error: {error.message}")
        if error.hint:
            _say(f"hint: {error.hint}")
        return error.exit_code
    except typer.TyperException as error:
        show = getattr(error, "show", None)
        show() if show else _say(f"error: {error.format_message()}")
        return error.exit_code
    except SystemExit as left:
        # Typer ends the process with 1 where its own output meets a closed pipe.
        if left.code == 1:
            raise BrokenPipeError from None
        raise
    except OSError:
        raise
    except Exception as error:  # noqa: BLE001  # no traceback ever reaches a user
        return _defect(error)
    return code if isinstance(code, int) else 0


def _defect(error: Exception) -> int:
    if os.environ.get("RETENTION_DEBUG") == "1":
        import traceback

        traceback.print_exc()
    _say(f"error: this is a defect in retention: {type(error).__name__}: {error}")
    _say("hint: run it again with RETENTION_DEBUG=1 for the details, and report them, please")
    return DEFECT


def _say(line: str) -> None:
    from retention_cli.safe_text import safe_text

    sys.stderr.write(f"{safe_text(line)}\n")


def _terminated(*_: object) -> None:
    raise SystemExit(TERMINATED)


def _forget_stdout() -> None:
    """Keep Python from writing what is left to a stdout that takes no more."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
