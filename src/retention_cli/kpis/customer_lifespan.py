"""Expected customer lifespan."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from retention_cli.kpis.registry import Group, kpi
from retention_cli.values.measures import Better, Manner, Measure, Unit

if TYPE_CHECKING:
    from retention_cli.values.periods import Period

LACKS = {"no-churn": "lifespan_years in retention.toml"}


@kpi(
    title="Customer lifespan",
    unit=Unit.YEARS,
    better=Better.HIGHER,
    group=Group.VALUE,
    place=30,
    aliases=("lifespan", "lifetime"),
)
def customer_lifespan(
    *, churn_rate: Measure, period: Period, lifespan_years: Fraction | None = None
) -> Measure:
    """Years that a customer stays, if customers go on leaving as they did in the period.

    Formula: length of the period in years / churn rate of the period; or lifespan_years of the
        settings, where it is set. A note says which.
    Unit: years.
    Edge cases: churn of 5 % in a month gives 20 months, or 1 2/3 years.
    Errors: undefined where nobody left (no-churn): the lifespan has no bound; where the churn
        rate is; and where customers are taken as exported (no-period): their losses belong
        to no period. None of these where lifespan_years is set.
    Source: docs/definitions.md, "Customer lifetime value".
    Example:
        >>> from retention_cli.values.periods import Period
        >>> churn = Measure.of(Fraction(1, 20), sample_size=100)
        >>> customer_lifespan(churn_rate=churn, period=Period.parse("2025-06")).value
        Fraction(5, 3)
    """
    n = churn_rate.sample_size
    if lifespan_years is not None:
        return Measure.of(lifespan_years, sample_size=n, notes=(Manner("set by lifespan_years"),))
    why = _reason_against(churn_rate)
    if why is not None:
        code, message, hint = why
        return Measure.undefined(
            code,
            message,
            churn_rate.parts,
            hint=hint,
            sample_size=n,
            basis=churn_rate.basis,
            notes=churn_rate.notes,
        )
    return Measure.of(
        period.years / Fraction(churn_rate.value or 0),
        churn_rate.parts,
        sample_size=n,
        basis=churn_rate.basis,
        notes=(*churn_rate.notes, Manner("1 / churn rate of the period")),
    )


def _reason_against(churn_rate: Measure) -> tuple[str, str, str | None] | None:
    if churn_rate.reason is not None:
        return churn_rate.reason.code, churn_rate.reason.message, churn_rate.reason.hint
    if churn_rate.as_exported:
        return (
            "no-period",
            "the customers have no dates, so nobody knows how long they took to leave",
            "add start dates to the customers, or set lifespan_years in retention.toml",
        )
    if not churn_rate.value:
        return (
            "no-churn",
            "nobody left in the period, so the lifespan has no bound",
            "set lifespan_years in retention.toml or use a longer period",
        )
    return None
