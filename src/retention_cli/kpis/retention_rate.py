"""Customer retention rate."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from retention_cli.kpis.registry import BY_SAMPLE, Group, kpi
from retention_cli.values.intervals import wilson
from retention_cli.values.measures import Better, Measure, Unit

if TYPE_CHECKING:
    from retention_cli.kpis.ingredients.cohort import Cohort


@kpi(
    title="Customer retention rate",
    unit=Unit.RATIO,
    better=Better.HIGHER,
    group=Group.RETENTION,
    place=10,
    aliases=("retention", "customer_retention", "logo_retention", "crr"),
    scales_with_period=True,
    highest=1,
    ratio=BY_SAMPLE,
)
def retention_rate(*, starters: Cohort) -> Measure:
    """Share of the customers at the start of a period who are customers at its end.

    Formula: (CE - CN) / CS. CS: ids active at the close of the day before the
        period. CE: ids active at the close of its last day. CN: those of CE not in CS.
    Unit: ratio, 0 to 1.
    Edge cases: an id counts once however many spells it has. A customer who left and came back
        within the period is retained; one who came and left is in neither CS nor CE.
    Errors: undefined (no-starters) where CS is 0.
    Source: the usual ((CE - CN) / CS) * 100; docs/definitions.md, "Retention and churn".
    Example:
        >>> from retention_cli.testing import figure
        >>> people = (
        ...     "customer_id,start_date,end_date", "ann,2024-05-01,", "bob,2024-06-01,2025-02-10",
        ... )
        >>> figure("retention_rate", "2025-Q1", customers=people).value
        Fraction(1, 2)
    """
    stayed = starters.parts["CE"].total - starters.parts["CN"].total
    return Measure.of(
        Fraction(stayed, starters.starters),
        starters.parts,
        sample_size=starters.starters,
        interval=wilson(stayed, starters.starters),
        basis=starters.basis,
        notes=starters.notes,
        as_exported=starters.as_exported,
    )
