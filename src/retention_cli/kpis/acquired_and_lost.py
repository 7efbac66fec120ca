"""Customers acquired and lost again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli.kpis.registry import Group, kpi
from retention_cli.values.measures import Better, Measure, Unit

if TYPE_CHECKING:
    from retention_cli.kpis.ingredients.movements import Movements


@kpi(
    title="Customers acquired and lost again",
    unit=Unit.COUNT,
    better=Better.LOWER,
    group=Group.RETENTION,
    place=70,
    scales_with_period=True,
)
def acquired_and_lost(*, movements: Movements) -> Measure:
    """Count the customers acquired in the period who have left by its end.

    Formula: number of ids whose first spell starts in the period and that are not in E.
    Unit: count of customers.
    Edge cases: these customers are in neither S nor E, so churn does not see them.
    Errors: undefined (no-start-dates) where membership comes from a flag; with the cohort's
        reason where the basis cannot say who was a customer at the start.
    Source: docs/definitions.md, "Retention and churn".
    Example:
        >>> from retention_cli.testing import figure
        >>> people = (
        ...     "customer_id,start_date,end_date", "cy,2025-02-01,2025-03-01", "dan,2025-03-01,",
        ... )
        >>> figure("acquired_and_lost", "2025-Q1", customers=people).value
        1
    """
    return movements.count_of_starts("acquired_and_lost")
