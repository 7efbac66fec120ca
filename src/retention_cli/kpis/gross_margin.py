"""Margin of the invoices, before the cost of serving."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import narwhals.stable.v2 as nw

from retention_cli.frames.frames import Frame, has, summed, totals
from retention_cli.kpis._invoices import (
    AMOUNT,
    NO_NET_AMOUNTS,
    billed_in,
    currencies,
    dated_in,
    has_tax,
    without_a_cost,
)
from retention_cli.kpis._rows import DOCUMENT, invoice_rows
from retention_cli.kpis.registry import Group, kpi
from retention_cli.values.measures import Better, Measure, Unit

if TYPE_CHECKING:
    import pyarrow as pa

    from retention_cli.frames.opened import Rows
    from retention_cli.kpis.ingredients.purchases import Purchases
    from retention_cli.values.periods import Period

_COST = nw.col("cost")
_KNOWN, _BLANK = ~_COST.is_null(), _COST.is_null()
_LEFT_OUT = {"revenue": AMOUNT, "rows": AMOUNT * 0 + 1}


@kpi(
    title="Gross margin",
    unit=Unit.RATIO,
    better=Better.HIGHER,
    group=Group.PROFIT,
    place=20,
    aliases=("margin", "gross_profit_margin"),
    lowest=None,
    ratio="revenue - cost / revenue",
)
def gross_margin(*, invoices: Frame, period: Period, purchases: Purchases) -> Measure:
    """Share of the revenue that remains after direct cost.

    Formula: (revenue - direct cost) / revenue, over the invoice rows of the period whose cost is
        known.
    Unit: ratio; below 0 where the invoices cost more than they bring.
    Edge cases: a blank cost is unknown and not 0: its row is left out of revenue and cost, and a
        note says what share of the revenue that is. Invoices without a customer id count.
    Errors: undefined without a cost column (no-costs), where amounts have sales tax in them
        (tax-included), in several currencies (several-currencies), and where the revenue is 0 or
        less (no-revenue).
    Source: docs/definitions.md, "Profit".
    Example:
        >>> from retention_cli.testing import figure
        >>> billed = ("invoice_date,amount,cost", "2025-06-02,100,70")
        >>> figure("gross_margin", "2025-06", invoices=billed).value
        Fraction(3, 10)
    """
    if not has(invoices, "cost"):
        return Measure.undefined("no-costs", "no direct cost in the invoices")
    rows = billed_in(invoices, period, "invoice_id", "cost", "currency")
    if not has(rows, "invoice_id"):
        rows = rows.with_columns(invoice_id=nw.lit(None, dtype=nw.String))
    known, blank = rows.filter(_KNOWN), rows.filter(_BLANK)
    money = currencies(known)
    why = NO_NET_AMOUNTS if has_tax(rows) else money.reason
    if why is not None:
        return Measure.undefined(why.code, why.message, hint=why.hint)

    def rows_of(name: str, ids: pa.ChunkedArray) -> tuple[Rows, ...]:
        del ids  # all rows with a known cost are in both sums
        adds, chosen = (AMOUNT if name == "revenue" else _COST), dated_in(period)
        return (invoice_rows(invoices, chosen & _KNOWN, member=DOCUMENT, adds=adds),)

    found = summed(
        known, key="invoice_id", unit=Unit.MONEY, behind=rows_of, revenue=AMOUNT, cost=_COST
    )
    left_out = totals(blank, **_LEFT_OUT)
    revenue, cost = found["revenue"].total, found["cost"].total
    notes: tuple[str, ...] = ()
    if left_out["rows"]:
        unknown = left_out["revenue"]
        notes = (without_a_cost(left_out["rows"], unknown, revenue + unknown),)
    if revenue <= 0:
        return Measure.undefined(
            "no-revenue", "the invoices brought no revenue in the period", found, notes=notes
        )
    return Measure.of(
        Fraction(revenue - cost, revenue),
        found,
        sample_size=purchases.documents,
        currency=money.one,
        notes=notes,
    )
