"""The list of KPIs as JSON, schema `retention-kpis/1`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli.reports.words.machine import fields, written

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from retention_cli.kpis.registry import Kpi

SCHEMA = "retention-kpis/1"


def render(kpis: Sequence[Kpi], needs: Mapping[str, Sequence[str]]) -> str:
    """Write KPIs as JSON; `needs` gives the exports that each rests on, by its name."""
    return written(
        {
            "schema": SCHEMA,
            "kpis": [
                {
                    "kpi": kpi.name,
                    **fields(kpi, "title unit"),
                    "direction": kpi.better,
                    "needs": list(needs[kpi.name]),
                    "group": kpi.group,
                }
                for kpi in kpis
            ],
        }
    )
