"""What others take the same figure for: a file for each family of KPIs, found by its name.

A file has `KPIS`, the figures that it reads otherwise, and `READINGS`: by the name of each, who counts
so and the function that does. A function asks for its inputs by name, as a KPI does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli.text import listing

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from retention_cli.values.readings import Reading


def family(kpi: str) -> str | None:
    """Name the file that has the readings of a KPI; None where there are none."""
    files = listing.names("readings")
    return next((name for name in files if kpi in listing.member("readings", name, "KPIS")), None)


def of_kpi(kpi: str) -> Mapping[str, tuple[str, Callable[..., Reading]]]:
    """Give the readings of a KPI by name, in order: who counts so, and what does.

    Example:
        >>> list(of_kpi("churn_rate"))[:2], list(of_kpi("revenue"))
        (['ours', 'headcount-acquired'], [])
    """
    name = family(kpi)
    if name is None:
        return {}
    found: Mapping[str, tuple[str, Callable[..., Reading]]]
    found = listing.member("readings", name, "READINGS")
    return found
