"""`retention check`: read and validate only, and say what was understood."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from retention_cli.cli import _options as options
from retention_cli.cli._output import emit, refuse_places, remark, terminal

UNUSABLE = 3


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command(name="check", epilog="Example: retention check exports/")(
        options.with_kinds(_check)
    )


def _check(
    *,
    named: Mapping[str, list[Path]],
    paths: options.Paths = None,
    config: options.Config = None,
    format_: Annotated[
        str | None,
        typer.Option("--format", metavar="FORMAT", help="Write table, json, markdown or html."),
    ] = None,
    as_of: options.AsOf = None,
    output: options.Output = None,
    rejects: options.Rejects = None,
    max_rejects: options.MaxRejects = "5%",
    strict: options.Strict = False,
    date_order: options.DateOrder = None,
    decimal: options.Decimal = None,
    currency: options.Currency = None,
    tz: options.Zone = None,
    encoding: options.Encoding = None,
    delimiter: options.Delimiter = None,
    sheet: options.Sheet = None,
    quiet: options.Quiet = False,
    preset: options.Presets = None,
    verbose: options.Verbose = False,
    no_color: options.NoColor = False,
) -> None:
    """Read and validate exports: what was recognised, what is wrong, and how to mend it."""
    from retention_cli import reports
    from retention_cli.findings.rejects import RejectsFile
    from retention_cli.runs.check import check

    form = options.choose_format(format_, output, reports.names("check"))
    limit = options.reject_limit(max_rejects, strict=strict)
    found = options.inputs(
        paths,
        named,
        config=config,
        encoding=encoding,
        delimiter=delimiter,
        sheet=sheet,
        presets=preset,
        date_order=date_order,
        decimal=decimal,
        currency=currency,
        time_zone=tz,
    )
    refuse_places(output=output, rejects=rejects, sources=found.sources)
    with RejectsFile(rejects) as unused:
        result = check(
            found.files,
            settings=found.settings,
            rejects=unused,
            limit=limit,
            as_of=options.day(as_of, "--as-of"),
        )
    if form != "table":
        text = reports.renderer(form, of="check")(result)
    else:
        screen = terminal(to_file=output is not None, no_color=no_color)
        text = reports.renderer(form, of="check")(
            result, width=screen.width, colour=screen.colour, verbose=verbose
        )
    emit(text, output, form=form)
    remark(found.remarks(verbose=verbose), quiet=quiet)
    if not result.usable:
        raise typer.Exit(UNUSABLE)
