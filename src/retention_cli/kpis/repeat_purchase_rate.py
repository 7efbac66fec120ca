"""Repeat purchase rate."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from retention_cli.kpis._invoices import NO_CUSTOMER_IDS
from retention_cli.kpis.registry import BY_SAMPLE, Group, kpi
from retention_cli.values.intervals import wilson
from retention_cli.values.measures import Better, Measure, Unit

if TYPE_CHECKING:
    from retention_cli.kpis.ingredients.purchase_days import PurchaseDays
    from retention_cli.values.periods import Period


@kpi(
    title="Repeat purchase rate",
    unit=Unit.RATIO,
    better=Better.HIGHER,
    group=Group.VALUE,
    place=60,
    aliases=("rpr", "repeat_rate"),
    highest=1,
    ratio=BY_SAMPLE,
)
def repeat_purchase_rate(*, purchase_days: PurchaseDays, period: Period) -> Measure:
    """Share of the buyers of a period who had bought before it.

    Formula: repeat buyers / buyers. Buyers: customer ids with an invoice in the period.
        Repeat buyers: those of them with an invoice on a day before the period's start.
    Unit: ratio, 0 to 1.
    Edge cases: a second purchase inside the period alone is not a repeat. Invoices of 0 are
        purchases, credit notes are not; invoices without a customer id are nobody's. Where the
        invoices begin inside the period, nobody can be seen to come back; a note says so.
    Errors: undefined without buyers in the period (no-buyers) and without customer ids in the
        invoices (no-customer-ids).
    Source: docs/definitions.md, "Customer lifetime value".
    Example:
        >>> from retention_cli.testing import figure
        >>> billed = (
        ...     "customer_id,invoice_date,amount", "ann,2025-01-02,10", "ann,2025-06-02,10",
        ...     "bob,2025-06-30,10",
        ... )
        >>> figure("repeat_purchase_rate", "2025-06", invoices=billed).value
        Fraction(1, 2)
    """
    if not purchase_days.known:
        return Measure.undefined(*NO_CUSTOMER_IDS)
    bought = purchase_days.bought(since=period.start, before=period.end)
    earlier = purchase_days.bought(before=period.start)
    buyers = purchase_days.part(bought, since=period.start, before=period.end)
    repeat = purchase_days.part(bought & earlier, before=period.end)
    found = {"buyers": buyers, "repeat_buyers": repeat}
    n = buyers.total
    if not n:
        return Measure.undefined("no-buyers", "nobody bought in the period", found)
    notes = () if earlier.any() else ("there are no purchases before the period in the exports",)
    return Measure.of(
        Fraction(repeat.total, n),
        found,
        sample_size=n,
        interval=wilson(repeat.total, n),
        notes=notes,
    )
