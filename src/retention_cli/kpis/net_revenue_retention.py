"""Net revenue retention."""

from __future__ import annotations

from typing import TYPE_CHECKING

import narwhals.stable.v2 as nw

from retention_cli.kpis.ingredients.cohort import LAST
from retention_cli.kpis.ingredients.customer_revenue import NOW, nonzero
from retention_cli.kpis.registry import Group, kpi
from retention_cli.values.measures import Better, Measure, Unit

if TYPE_CHECKING:
    from retention_cli.kpis.ingredients.billing_gaps import BillingGaps
    from retention_cli.kpis.ingredients.customer_revenue import CustomerRevenue


_NOW = nonzero(nw.when(LAST).then(NOW).otherwise(0))


@kpi(
    title="Net revenue retention (NRR)",
    unit=Unit.RATIO,
    better=Better.HIGHER,
    group=Group.RETENTION,
    place=90,
    aliases=("nrr", "ndr", "net_dollar_retention"),
    scales_with_period=True,
    lowest=None,
    ratio="now / before",
)
def net_revenue_retention(
    *, customer_revenue: CustomerRevenue, billing_gaps: BillingGaps
) -> Measure:
    """Revenue of the customers at the start, compared with theirs in the previous period.

    Formula: now / before. Before: revenue of all customers at the start in the previous period.
        Now: revenue of the period of those who are still there at the end.
    Unit: ratio; above 1 where growth outweighs losses, below 0 where credit notes outweigh bills.
    Edge cases: one who left counts as 0 now, even if billed before leaving. New customers
        are in neither sum.
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
        >>> figure("net_revenue_retention", "2025-06", customers=people, invoices=billed).value
        Fraction(5, 4)
    """
    return customer_revenue.share(
        "now",
        _NOW,
        adding=customer_revenue.currencies,
        unless=billing_gaps.reason,
    )
