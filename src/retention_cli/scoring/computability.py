"""Which KPIs can be computed from what was loaded, and what would have to be there for the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli.kpis import computing, registry
from retention_cli.results.check import Computable

if TYPE_CHECKING:
    from retention_cli.dataset.dataset import Dataset
    from retention_cli.kpis.registry import Kpi
    from retention_cli.settings import Settings
    from retention_cli.values.measures import Measure
    from retention_cli.values.periods import Period


def computable(
    dataset: Dataset, *, settings: Settings, period: Period | None
) -> tuple[Computable, ...]:
    """Say of each KPI whether it can be computed, and what is missing if not.

    Each is computed once, for the period: what it lacks, it says itself. Without a period only
    the exports are looked at.
    """
    every = registry.every()
    missing = {kpi.name: _exports_missing(kpi, dataset) for kpi in every}
    there = tuple(name for name, lacking in missing.items() if not lacking)
    given = dict(settings)
    measures = (
        computing.compute(there, dataset=dataset, period=period, settings=given) if period else {}
    )
    return tuple(_judged(kpi, missing[kpi.name], measures.get(kpi.name)) for kpi in every)


def _judged(kpi: Kpi, missing: tuple[str, ...], measure: Measure | None) -> Computable:
    if missing:
        return Computable(kpi, missing)
    reason = measure.reason if measure is not None else None
    lacking = computing.lacking(reason.code) if reason is not None else None
    return Computable(kpi, (lacking,) if lacking else (), reason)


def _exports_missing(kpi: Kpi, dataset: Dataset) -> tuple[str, ...]:
    """List the exports a KPI lacks; who was a customer may come from invoices too."""
    lacking = [kind for kind in registry.needs(kpi.name) if not dataset.has(kind)]
    if "customers" not in registry.needs(kpi.name):
        return tuple(lacking)
    if dataset.basis is not None:
        return tuple(kind for kind in lacking if kind != "customers")
    return tuple(lacking) if "customers" in lacking else (*lacking, "customers.start_date")
