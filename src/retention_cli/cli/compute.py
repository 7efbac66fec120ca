"""`retention compute`: every KPI of a period against the benchmarks."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from retention_cli.cli import _options as options
from retention_cli.cli._output import emit, refuse_places, remark, terminal


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        name="compute",
        epilog="Example: retention compute exports/ --period 2025-06 --benchmarks plan.toml",
    )(options.with_kinds(_compute))


def _compute(
    *,
    named: Mapping[str, list[Path]],
    paths: options.Paths = None,
    period: options.Period = None,
    as_of: options.AsOf = None,
    by: options.By = None,
    benchmarks: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Compare with this benchmark file.")
    ] = None,
    config: options.Config = None,
    format_: Annotated[
        str | None,
        typer.Option("--format", metavar="FORMAT", help="Write table, csv, json or markdown."),
    ] = None,
    output: options.Output = None,
    rejects: options.Rejects = None,
    max_rejects: options.MaxRejects = "5%",
    strict: options.Strict = False,
    fail_on_miss: Annotated[
        bool, typer.Option("--fail-on-miss", help="End with exit code 1 if a target is missed.")
    ] = False,
    date_order: options.DateOrder = None,
    decimal: options.Decimal = None,
    currency: options.Currency = None,
    tz: options.Zone = None,
    encoding: options.Encoding = None,
    delimiter: options.Delimiter = None,
    sheet: options.Sheet = None,
    preset: options.Presets = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
    no_color: options.NoColor = False,
) -> None:
    """Compute every KPI of a period and compare it with the benchmarks."""
    from retention_cli import reports
    from retention_cli.findings.rejects import RejectsFile
    from retention_cli.runs.score import score
    from retention_cli.values.periods import Period

    options.refuse_contradiction(quiet=quiet, verbose=verbose)
    form = options.choose_format(format_, output, reports.names("scorecard"))
    today = options.day(as_of, "--as-of")
    chosen = Period.parse(period, as_of=today) if period else None
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
    plan = options.benchmarks_file(benchmarks, found)
    refuse_places(output=output, rejects=rejects, sources=[*found.sources, plan])
    targets = options.load_benchmarks(plan, quiet=quiet)
    with RejectsFile(options.rejects_path(rejects, output)) as unused:
        card = score(
            found.files,
            settings=found.settings,
            benchmarks=targets,
            as_of=today,
            period=chosen,
            limit=limit,
            rejects=unused,
            by=by,
        )
    render = reports.renderer(form, of="scorecard")
    if form == "table":
        screen = terminal(to_file=output is not None, no_color=no_color)
        text = render(card, width=screen.width, colour=screen.colour, verbose=verbose)
    else:
        text = render(card)
    emit(text, output, form=form)
    remark(found.remarks(verbose=verbose), quiet=quiet)
    if form != "table" or output is not None:
        from retention_cli.reports.words.data_lines import data_lines

        remark(data_lines(card, verbose=verbose), quiet=quiet)
    if fail_on_miss and card.missed:
        from retention_cli.reports.words.figures import missed_text

        remark([f"missed: {missed_text(card.missed)}"], quiet=False)
        raise typer.Exit(1)
