"""The worth of a step in retention as JSON, schema retention-impact/1."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from retention_cli.reports.accounts.json import leavers
from retention_cli.reports.words.machine import (
    amount,
    data_of,
    fields,
    period,
    share,
    why,
    written,
)

if TYPE_CHECKING:
    from retention_cli.results.impact import Hint, Impact, Replacing, Worth


def render(found: Impact) -> str:
    """Write the readings side by side, with what each assumes. Money is text, so that no reader rounds it."""
    return written(
        {
            "schema": "retention-impact/1",
            "period": period(found.period) if found.period else None,
            "retention": {"now": share(found.now), "then": share(found.then), "step": found.step},
            "customers": found.customers,
            "profit_per_customer": amount(found.profit),
            "discount_rate": share(found.discount_rate),
            "currency": found.currency,
            "readings": [reading(one) for one in found.readings],
            "leavers": leavers(found.leavers) if found.leavers else None,
            "replacing": _replacing(found.replacing) if found.replacing else None,
            "upsell": [_hint(one) for one in found.hints],
            "assumptions": list(found.assumptions),
            "reason": why(found.reason),
            "notes": list(found.notes),
            "data": data_of(found),
        }
    )


def reading(one: Worth) -> dict[str, float | str | None]:
    """Give one reading, field by field."""
    return {
        **fields(one, "reading formula"),
        "per_customer_now": amount(one.now),
        "per_customer_then": amount(one.then),
        "change": share(one.change),
        "all_now": amount(one.customers_now),
        "all_then": amount(one.customers_then),
        "leavers": amount(one.leavers),
    }


def _replacing(one: Replacing) -> dict[str, Any]:
    return {
        "acquisition_cost": amount(one.acquisition_cost),
        "replacing_customers": amount(one.by_customers),
        "revenue_lost": amount(one.revenue_lost),
        "revenue_per_new_customer": amount(one.revenue_of_new),
        "replacing_revenue": amount(one.by_revenue),
        "customers_kept": one.kept,
        "serving_kept": amount(one.serving_kept),
    }


def _hint(one: Hint) -> dict[str, Any]:
    return {
        **fields(one, "customer_id customer_name tier"),
        "product_lines": one.lines,
        "median_of_tier": float(one.median),
        "peers_buy": list(one.missing),
    }
