"""First response time."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from retention_cli.kpis.registry import BY_SAMPLE, Group, kpi
from retention_cli.values.measures import Better, Unit

if TYPE_CHECKING:
    from retention_cli.kpis.ingredients.response_times import ResponseTimes
    from retention_cli.values.measures import Measure


@kpi(
    title="First response time",
    unit=Unit.SECONDS,
    better=Better.LOWER,
    group=Group.SERVICE,
    place=10,
    aliases=("frt", "response_time"),
    ratio=BY_SAMPLE,
)
def first_response_time(*, response_times: ResponseTimes) -> Measure:
    """Mean of the time to the first response, over tickets created in the period.

    Formula: sum of (first response - created) / answered tickets. Over the tickets
        created in the period that were answered.
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
        >>> figure("first_response_time", "2025-06", tickets=tickets).value
        Fraction(4500, 1)
    """
    seconds = response_times.seconds
    return response_times.measure(Fraction(int(seconds.sum()), len(seconds)))
