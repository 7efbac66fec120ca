"""What the customers at the start of a period brought and cost in the period before it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from retention_cli.frames.frames import Frame, has, only_among
from retention_cli.kpis._invoices import dated_in, narrowed
from retention_cli.kpis.ingredients.account_profit import (
    AccountProfit,
    account_profit,
    rows_behind,
    spent_in,
)

if TYPE_CHECKING:
    from retention_cli.kpis.ingredients.customer_revenue import CustomerRevenue


def profit_before(
    *,
    customer_revenue: CustomerRevenue,
    invoices: Frame,
    costs: Frame | None = None,
) -> AccountProfit:
    """Add up revenue and costs of the period before, of the customers at the start alone.

    Formula: as account_profit, over the rows whose customer is at the start. So the currencies,
        the notes and the reason are of these rows, and nobody else's.
    Undefined: as account_profit, whose reason names the period before.
    Source: docs/definitions.md, "Retention and churn" and "Profit".
    """
    before = customer_revenue.period.previous()
    starters = customer_revenue.people.select("customer_id")
    rows = narrowed(invoices, "customer_id", "cost", "currency").filter(dated_in(before))
    found = account_profit(
        invoices=_of(starters, rows),
        period=before,
        costs=None if costs is None else _of(starters, spent_in(costs, before)),
    )
    found = replace(found, behind=partial(rows_behind, invoices, costs, before))
    reason = found.reason
    if reason is None or "the period" not in reason.message:
        return found
    message = reason.message.replace("the period", before.label)
    return replace(found, reason=replace(reason, message=message))


def _of(customers: Frame, rows: Frame) -> Frame:
    """Keep the rows of some customers; costs without customer ids are nobody's as they are."""
    if not has(rows, "customer_id"):
        return rows
    return only_among(rows, "customer_id", customers)
