"""Customers acquired."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli.kpis.registry import Group, kpi
from retention_cli.values.measures import Better, Measure, Unit

if TYPE_CHECKING:
    from retention_cli.kpis.ingredients.movements import Movements


@kpi(
    title="Customers acquired",
    unit=Unit.COUNT,
    better=Better.HIGHER,
    group=Group.RETENTION,
    place=40,
    aliases=("acquired", "new_customers"),
    scales_with_period=True,
)
def customers_acquired(*, arrivals: Movements) -> Measure:
    """Count the customers whose first spell starts in the period.

    Formula: number of ids whose first spell starts on a day of the period.
    Unit: count of customers.
    Edge cases: an id counts once. Those who left again within the period are counted; those who
        had been customers before and came back are not. With start dates, unknown ends do not
        matter.
    Errors: undefined (no-start-dates) where membership comes from a flag; with the cohort's
        reason where activity cannot say who was a customer at the start.
    Source: docs/definitions.md, "Retention and churn".
    Example:
        >>> from retention_cli.testing import figure
        >>> people = ("customer_id,start_date,end_date", "ann,2024-05-01,", "cy,2025-03-01,")
        >>> figure("customers_acquired", "2025-Q1", customers=people).value
        1
    """
    return arrivals.count_of_starts("acquired")
