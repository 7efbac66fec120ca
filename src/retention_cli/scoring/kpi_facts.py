"""What benchmarks have to fit, for each KPI."""

from __future__ import annotations

from fractions import Fraction

from retention_cli.benchmarks.benchmarks import KpiFacts
from retention_cli.kpis import registry


def kpi_facts() -> dict[str, KpiFacts]:
    """Give the unit, the direction and the bounds of each KPI."""
    return {
        kpi.name: KpiFacts(
            unit=kpi.unit,
            better=kpi.better,
            lowest=None if kpi.lowest is None else Fraction(kpi.lowest),
            highest=None if kpi.highest is None else Fraction(kpi.highest),
        )
        for kpi in registry.every()
    }
