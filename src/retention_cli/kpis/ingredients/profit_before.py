"""What the customers at the start of a period brought and cost in the period before it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from retention_cli.frames.frames import Frame, has, only_among
from retention_cli.kpis._invoices import Currencies, billed_in
from retention_cli.kpis._rows import spent_in
from retention_cli.kpis.ingredients._account_rows import RowsBehind
from retention_cli.kpis.ingredients.account_profit import NO_COSTS, AccountProfit, account_profit
from retention_cli.kpis.ingredients.driven_costs import driven_costs

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from retention_cli.kpis.ingredients.customer_revenue import CustomerRevenue
    from retention_cli.kpis.ingredients.spread_costs import SpreadCosts
    from retention_cli.settings import Driver
    from retention_cli.values.periods import Period


def profit_before(  # noqa: PLR0913  # an argument for each thing that costs
    *,
    customer_revenue: CustomerRevenue,
    invoices: Frame,
    costs: Frame | None = None,
    cost_drivers: Mapping[str, Driver] | None = None,
    money_parts: int = 1,
    driven_tickets: Frame | None = None,
    spread_of: Callable[[Period], SpreadCosts | None] | None = None,
) -> AccountProfit:
    """Add up revenue and costs of the period before, of the customers at the start alone.

    Formula: as account_profit, over the rows whose customer is at the start. So the currencies,
        the notes and the reason are of these rows, and nobody else's.
    Undefined: as account_profit, whose reason names the period before.
    Source: docs/definitions.md, "Retention and churn" and "Profit".
    """
    before = customer_revenue.period.previous()
    starters = customer_revenue.people.select("customer_id")
    if not has(invoices, "cost") and costs is None and not cost_drivers:
        return AccountProfit(
            accounts=starters,
            unallocated={},
            currencies=Currencies(),
            direct=False,
            serving=False,
            notes=(),
            reason=NO_COSTS,
        )
    rows = billed_in(invoices, before, "customer_id", "cost", "currency")
    tickets = None if driven_tickets is None else _of(starters, driven_tickets)
    driven = driven_costs(
        invoices=_of(starters, invoices) if cost_drivers else invoices,
        period=before,
        cost_drivers=cost_drivers,
        money_parts=money_parts,
        driven_tickets=tickets,
    )
    found = account_profit(
        invoices=_of(starters, rows),
        period=before,
        costs=None if costs is None else _of(starters, spent_in(costs, before)),
        driven_costs=driven,
        driven_tickets=tickets,
        spread_of=spread_of,
    )
    found = replace(found, behind=RowsBehind(invoices, costs, before, driven, found.spread).of)
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
