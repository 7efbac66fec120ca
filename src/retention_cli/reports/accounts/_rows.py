"""What the formats of accounts share: the fields in their order, and their values as written."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from retention_cli.reports.words.machine import amount, amounts, fields, number, share
from retention_cli.values.measures import Unit

if TYPE_CHECKING:
    from retention_cli.results.accounts import Account, CostLine, Totals

EIGHTY = Fraction(80, 100)
"""The share of profit of which it is told how many accounts make it."""


def totals_row(one: Totals) -> dict[str, float | str | None]:
    """Give the amounts of totals and their margin."""
    return {**sums_row(one), "margin": share(one.margin)}


def account_row(one: Account, currency: str | None) -> dict[str, float | str | None]:
    """Give one account, field by field."""
    return {
        **fields(one, "customer_id customer_name manager"),
        **sums_row(one),
        "margin": share(one.margin),
        "rank": one.rank,
        "share": share(one.share),
        "cumulative_share": share(one.cumulative_share),
        "currency": currency,
        **fields(one, "tier status"),
        "profit_before": amount(one.profit_before),
        "margin_before": share(one.margin_before),
        "shared_cost": amount(one.shared_cost),
    }


def line_row(one: CostLine, currency: str | None) -> dict[str, float | str | None]:
    """Give one line behind a cost, field by field."""
    return {
        **fields(one, "customer_id what"),
        "date": one.day,
        "quantity": number(one.quantity, Unit.COUNT),
        **amounts(one, "rate amount"),
        "currency": currency,
        **fields(one, "file row"),
    }


def sums_row(one: Account | Totals) -> dict[str, float | str | None]:
    """Give the amounts of an account or of totals."""
    return amounts(one, "revenue revenue_without_cost direct_cost cost_to_serve profit")
