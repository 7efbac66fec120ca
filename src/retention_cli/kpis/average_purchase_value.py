"""Average purchase value."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from retention_cli.kpis.registry import BY_SAMPLE, Group, kpi
from retention_cli.values.measures import Better, Measure, Unit

if TYPE_CHECKING:
    from retention_cli.kpis.ingredients.purchases import Purchases


@kpi(
    title="Average purchase value",
    unit=Unit.MONEY,
    better=Better.HIGHER,
    group=Group.VALUE,
    place=10,
    aliases=("apv", "aov", "average_order_value"),
    lowest=None,
    ratio=BY_SAMPLE,
)
def average_purchase_value(*, purchases: Purchases) -> Measure:
    """Average revenue per invoice of the period.

    Formula: revenue / number of invoices. Revenue: all amounts dated in the period. Invoices:
        distinct invoice ids, and each row without one, whose total is not negative.
    Unit: money per invoice, in the one currency of the rows.
    Edge cases: credit notes reduce the revenue but do not count as invoices, so the value can be
        negative; invoices of 0 count. Lines of one invoice id are one invoice. Amounts with sales
        tax in them carry the note `including tax`.
    Errors: undefined without invoices in the period (no-invoices) and where the amounts are in
        several currencies (several-currencies).
    Source: docs/definitions.md, "Customer lifetime value".
    Example:
        >>> from retention_cli.testing import figure
        >>> billed = ("invoice_date,amount", "2025-06-02,10", "2025-06-30,15")
        >>> figure("average_purchase_value", "2025-06", invoices=billed).value  # ten-thousandths
        Fraction(125000, 1)
    """
    found = {name: purchases.parts[name] for name in ("revenue", "invoices")}
    n = purchases.invoices
    if (reason := purchases.currencies.reason) is not None:
        return Measure.undefined(
            reason.code,
            reason.message,
            {"invoices": found["invoices"]},
            hint=reason.hint,
            sample_size=n,
        )
    if not n:
        return Measure.undefined("no-invoices", "no invoices in the period", found)
    return Measure.of(
        Fraction(purchases.revenue, n),
        found,
        sample_size=n,
        currency=purchases.currencies.one,
        notes=purchases.notes,
    )
