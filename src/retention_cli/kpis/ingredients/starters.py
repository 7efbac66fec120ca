"""The cohort of a period that somebody was in at its start: what shares of the starters rest on."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from retention_cli.kpis.ingredients.cohort import Cohort
    from retention_cli.values.measures import Measure


def starters(*, cohort: Cohort) -> Cohort | Measure:
    """Give the cohort.

    Undefined: (no-starters) where nobody was a customer at the start.
    Source: docs/definitions.md, "Retention and churn".
    """
    if not cohort.starters:
        return cohort.undefined("no-starters", "no customers at the start of the period")
    return cohort
