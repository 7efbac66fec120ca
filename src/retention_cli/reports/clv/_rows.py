"""What the formats of lifetime values share: the fields in their order, and values as programs read them."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from retention_cli.reports.words.numbers import money

if TYPE_CHECKING:
    from retention_cli.results.lifetimes import Amount, Customer, Lifetimes

Cell = float | str | None


def amount(value: Amount | None) -> str | None:
    """Write an amount of money; what is not known is blank."""
    return None if value is None else money(Fraction(value))


def customer_row(one: Customer, found: Lifetimes) -> dict[str, Cell]:
    """Give one customer, field by field."""
    return {
        "customer_id": one.customer_id,
        "historic_value": amount(one.historic_value),
        "formula_value": amount(one.formula_value),
        "p_alive": one.p_alive,
        "expected_purchases": one.expected_purchases,
        "expected_value": amount(one.expected_value),
        "tier": one.tier,
        "customer_name": one.customer_name,
        "manager": one.manager,
        "formula_margin": amount(one.formula_margin),
        "expected_margin": amount(one.expected_margin),
        "days_silent": one.silent,
        "currency": found.currency,
        **_ends("p_alive", one.alive_range),
        **_ends("expected_purchases", one.purchases_range),
        **_ends("expected_value", one.value_range and tuple(map(amount, one.value_range))),
    }


def _ends(name: str, interval: tuple[Cell, ...] | None) -> dict[str, Cell]:
    low, high = interval or (None, None)
    return {f"{name}_low": low, f"{name}_high": high}
