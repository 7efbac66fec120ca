"""How often customers buy, against the length of a period."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from retention_cli.frames.frames import collect
from retention_cli.kpis.ingredients.cohort import FIRST
from retention_cli.values.measures import Undefined

if TYPE_CHECKING:
    import numpy.typing as npt

    from retention_cli.kpis.ingredients.cohort import Cohort
    from retention_cli.kpis.ingredients.purchase_days import PurchaseDays
    from retention_cli.values.periods import Period

LONGEST = Fraction(3, 2)
"""Of a period: a longer median gap means that customers are billed less often than that."""


class BillingGaps(NamedTuple):
    """The median number of days between purchases; None where nobody bought twice."""

    median: Fraction | None
    period_days: int

    @property
    def reason(self) -> Undefined | None:
        """Why revenue of the period cannot be held against that of the one before."""
        if self.median is None or self.median <= LONGEST * self.period_days:
            return None
        return Undefined(
            "billed-less-often",
            f"customers are billed less often than every {self.period_days} days:"
            f" every {float(self.median):g} days (median)",
            "use a longer period, such as a quarter or a year",
        )


def billing_gaps(*, cohort: Cohort, purchase_days: PurchaseDays, period: Period) -> BillingGaps:
    """Take the median of all gaps between consecutive purchase days of customers at the start.

    Formula: days from one day with a purchase to the customer's next, up to the end of the
        period; the middle one of all gaps, or the mean of the two in the middle.
    Source: docs/definitions.md, "Retention and churn".
    Example:
        >>> from retention_cli.kpis.ingredients.purchase_days import purchase_days
        >>> from retention_cli.values.periods import Period
        >>> from retention_cli.kpis.ingredients.cohort import cohort
        >>> from retention_cli.testing import frame, membership
        >>> lines = ("customer_id,invoice_date,amount", "ann,2024-01-10,9", "ann,2025-01-10,9")
        >>> february = Period.parse("2025-02")
        >>> days = purchase_days(invoices=frame("invoices", *lines), period=february)
        >>> people = cohort(membership=membership("ann 2024-01-01"), period=february)
        >>> billing_gaps(cohort=people, purchase_days=days, period=february).median
        Fraction(366, 1)
    """
    starters = collect(cohort.people.filter(FIRST).select("customer_id"))["customer_id"]
    wanted = purchase_days.among(starters.combine_chunks())
    customer, day = purchase_days.customer, purchase_days.day
    same = (customer[1:] == customer[:-1]) & wanted[customer[1:]]
    return BillingGaps(_median(np.diff(day)[same]), (period.end - period.start).days)


def _median(gaps: npt.NDArray[np.int64]) -> Fraction | None:
    if not len(gaps):
        return None
    lower, upper = (len(gaps) - 1) // 2, len(gaps) // 2
    ranked = np.partition(gaps, (lower, upper))
    return Fraction(int(ranked[lower]) + int(ranked[upper]), 2)
