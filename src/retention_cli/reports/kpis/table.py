"""The list of KPIs for a terminal, under the headings of the scorecard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli.reports.words.console import Listing, printed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from retention_cli.kpis.registry import Kpi


def render(
    kpis: Sequence[Kpi],
    needs: Mapping[str, Sequence[str]],
    *,
    width: int | None = None,
    colour: bool = False,
) -> str:
    """Write KPIs for `width` columns; `needs` gives the exports that each rests on, by its name."""
    rows: list[tuple[str, ...]] = []
    for group in dict.fromkeys(kpi.group for kpi in kpis):
        rows.append((group.value,))
        rows += [_row(kpi, needs[kpi.name]) for kpi in kpis if kpi.group is group]
    headings = ("KPI", "title", "unit", "better", "needs")
    listing = Listing(headings, tuple(rows), indent=0, whole=1)
    return printed([listing], width=width, colour=colour)


def _row(kpi: Kpi, needs: Sequence[str]) -> tuple[str, ...]:
    unit = kpi.unit.value.replace("_", " ")
    return kpi.name, kpi.title, unit, kpi.better.value, ", ".join(needs)
