"""Revenue-weighted customer retention."""

from __future__ import annotations

from typing import TYPE_CHECKING

import narwhals.stable.v2 as nw

from retention_cli.kpis.ingredients.cohort import LAST
from retention_cli.kpis.ingredients.customer_revenue import BEFORE, nonzero
from retention_cli.kpis.registry import Group, kpi
from retention_cli.values.measures import Better, Measure, Unit

if TYPE_CHECKING:
    from retention_cli.kpis.ingredients.customer_revenue import CustomerRevenue


_STAYED = nonzero(nw.when(LAST).then(BEFORE).otherwise(0))


@kpi(
    title="Revenue-weighted customer retention",
    unit=Unit.RATIO,
    better=Better.HIGHER,
    group=Group.RETENTION,
    place=100,
    scales_with_period=True,
    highest=1,
    ratio="stayed / before",
)
def revenue_weighted_retention(*, customer_revenue: CustomerRevenue) -> Measure:
    """Share of the customers at the start who stayed, weighted by their previous revenue.

    Formula: stayed / before. Before: revenue of all customers at the start in the previous
        period. Stayed: the same of those who are still there at the end.
    Unit: ratio, 0 to 1.
    Edge cases: revenue of the period itself changes nothing; nor does how often customers are
        billed. A customer with more credits than bills in the previous period has a negative
        weight; a note says so.
    Errors: undefined without customers at the start (no-starters) or without revenue from them in
        the previous period (no-revenue-before); where it is in several currencies
        (several-currencies); where customers are taken as exported (no-period).
    Source: docs/definitions.md, "Retention and churn".
    Example:
        >>> from retention_cli.testing import figure
        >>> people = (
        ...     "customer_id,start_date,end_date", "ann,2024-01-01,", "bob,2024-01-01,2025-06-10",
        ... )
        >>> billed = ("customer_id,invoice_date,amount", "ann,2025-05-02,300", "bob,2025-05-02,100")
        >>> figure("revenue_weighted_retention", "2025-06", customers=people, invoices=billed).value
        Fraction(3, 4)
    """
    return customer_revenue.share(
        "stayed",
        _STAYED,
        adding=customer_revenue.before_currencies,
    )
