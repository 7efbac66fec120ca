"""Customer lifetime value."""

from __future__ import annotations

from fractions import Fraction
from math import prod

from retention_cli.kpis._invoices import without_repeats
from retention_cli.kpis.registry import Group, kpi
from retention_cli.values.measures import Better, Measure, Unit


@kpi(
    title="Customer lifetime value",
    unit=Unit.MONEY,
    better=Better.HIGHER,
    group=Group.VALUE,
    place=40,
    aliases=("ltv", "cltv", "lifetime_value", "customer_lifetime_value"),
    lowest=None,
)
def clv(
    *, average_purchase_value: Measure, purchase_frequency: Measure, customer_lifespan: Measure
) -> Measure:
    """Revenue that a customer brings from the first day to the last.

    Formula: average_purchase_value x purchase_frequency x customer_lifespan, rounded at output
        only.
    Unit: money per customer, in the currency of the purchase value.
    Edge cases: a product of averages over all customers is not the mean of each customer's own
        product (24.30 x 52 x 20 = 25,272 against 25,771.20 in the published Starbucks case). It
        is revenue; clv_margin is what remains after direct cost. Nothing is discounted.
    Errors: undefined where one of the three is, for the reason of the first; so also where nobody
        left (no-churn), unless lifespan_years is set.
    Source: docs/definitions.md, "Customer lifetime value".
    Example:
        >>> value = Measure.of(1_000_000, sample_size=100, currency="USD")  # 100.00
        >>> frequency = Measure.of(12, sample_size=100)
        >>> lifespan = Measure.of(Fraction(5, 3), sample_size=100)
        >>> clv(
        ...     average_purchase_value=value,
        ...     purchase_frequency=frequency,
        ...     customer_lifespan=lifespan,
        ... ).value  # 2,000.00
        Fraction(20000000, 1)
    """
    factors = (average_purchase_value, purchase_frequency, customer_lifespan)
    found = {name: part for factor in factors for name, part in factor.parts.items()}
    notes = without_repeats(note for factor in factors for note in factor.notes)
    n, basis = purchase_frequency.sample_size, purchase_frequency.basis
    for factor in factors:
        if factor.reason is not None:
            return Measure.undefined(
                factor.reason.code,
                factor.reason.message,
                found,
                hint=factor.reason.hint,
                sample_size=n,
                basis=basis,
                notes=notes,
            )
    return Measure.of(
        prod((Fraction(factor.value or 0) for factor in factors), start=Fraction(1)),
        found,
        sample_size=n,
        basis=basis,
        currency=average_purchase_value.currency,
        notes=notes,
    )
