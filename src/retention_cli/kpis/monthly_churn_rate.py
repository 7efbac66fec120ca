"""Churn rate of a month, from a period of any length."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from retention_cli.kpis.registry import Group, kpi
from retention_cli.values.measures import Better, Measure, Unit

if TYPE_CHECKING:
    from fractions import Fraction

    from retention_cli.values.periods import Period

LACKS = {"no-length": "customers.start_date"}


@kpi(
    title="Monthly churn rate",
    unit=Unit.RATIO,
    better=Better.LOWER,
    group=Group.RETENTION,
    place=30,
    aliases=("monthly_churn", "mcr"),
    always_per="month",
    highest=1,
)
def monthly_churn_rate(*, churn_rate: Measure, period: Period) -> Measure:
    """Monthly churn that adds up, compounded, to the churn of the period.

    Formula: 1 - (1 - churn_rate)^(1/m), with m the months of the period: calendar months if it
        runs from a first to a last day of a month, else days / 30.436875.
    Unit: ratio, 0 to 1. Exact where m is 1, else a float: a root is not a fraction.
    Edge cases: compounding, not division: 15 % in a quarter is 5.27 % a month, not 5 %. The
        interval is that of the churn rate, taken to the same power.
    Errors: undefined as churn_rate is; (no-length) where the export has no dates, so that
        its churn belongs to no length of time.
    Source: docs/definitions.md, "Retention and churn".
    Example:
        >>> from fractions import Fraction
        >>> from retention_cli.values.periods import Period
        >>> quarter = Measure.of(Fraction(15, 100), sample_size=1000)
        >>> found = monthly_churn_rate(churn_rate=quarter, period=Period.parse("2025-Q2"))
        >>> round(found.value, 4)
        0.0527
    """
    if churn_rate.value is None:
        return churn_rate
    if churn_rate.as_exported:
        return Measure.undefined(
            "no-length",
            "the customers have no dates, so their churn belongs to no length of time",
            churn_rate.parts,
            hint="add a start_date and an end_date to the customer export",
            basis=churn_rate.basis,
            notes=churn_rate.notes,
            as_exported=True,
        )
    if period.months == 1:
        return churn_rate
    return replace(
        churn_rate,
        value=_per_month(churn_rate.value, period.months),
        interval=churn_rate.interval and _ends_per_month(churn_rate.interval, period.months),
        notes=(*churn_rate.notes, *_length_note(period)),
    )


def _per_month(churn: Fraction | float, months: Fraction) -> float:
    kept: float = float(1 - churn) ** float(1 / months)
    return 1 - kept


def _ends_per_month(interval: tuple[float, float], months: Fraction) -> tuple[float, float]:
    low, high = interval
    return _per_month(low, months), _per_month(high, months)


def _length_note(period: Period) -> tuple[str, ...]:
    if period.whole_months is not None:
        return ()
    days = (period.end - period.start).days
    return (f"{days} days are taken as {float(period.months):.2f} months",)
