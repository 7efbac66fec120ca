"""Profit-weighted customer retention."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import narwhals.stable.v2 as nw

from retention_cli.frames.by_group import once_for_all
from retention_cli.frames.frames import Frame, parts, summed
from retention_cli.kpis._invoices import without_repeats
from retention_cli.kpis.ingredients.account_profit import PROFIT
from retention_cli.kpis.ingredients.cohort import LAST
from retention_cli.kpis.registry import Group, kpi
from retention_cli.values.measures import Better, Measure, Undefined, Unit

if TYPE_CHECKING:
    from retention_cli.kpis.ingredients.account_profit import AccountProfit
    from retention_cli.kpis.ingredients.customer_revenue import CustomerRevenue
    from retention_cli.values.measures import Part

_PROFIT = nw.col("profit")
_GAINED = nw.when(_PROFIT > 0).then(_PROFIT)
_GAINS = {"before": _GAINED, "stayed": nw.when(LAST).then(_GAINED)}
_LOSSES = {"losses": nw.when(_PROFIT < 0).then(_PROFIT)}
_LOSS_MAKERS = {"loss_makers": _PROFIT < 0}


@kpi(
    title="Profit-weighted customer retention",
    unit=Unit.RATIO,
    better=Better.HIGHER,
    group=Group.RETENTION,
    place=110,
    scales_with_period=True,
    highest=1,
    ratio="stayed / before",
)
def profit_weighted_retention(
    *, customer_revenue: CustomerRevenue, profit_before: AccountProfit
) -> Measure:
    """Share of the customers at the start who stayed, weighted by their previous profit.

    Formula: stayed / before. Before: profit in the previous period of the customers at the start
        who made one: revenue - direct cost - cost to serve, as in the accounts. Stayed: the same
        of those who are still there at the end.
    Unit: ratio, 0 to 1.
    Edge cases: a customer with a loss is in neither sum; the parts say how many there are and
        what they lost. A row with a blank cost is left out of revenue and cost, and a note counts
        it. Where the exports lack direct costs or costs to serve, they count as 0, and a note
        says which.
    Errors: undefined without customers at the start (no-starters), without costs (no-costs),
        where none of them made a profit before (no-profit-before), in several currencies
        (several-currencies), without customer ids (no-customer-ids), and where customers are taken
        as exported (no-period).
    Source: docs/definitions.md, "Retention and churn".
    Example:
        >>> from retention_cli.testing import figure
        >>> people = (
        ...     "customer_id,start_date,end_date", "ann,2024-01-01,", "bob,2024-01-01,2025-06-10",
        ...     "cy,2024-01-01,",
        ... )
        >>> billed = (
        ...     "customer_id,invoice_date,amount,cost", "ann,2025-05-02,300,100",
        ...     "bob,2025-05-02,100,40", "cy,2025-05-02,10,90",
        ... )
        >>> figure("profit_weighted_retention", "2025-06", customers=people, invoices=billed).value
        Fraction(10, 13)
    """
    found: dict[str, Part] = {}
    reason = profit_before.reason
    if reason is None or reason.code == "no-accounts":
        found = _weighed(customer_revenue.people, profit_before)
        reason = None if found["before"].total else _no_profit(customer_revenue)
    n, basis = customer_revenue.paying, customer_revenue.cohort.basis
    notes = without_repeats((*customer_revenue.notes, *profit_before.notes))
    if reason is not None:
        return Measure.undefined(
            reason.code,
            reason.message,
            found,
            hint=reason.hint,
            sample_size=n,
            basis=basis,
            notes=notes,
        )
    return Measure.of(
        Fraction(found["stayed"].total, found["before"].total),
        found,
        sample_size=n,
        basis=basis,
        currency=profit_before.currencies.one,
        notes=notes,
    )


def _weighed(people: Frame, profit: AccountProfit) -> dict[str, Part]:
    """Add up what customers gained; the ids behind a sum are those with a weight in it."""
    rows = _beside(people, profit.accounts)
    key, money, behind = "customer_id", Unit.MONEY, profit.behind
    return {
        **summed(rows, key=key, unit=money, behind=behind, **_GAINS),
        **parts(rows, key=key, behind=behind, **_LOSS_MAKERS),
        **summed(rows, key=key, unit=money, behind=behind, **_LOSSES),
    }


@once_for_all
def _beside(people: Frame, accounts: Frame) -> Frame:
    profits = accounts.select("customer_id", PROFIT.alias("profit"))
    return people.join(profits, on="customer_id", how="left")


def _no_profit(customer_revenue: CustomerRevenue) -> Undefined:
    earlier = customer_revenue.period.previous().label
    return Undefined(
        "no-profit-before", f"none of the customers at the start made a profit in {earlier}"
    )
