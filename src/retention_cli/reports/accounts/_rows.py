"""What the formats of accounts share: the fields in their order, and their values as written."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from retention_cli.reports.words.numbers import machine
from retention_cli.values.measures import Unit

if TYPE_CHECKING:
    from retention_cli.results.accounts import Account, Amount, CostLine, Totals

EIGHTY = Fraction(80, 100)
"""The share of profit of which it is told how many accounts make it."""


def amount(value: Amount | None) -> float | str | None:
    """Write an amount of money as programs read it."""
    return None if value is None else machine(value, Unit.MONEY)


def totals_row(one: Totals) -> dict[str, float | str | None]:
    """Give the amounts of totals and their margin."""
    return {**sums_row(one), "margin": share(one.margin)}


def share(value: Fraction | None) -> float | str | None:
    """Write a ratio as programs read it."""
    return None if value is None else machine(value, Unit.RATIO)


def account_row(one: Account, currency: str | None) -> dict[str, float | str | None]:
    """Give one account, field by field."""
    return {
        "customer_id": one.customer_id,
        "customer_name": one.customer_name,
        "manager": one.manager,
        **sums_row(one),
        "margin": share(one.margin),
        "rank": one.rank,
        "share": share(one.share),
        "cumulative_share": share(one.cumulative_share),
        "currency": currency,
        "tier": one.tier,
        "status": one.status,
        "profit_before": amount(one.profit_before),
        "margin_before": share(one.margin_before),
        "shared_cost": amount(one.shared_cost),
    }


def line_row(one: CostLine, currency: str | None) -> dict[str, float | str | None]:
    """Give one line behind a cost, field by field."""
    return {
        "customer_id": one.customer_id,
        "what": one.what,
        "date": one.day,
        "quantity": None if one.quantity is None else machine(one.quantity, Unit.COUNT),
        "rate": amount(one.rate),
        "amount": amount(one.amount),
        "currency": currency,
        "file": one.file,
        "row": one.row,
    }


def sums_row(one: Account | Totals) -> dict[str, float | str | None]:
    """Give the amounts of an account or of totals."""
    return {
        "revenue": amount(one.revenue),
        "revenue_without_cost": amount(one.revenue_without_cost),
        "direct_cost": amount(one.direct_cost),
        "cost_to_serve": amount(one.cost_to_serve),
        "profit": amount(one.profit),
    }
