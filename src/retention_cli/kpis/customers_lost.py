"""Customers lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli.kpis.registry import Group, kpi
from retention_cli.values.measures import Better, Measure, Unit

if TYPE_CHECKING:
    from retention_cli.kpis.ingredients.movements import Movements


@kpi(
    title="Customers lost",
    unit=Unit.COUNT,
    better=Better.LOWER,
    group=Group.RETENTION,
    place=50,
    aliases=("lost", "churned_customers"),
    scales_with_period=True,
)
def customers_lost(*, movements: Movements) -> Measure:
    """Count the customers at the start of a period who have left by its end.

    Formula: |S - E|, with S the ids active at the start and E those active at the end.
    Unit: count of customers.
    Edge cases: 0 where there was nobody to lose. A customer who left and came back within the
        period is not lost; one who came and left is in acquired_and_lost.
    Errors: undefined with the cohort's reason where the basis cannot say who was a customer at
        the start.
    Source: docs/definitions.md, "Retention and churn".
    Example:
        >>> from retention_cli.testing import figure
        >>> people = (
        ...     "customer_id,start_date,end_date", "ann,2024-05-01,", "bob,2024-06-01,2025-02-10",
        ... )
        >>> figure("customers_lost", "2025-Q1", customers=people).value
        1
    """
    return movements.count("lost")
