"""Customer lifetime value on margin."""

from __future__ import annotations

from fractions import Fraction

from retention_cli.kpis.registry import Group, kpi
from retention_cli.values.measures import Better, Measure, Unit


@kpi(
    title="Customer lifetime value on margin",
    unit=Unit.MONEY,
    better=Better.HIGHER,
    group=Group.VALUE,
    place=50,
    aliases=("ltv_on_margin", "margin_clv"),
    lowest=None,
)
def clv_margin(*, clv: Measure, gross_margin: Measure) -> Measure:
    """Value that a customer brings over its lifespan, after direct cost.

    Formula: clv * gross_margin of the same invoices.
    Unit: money.
    Edge cases: those of `clv` and `gross_margin`.
    Errors: undefined where one of the two is, for its reason.
    Source: docs/definitions.md, "Customer lifetime value".
    Example:
        >>> value = Measure.of(Fraction(20_000_000), sample_size=100, currency="USD")
        >>> clv_margin(clv=value, gross_margin=Measure.of(Fraction(1, 4), sample_size=9)).value
        Fraction(5000000, 1)
    """
    for factor in (clv, gross_margin):
        if factor.reason is not None:
            why = factor.reason
            return Measure.undefined(
                why.code,
                why.message,
                clv.parts,
                hint=why.hint,
                sample_size=clv.sample_size,
                basis=factor.basis,
                notes=factor.notes,
            )
    return Measure.of(
        Fraction(clv.value or 0) * Fraction(gross_margin.value or 0),
        clv.parts,
        sample_size=clv.sample_size,
        basis=clv.basis,
        currency=clv.currency,
        notes=tuple(dict.fromkeys((*clv.notes, *gross_margin.notes))),
    )
