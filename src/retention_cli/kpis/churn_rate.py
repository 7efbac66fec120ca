"""Customer churn rate."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from retention_cli.kpis.registry import BY_SAMPLE, Group, kpi
from retention_cli.values.intervals import wilson
from retention_cli.values.measures import Better, Measure, Unit

if TYPE_CHECKING:
    from retention_cli.kpis.ingredients.cohort import Cohort
    from retention_cli.kpis.ingredients.movements import Movements


@kpi(
    title="Customer churn rate",
    unit=Unit.RATIO,
    better=Better.LOWER,
    group=Group.RETENTION,
    place=20,
    aliases=("churn", "customer_churn", "logo_churn", "attrition"),
    scales_with_period=True,
    highest=1,
    ratio=BY_SAMPLE,
)
def churn_rate(*, starters: Cohort, movements: Movements) -> Measure:
    """Share of the customers at the start of a period who have left by its end.

    Formula: lost / CS. CS: ids active at the close of the day before the period. lost: those
        of them not active at the close of its last day. It is 1 - retention_rate.
    Unit: ratio, 0 to 1.
    Edge cases: an id counts once however many spells it has. A customer who left and came back
        within the period is not churn; nor is one who came and left, who is not in CS.
    Errors: undefined (no-starters) where CS is 0; with the cohort's reason where the basis
        cannot say who was a customer at the start.
    Source: docs/definitions.md, "Retention and churn".
    Example:
        >>> from retention_cli.testing import figure
        >>> people = (
        ...     "customer_id,start_date,end_date", "ann,2024-05-01,", "bob,2024-06-01,2025-02-10",
        ... )
        >>> figure("churn_rate", "2025-Q1", customers=people).value
        Fraction(1, 2)
    """
    lost = movements.parts["lost"]
    return Measure.of(
        Fraction(lost.total, starters.starters),
        {"CS": starters.parts["CS"], "lost": lost},
        sample_size=starters.starters,
        interval=wilson(lost.total, starters.starters),
        basis=starters.basis,
        notes=starters.notes,
        as_exported=starters.as_exported,
    )
