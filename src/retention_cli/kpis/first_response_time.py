"""First response time."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from retention_cli.kpis.ingredients.service import responses
from retention_cli.kpis.registry import Group, kpi
from retention_cli.values.measures import Better, Measure, Unit

if TYPE_CHECKING:
    from retention_cli.kpis.ingredients.service import Service


@kpi(
    title="First response time",
    unit=Unit.SECONDS,
    better=Better.LOWER,
    group=Group.SERVICE,
    place=10,
)
def first_response_time(*, service: Service) -> Measure:
    """Mean of the time to the first response, over tickets created in the period.

    Formula: sum of (first response - created) / answered tickets. Over the tickets
        created in the period that were answered.
    Unit: seconds; open seconds where business hours are set.
    Edge cases: unanswered tickets are in none of it; `unanswered_tickets` counts them. Durations
        given instead of stamps stay as exported.
    Errors: undefined (no-creation, no-response-column, none-answered).
    Source: docs/definitions.md, "Service".
    Example:
        >>> from retention_cli.testing import service
        >>> found = service(
        ...     "2025-06",
        ...     "1,2025-06-02T09:00:00,2025-06-02T09:30:00",
        ...     "2,2025-06-03T09:00:00,2025-06-03T11:00:00",
        ... )
        >>> first_response_time(service=found).value
        Fraction(4500, 1)
    """
    refusal, seconds, answered = responses(service)
    if refusal is not None:
        return refusal
    return Measure.of(
        Fraction(int(seconds.sum()), len(seconds)),
        {"answered": answered},
        sample_size=answered.total,
        as_exported=service.as_exported,
    )
