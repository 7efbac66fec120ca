"""`retention kpis`: every KPI with its unit, its direction and the exports it needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli.cli import _options as options
from retention_cli.cli._formats import choose_format, format_option
from retention_cli.cli._output import emit, terminal

if TYPE_CHECKING:
    import typer


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command(name="kpis", epilog="Example: retention kpis --format json")(_kpis)


def _kpis(
    *,
    format_: format_option("kpis") = None,  # type: ignore[valid-type]  # made of the formats there are
    output: options.Output = None,
    no_color: options.NoColor = False,
) -> None:
    """List every KPI with its unit, direction and needed exports."""
    from retention_cli import reports
    from retention_cli.kpis import registry

    form = choose_format(format_, output, reports.names("kpis"))
    every = registry.every()
    needs = {kpi.name: registry.needs(kpi.name) for kpi in every}
    if form == "json":
        text = reports.renderer(form, of="kpis")(every, needs)
    else:
        screen = terminal(to_file=output is not None, no_color=no_color)
        text = reports.renderer(form, of="kpis")(
            every, needs, width=screen.width, colour=screen.colour
        )
    emit(text, output, form=form)
