"""Unanswered tickets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli.kpis.ingredients.service import (
    ANSWERED,
    NO_RESPONSES,
    counted,
    without_responses,
)
from retention_cli.kpis.registry import Group, kpi
from retention_cli.values.measures import Better, Measure, Unit

if TYPE_CHECKING:
    from retention_cli.kpis.ingredients.service import Service


@kpi(
    title="Unanswered tickets",
    unit=Unit.COUNT,
    better=Better.LOWER,
    group=Group.SERVICE,
    place=40,
    scales_with_period=True,
)
def unanswered_tickets(*, service: Service) -> Measure:
    """Tickets created in the period that have no first response.

    Formula: the number of tickets created in the period without a response.
    Unit: count.
    Edge cases: without tickets in the period it is 0. The sample is the tickets created.
    Errors: undefined (no-creation, no-response-column).
    Source: docs/definitions.md, "Service".
    Example:
        >>> from retention_cli.testing import service
        >>> found = service("2025-06", "1,2025-06-02T09:00:00,")
        >>> unanswered_tickets(service=found).value
        1
    """
    refusal = without_responses(service)
    if refusal is not None or service.created is None:
        return refusal or service.undefined(NO_RESPONSES)
    found = counted(service.created, unanswered=~ANSWERED)
    return Measure.of(
        found["unanswered"].total,
        found,
        sample_size=found["tickets"].total,
        as_exported=service.as_exported,
    )
