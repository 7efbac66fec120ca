"""`retention report`: one page, or a workbook, that explains the period."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

from retention_cli.cli import _completing as completing
from retention_cli.cli._options import reading
from retention_cli.cli._way import Way
from retention_cli.errors import RetentionError
from retention_cli.results.report import SECTIONS


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command(name="report", epilog="Example: retention report exports/ -o june.html")(
        reading("report")(_report)
    )


def _report(
    way: Way,
    *,
    sections: Annotated[
        str | None,
        typer.Option(
            metavar="NAMES",
            help="Show only these sections, such as scorecard,trend.",
            autocompletion=completing.words(*SECTIONS),
        ),
    ] = None,
    role: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Show the figures of this role in [scorecard]."),
    ] = None,
    no_names: Annotated[
        bool, typer.Option("--no-names", help="Leave out the names of customers.")
    ] = False,
) -> None:
    """Write a page or workbook that explains the period to any reader."""
    import sys

    from retention_cli.runs.report import report
    from retention_cli.runs.report import sections as asked_for

    if way.output is None and sys.stdout.isatty():
        raise RetentionError(
            "a page is not text for a screen", "name a file: -o page.html, or -o book.xlsx"
        )
    wanted = asked_for(sections)
    way.write(way.computed(partial(report, wanted, names=not no_names, role=role)))
