"""Purchase frequency."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING

import narwhals.stable.v2 as nw
import pyarrow as pa

from retention_cli.frames.frames import collect
from retention_cli.frames.opened import counted_once
from retention_cli.kpis._invoices import counted
from retention_cli.kpis.registry import BY_SAMPLE, Group, kpi
from retention_cli.values.measures import Better, Measure, Part, Unit

if TYPE_CHECKING:
    from retention_cli.dataset.membership import Membership
    from retention_cli.kpis.ingredients.cohort import Cohort
    from retention_cli.kpis.ingredients.purchase_days import PurchaseDays
    from retention_cli.kpis.ingredients.purchases import Purchases
    from retention_cli.values.periods import Period


_NAMED = ~nw.col("customer_id").is_null()


@kpi(
    title="Purchase frequency",
    unit=Unit.PER_YEAR,
    better=Better.HIGHER,
    group=Group.VALUE,
    place=20,
    aliases=("frequency", "order_frequency"),
    ratio=BY_SAMPLE,
)
def purchase_frequency(
    *,
    membership: Membership,
    cohort: Cohort,
    purchases: Purchases,
    purchase_days: PurchaseDays,
    period: Period,
) -> Measure:
    """Invoices per customer and year.

    Formula: invoices / customers / years. Invoices: those of the period that are not credit
        notes. Customers: ids active at any time in the period, bought or not: some spell starts
        before its end, and ends on or after its start or not at all; buyers of the period
        count too. Years: length of the period in months / 12.
    Unit: invoices per year.
    Edge cases: customers who did not buy count too; without them, the value of all customers
        would be that of the buyers. Buyers who are not in the customer export count as customers.
        Invoices without a customer id count as invoices. Customers taken as exported all count.
    Errors: undefined without customers (no-customers), and where the basis cannot say who was a
        customer in the period (too-little-history, unknown-status).
    Source: docs/definitions.md, "Customer lifetime value".
    Example:
        >>> from retention_cli.testing import figure
        >>> people = ("customer_id,start_date,end_date", "ann,2024-05-01,", "bob,2024-05-01,")
        >>> billed = ("customer_id,invoice_date,amount", "ann,2025-06-02,10")
        >>> figure("purchase_frequency", "2025-06", customers=people, invoices=billed).value
        Fraction(6, 1)
    """
    reaching = _reaching(period)
    active = _active(membership, reaching)
    bought = purchase_days.bought(since=period.start, before=period.end)
    ids = _either(active, purchase_days.ids.filter(pa.array(bought)))
    span = {"since": period.start, "before": period.end}
    customers = Part(
        len(ids),
        opens=lambda: counted_once(
            ids, (*membership.behind(reaching, ids), *purchase_days.rows(ids, **span))
        ),
    )
    n = customers.total
    found = {"invoices": purchases.parts["invoices"], "customers": customers}
    notes = (*cohort.notes, *_notes(cohort, purchases, outsiders=n - len(active)))
    if not n:
        return Measure.undefined(
            "no-customers", "no customers in the period", found, basis=cohort.basis, notes=notes
        )
    return Measure.of(
        Fraction(purchases.invoices, n) / period.years,
        found,
        sample_size=n,
        basis=cohort.basis,
        notes=notes,
    )


@cache
def _reaching(period: Period) -> nw.Expr:
    """Mark the spells that reach into the period."""
    start, end = nw.col("start_date"), nw.col("end_date")
    return (start < period.end) & (end.is_null() | (end >= period.start))


def _active(membership: Membership, reaching: nw.Expr) -> pa.Array:
    """List the ids with a spell that reaches into the period, each once."""
    rows = membership.spells.filter(reaching, _NAMED).select("customer_id")
    return collect(rows.unique())["customer_id"].combine_chunks()


def _either(active: pa.Array, buyers: pa.Array) -> pa.Array:
    return pa.chunked_array([active, buyers.cast(active.type)]).unique()


def _notes(cohort: Cohort, purchases: Purchases, *, outsiders: int) -> list[str]:
    notes = []
    if cohort.as_exported:
        notes.append("all customers of the export count as active in the period")
    if outsiders:
        buyers = counted(outsiders, "buyer counts", "buyers count")
        notes.append(f"{buyers} as customers without being one by {cohort.basis}")
    if purchases.unowned:
        notes.append(counted(purchases.unowned, "invoice has", "invoices have") + " no customer id")
    return notes
