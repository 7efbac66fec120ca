"""Readings of customer lifetime value: by the lifespan, by the monthly churn, and discounted."""

from __future__ import annotations

from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING

from retention_cli.values.discounting import monthly
from retention_cli.values.measures import Measure, Part, Undefined, Unit
from retention_cli.values.readings import Reading

if TYPE_CHECKING:
    from retention_cli.values.measures import Number

KPIS = ("clv", "clv_margin")
_MONTHS = 12
_ASSUMED_DISCOUNT = Fraction(1, 10)
_BOUNDLESS = Undefined(
    "no-churn",
    "nobody left in the period, so the lifespan has no bound",
    "use a longer period",
)


def ours(
    *,
    clv: Measure,
    clv_margin: Measure | None = None,
    lifespan_years: Fraction | None = None,
    kpi: str = "clv",
) -> Reading:
    """Multiply the value of a purchase, their frequency and the lifespan."""
    span = "set: customer_lifespan" if lifespan_years else "measured: customer_lifespan"
    said = ["measured: average_purchase_value, purchase_frequency", span]
    if kpi == "clv" or clv_margin is None:
        return _said(clv, said)
    return _said(clv_margin, [*said, "measured: gross_margin"])


def by_monthly_churn(
    *, average_purchase_value: Measure, purchase_frequency: Measure, monthly_churn_rate: Measure
) -> Reading:
    """Divide the revenue of a customer and month by the churn of a month."""
    inputs = (average_purchase_value, purchase_frequency, monthly_churn_rate)
    if (lacking := _lacking(inputs)) is not None:
        return lacking
    if not monthly_churn_rate.value:
        return Reading.undefined(_BOUNDLESS)
    return _of(
        _a_month(average_purchase_value, purchase_frequency) / Fraction(monthly_churn_rate.value),
        inputs,
        {},
        ["measured: revenue_a_month, monthly_churn"],
    )


def margin_by_monthly_churn(
    *,
    average_purchase_value: Measure,
    purchase_frequency: Measure,
    monthly_churn_rate: Measure,
    gross_margin: Measure,
) -> Reading:
    """Divide the margin of a customer and month by the churn of a month."""
    inputs = (average_purchase_value, purchase_frequency, monthly_churn_rate, gross_margin)
    if (lacking := _lacking(inputs)) is not None:
        return lacking
    if not monthly_churn_rate.value:
        return Reading.undefined(_BOUNDLESS)
    margin = Fraction(gross_margin.value or 0)
    revenue = _a_month(average_purchase_value, purchase_frequency)
    return _of(
        revenue * margin / Fraction(monthly_churn_rate.value),
        inputs,
        {"margin": _share(margin)},
        ["measured: revenue_a_month, monthly_churn, margin"],
    )


def discounted(
    *,
    average_purchase_value: Measure,
    purchase_frequency: Measure,
    monthly_churn_rate: Measure,
    gross_margin: Measure,
    discount_rate: Fraction | None = None,
) -> Reading:
    """Discount the margins of all months to come: m r / (1 + d - r), each of a month."""
    inputs = (average_purchase_value, purchase_frequency, monthly_churn_rate, gross_margin)
    if (lacking := _lacking(inputs)) is not None:
        return lacking
    yearly = _ASSUMED_DISCOUNT if discount_rate is None else discount_rate
    margin = Fraction(gross_margin.value or 0)
    kept = 1 - Fraction(monthly_churn_rate.value or 0)
    m = _a_month(average_purchase_value, purchase_frequency) * margin
    value = present_value(m, kept, Fraction(monthly(float(yearly))))
    if value is None:
        return Reading.undefined(_BOUNDLESS)
    how = "assumed (discount_rate sets it)" if discount_rate is None else "set"
    return _of(
        value,
        inputs,
        {"margin": _share(margin), "discount_a_year": _share(yearly)},
        ["measured: revenue_a_month, monthly_churn, margin", f"{how}: discount_a_year"],
    )


def present_value(m: Fraction, kept: Fraction, discount: Fraction) -> Fraction | None:
    """Add up m of each period to come, of which a share is kept and as much is discounted.

    Undefined: None where nothing bounds the sum.
    Example:
        >>> round(present_value(Fraction(52416, 10), Fraction(3, 4), Fraction(1, 10)))
        11232
    """
    lost = 1 + discount - kept
    return m * kept / lost if lost else None


def _a_month(value: Measure, frequency: Measure) -> Fraction:
    return Fraction(value.value or 0) * Fraction(frequency.value or 0) / _MONTHS


def _share(value: Number) -> Part:
    exact = Fraction(value)
    return Part(exact.numerator, Unit.RATIO, per=exact.denominator)


def _lacking(inputs: tuple[Measure, ...]) -> Reading | None:
    lacking = next((one for one in inputs if one.reason is not None), None)
    return None if lacking is None else Reading(lacking)


def _of(
    value: Fraction, inputs: tuple[Measure, ...], parts: dict[str, Part], said: list[str]
) -> Reading:
    """Make a reading of the value, the frequency, the monthly churn and what else there is."""
    purchase, frequency, churn, *_ = inputs
    month = _a_month(purchase, frequency)
    found = {
        "revenue_a_month": Part(month.numerator, Unit.MONEY, per=month.denominator),
        "monthly_churn": _share(churn.value or 0),
        **parts,
    }
    n, currency = frequency.sample_size, purchase.currency
    return Reading.of(value, found, n=n, currency=currency, notes=tuple(said))


def _said(measure: Measure, said: list[str]) -> Reading:
    if measure.reason is not None:
        return Reading(measure)
    return Reading.of(
        measure.value or 0,
        measure.parts,
        n=measure.sample_size,
        currency=measure.currency,
        notes=tuple(said),
    )


READINGS = MappingProxyType(
    {
        "ours": ("value of a purchase x frequency x lifespan", ours),
        "by-monthly-churn": (
            "ChartMogul: revenue of a customer and month / churn",
            by_monthly_churn,
        ),
        "margin-by-monthly-churn": ("the same on margin", margin_by_monthly_churn),
        "discounted": ("textbooks, the margin discounted: m r / (1 + d - r)", discounted),
    }
)
