"""Customers reactivated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli.kpis.registry import Group, kpi
from retention_cli.values.measures import Better, Measure, Unit

if TYPE_CHECKING:
    from retention_cli.kpis.ingredients.movements import Movements


@kpi(
    title="Customers reactivated",
    unit=Unit.COUNT,
    better=Better.HIGHER,
    group=Group.RETENTION,
    place=60,
    aliases=("reactivated", "winbacks"),
    scales_with_period=True,
)
def customers_reactivated(*, movements: Movements) -> Measure:
    """Count the former customers who came back and are there at the end of a period.

    Formula: number of ids in E, not in S, with a spell that starts before the period.
    Unit: count of customers.
    Edge cases: a customer who left and came back within the period is retained, not reactivated.
        Spells that touch are one spell: no return.
    Errors: undefined (no-start-dates) where membership comes from a flag; with the cohort's
        reason where the basis cannot say who was a customer at the start.
    Source: docs/definitions.md, "Retention and churn".
    Example:
        >>> from retention_cli.testing import figure
        >>> people = (
        ...     "customer_id,start_date,end_date", "ann,2024-05-01,2024-11-30", "ann,2025-02-01,",
        ... )
        >>> figure("customers_reactivated", "2025-Q1", customers=people).value
        1
    """
    return movements.count_of_starts("reactivated")
