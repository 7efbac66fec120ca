"""`retention demo`: the example company, to look at before one's own exports are at hand."""

from __future__ import annotations

import shlex
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from retention_cli.cli import _options as options
from retention_cli.cli._output import remark
from retention_cli.cli._way import Way
from retention_cli.errors import OutputError, RetentionError

_PACKAGE = Path(__file__).parents[1]
_PLACES = (_PACKAGE / "example", _PACKAGE.parents[1] / "examples" / "brambeck")
"""Where the example is: in an installation, and in a clone."""
PERIOD = "2025-06"


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command(name="demo", epilog="Example: retention demo")(_demo)


def _demo(
    *,
    folder: Annotated[
        Path | None,
        typer.Argument(
            metavar="[FOLDER]", help="New folder for the example (default: a temporary one)."
        ),
    ] = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
    no_color: options.NoColor = False,
) -> None:
    """Show the scorecard of an example company.

    Its exports are kept, so that you can try the other commands on them.
    """
    from retention_cli.runs.options import Options
    from retention_cli.runs.score import score

    exports = _copied(folder)
    told = Options(paths=(exports,), period=PERIOD, rejects=exports / "rejects" / "rejects.csv")
    way = Way(told, "scorecard", "table", quiet=quiet, verbose=verbose, no_color=no_color)
    way.write(way.computed(score))
    at = shlex.quote(str(exports))
    remark(
        [
            f"the exports, retention.toml and benchmarks.toml are in {at}; try:",
            f"  retention explain churn_rate {at} --members lost",
            f"  retention trend {at}",
            f"  retention report {at} -o page.html",
        ],
        quiet=quiet,
    )


def _copied(folder: Path | None) -> Path:
    """Copy the example to a folder of its own: nothing that is there is written over."""
    import shutil

    example = next((place for place in _PLACES if place.is_dir()), None)
    if example is None:
        raise RetentionError(
            "the example is not in this installation", "install retention-cli again"
        )
    target = Path(tempfile.mkdtemp(prefix="retention-demo-")) if folder is None else folder
    if folder is not None and folder.exists():
        raise RetentionError(f"{folder} is there already", "name a new folder")
    try:
        shutil.copytree(example, target, dirs_exist_ok=folder is None)
    except OSError as error:
        raise OutputError(
            f"{target}: cannot be written: {error.strerror or error}", "name another folder"
        ) from None
    return target
