"""Margin over all accounts."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import narwhals.stable.v2 as nw

from retention_cli.frames import Frame, has, parts, summed, totals
from retention_cli.kpis._invoices import (
    AMOUNT,
    CUSTOMER,
    NO_CUSTOMER_IDS,
    counted,
    currencies,
    dated_in,
    narrowed,
    percent,
    unowned_rows,
)
from retention_cli.kpis.registry import Group, kpi
from retention_cli.measures import Better, Measure, Undefined, Unit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from retention_cli.measures import Part
    from retention_cli.periods import Period

COST, REVENUE = nw.col("cost"), nw.col("revenue")

_NO_COSTS = ("no-costs", "no costs in the exports")


@kpi(
    title="Account margin",
    unit=Unit.RATIO,
    better=Better.HIGHER,
    group=Group.PROFIT,
    place=30,
    lowest=None,
)
def account_margin(*, invoices: Frame, period: Period) -> Measure:
    """Share of the revenue of all accounts that stays after their costs.

    Formula: (revenue - direct cost) / revenue, over the invoice rows of the period that have a
        customer id and a cost.
    Unit: ratio; below 0 where accounts cost more than they bring.
    Edge cases: a blank cost is unknown and not 0: its row leaves revenue and cost, and a note
        says what share of the revenue that is. Invoices without a customer id are no account's;
        an id that the customer export lacks is an account like any other. n counts accounts
        with a row in the period, with a known cost or not.
    Errors: undefined without costs (no-costs), without customer ids (no-customer-ids), without
        a row of an account in the period (no-accounts), in several currencies
        (several-currencies), and where the revenue is 0 or less (no-revenue).
    Source: docs/definitions.md, "Profit".
    Example:
        >>> from retention_cli.periods import Period
        >>> from retention_cli.testing import frame
        >>> lines = ("customer_id,invoice_date,amount,cost", "ann,2025-06-02,100,70")
        >>> june = Period.parse("2025-06")
        >>> account_margin(invoices=frame("invoices", *lines), period=june).value
        Fraction(3, 10)
    """
    if not has(invoices, "cost"):
        return Measure.undefined(*_NO_COSTS)
    if not has(invoices, "customer_id"):
        return Measure.undefined(*NO_CUSTOMER_IDS)
    rows = narrowed(invoices, "customer_id", "cost", "currency").filter(dated_in(period))
    owned = rows.filter(~CUSTOMER.is_null())
    accounts = _accounts(owned).collect().lazy()
    found = parts(accounts, key="customer_id", accounts=~CUSTOMER.is_null())
    n = found["accounts"].total
    if not n:
        return Measure.undefined("no-accounts", "no invoices of an account in the period", found)
    costed = accounts.filter(nw.col("costed"))
    money = currencies(owned.filter(~COST.is_null()))
    if money.reason is None:
        found |= summed(costed, key="customer_id", unit=Unit.MONEY, revenue=REVENUE, cost=COST)
    notes = _notes(rows, owned, accounts)
    why = money.reason or _reason_against(costed, found)
    if why is not None:
        return Measure.undefined(
            why.code, why.message, found, hint=why.hint, sample_size=n, notes=notes
        )
    revenue, cost = found["revenue"].total, found["cost"].total
    return Measure.of(
        Fraction(revenue - cost, revenue), found, sample_size=n, currency=money.one, notes=notes
    )


def _accounts(owned: Frame) -> Frame:
    """Add up each customer's rows: those with a cost, and apart from them those without."""
    known = ~COST.is_null()
    return (
        owned.select(
            CUSTOMER,
            nw.when(known).then(AMOUNT).otherwise(0).alias("revenue"),
            COST.fill_null(0),
            nw.when(known).then(0).otherwise(AMOUNT).alias("unknown"),
            (~known).cast(nw.Int64).alias("blanks"),
            known.alias("costed"),
        )
        .group_by("customer_id")
        .agg(nw.col("revenue", "cost", "unknown", "blanks").sum(), nw.col("costed").any())
    )


def _reason_against(costed: Frame, found: Mapping[str, Part]) -> Undefined | None:
    if not totals(costed, count=nw.col("costed").cast(nw.Int64))["count"]:
        return Undefined("no-costs", "no costs in the invoices of the period")
    if found["revenue"].total <= 0:
        return Undefined("no-revenue", "the accounts brought no revenue in the period")
    return None


def _notes(rows: Frame, owned: Frame, accounts: Frame) -> tuple[str, ...]:
    notes = []
    sums = totals(accounts, blanks=nw.col("blanks"), unknown=nw.col("unknown"), known=REVENUE)
    if sums["blanks"]:
        left_out = counted(sums["blanks"], "row without a cost is", "rows without a cost are")
        revenue = sums["unknown"] + sums["known"]
        of = ""
        if revenue > 0 and currencies(owned).reason is None:
            of = f", {percent(Fraction(sums['unknown'], revenue))} of the revenue"
        notes.append(f"{left_out} left out{of}")
    unowned = totals(rows, count=CUSTOMER.is_null().cast(nw.Int64))["count"]
    if unowned:
        notes.append(unowned_rows(unowned))
    return tuple(notes)
