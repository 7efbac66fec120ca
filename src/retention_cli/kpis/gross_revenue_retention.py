"""Gross revenue retention."""

from __future__ import annotations

from typing import TYPE_CHECKING

import narwhals.stable.v2 as nw

from retention_cli.kpis.ingredients.cohort import LAST
from retention_cli.kpis.ingredients.customer_revenue import BEFORE, NOW, nonzero
from retention_cli.kpis.registry import Group, kpi
from retention_cli.values.measures import Better, Measure, Unit

if TYPE_CHECKING:
    from retention_cli.kpis.ingredients.billing_gaps import BillingGaps
    from retention_cli.kpis.ingredients.customer_revenue import CustomerRevenue


_NO_GROWTH = nw.when(NOW < BEFORE).then(NOW).otherwise(BEFORE)
_KEPT = nonzero(nw.when(LAST & (_NO_GROWTH > 0)).then(_NO_GROWTH).otherwise(0))


@kpi(
    title="Gross revenue retention (GRR)",
    unit=Unit.RATIO,
    better=Better.HIGHER,
    group=Group.RETENTION,
    place=80,
    aliases=("grr", "gdr", "gross_dollar_retention"),
    scales_with_period=True,
    highest=1,
    ratio="kept / before",
)
def gross_revenue_retention(
    *, customer_revenue: CustomerRevenue, billing_gaps: BillingGaps
) -> Measure:
    """Share of the previous period's revenue that its customers brought again, without growth.

    Formula: kept / before. Before: revenue of all customers at the start in the previous period.
        Kept: over those who are still there at the end, max(0, min(revenue now, revenue before)).
    Unit: ratio, 0 to 1.
    Edge cases: growth of one customer never makes up for the loss of another. One who left counts
        as 0 now, even if billed before leaving. New customers are in neither sum. A customer with
        more credits than bills in the previous period makes `before` smaller; a note says so.
    Errors: undefined without customers at the start (no-starters) or without revenue from them in
        the previous period (no-revenue-before); in several currencies (several-currencies); where
        customers are billed less often than the period (billed-less-often: the median gap between
        purchase days is above 1.5 periods); where customers are taken as exported (no-period).
    Source: docs/definitions.md, "Retention and churn".
    Example:
        >>> from retention_cli.testing import figure
        >>> people = ("customer_id,start_date,end_date", "ann,2024-01-01,", "bob,2024-01-01,")
        >>> billed = (
        ...     "customer_id,invoice_date,amount", "ann,2025-05-02,100", "ann,2025-06-02,180",
        ...     "bob,2025-05-02,100", "bob,2025-06-02,70",
        ... )
        >>> figure("gross_revenue_retention", "2025-06", customers=people, invoices=billed).value
        Fraction(17, 20)
    """
    return customer_revenue.share(
        "kept",
        _KEPT,
        adding=customer_revenue.currencies,
        unless=billing_gaps.reason,
    )
