"""First response time, 90th percentile."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from retention_cli.kpis.ingredients.service import quantile
from retention_cli.kpis.registry import Group, kpi
from retention_cli.values.measures import Better, Unit

if TYPE_CHECKING:
    from retention_cli.kpis.ingredients.response_times import ResponseTimes
    from retention_cli.values.measures import Measure


@kpi(
    title="First response time, 90th percentile",
    unit=Unit.SECONDS,
    better=Better.LOWER,
    group=Group.SERVICE,
    place=30,
    aliases=("frt_p90", "p90"),
    exempt={
        "twice_as_many_that_behave_alike_have_the_same_value": "the ranks that it lies between"
        " move apart"
    },
)
def first_response_p90(*, response_times: ResponseTimes) -> Measure:
    """90th percentile of the time to the first response, over tickets created in the period.

    Formula: the value at rank (n - 1) * 9/10 from 0 of the sorted times, linear between
        ranks. Over the tickets created in the period that were answered.
    Unit: seconds; open seconds where business hours are set.
    Edge cases: unanswered tickets are left out; `unanswered_tickets` counts them. Durations given
        instead of stamps stay as exported.
    Errors: undefined (no-creation, no-response-column, none-answered, zone-unknown).
    Source: docs/definitions.md, "Service".
    Example:
        >>> from retention_cli.testing import figure
        >>> tickets = (
        ...     "ticket_id,created_at,first_response_at",
        ...     "1,2025-06-02T09:00:00,2025-06-02T09:30:00",
        ...     "2,2025-06-03T09:00:00,2025-06-03T11:00:00",
        ... )
        >>> figure("first_response_p90", "2025-06", tickets=tickets).value
        Fraction(6660, 1)
    """
    return response_times.measure(quantile(response_times.seconds, Fraction(9, 10)))
