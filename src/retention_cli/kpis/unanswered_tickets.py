"""Unanswered tickets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli.kpis.ingredients.service import (
    answered,
    counted,
)
from retention_cli.kpis.registry import Group, kpi
from retention_cli.values.measures import Better, Measure, Unit

if TYPE_CHECKING:
    from retention_cli.frames.frames import Frame
    from retention_cli.kpis.ingredients.service import Service


@kpi(
    title="Unanswered tickets",
    unit=Unit.COUNT,
    better=Better.LOWER,
    group=Group.SERVICE,
    place=40,
    aliases=("unanswered", "backlog"),
    scales_with_period=True,
)
def unanswered_tickets(*, service: Service, answerable: Frame) -> Measure:
    """Tickets created in the period that have no first response.

    Formula: the number of tickets created in the period without a response.
    Unit: count.
    Edge cases: without tickets in the period it is 0. The sample is the tickets created.
    Errors: undefined (no-creation, no-response-column).
    Source: docs/definitions.md, "Service".
    Example:
        >>> from retention_cli.testing import figure
        >>> tickets = ("ticket_id,created_at,first_response_at", "1,2025-06-02T09:00:00,")
        >>> figure("unanswered_tickets", "2025-06", tickets=tickets).value
        1
    """
    found = counted(answerable, "first_response_at", unanswered=~answered(answerable))
    return Measure.of(
        found["unanswered"].total,
        found,
        sample_size=found["tickets"].total,
        as_exported=service.as_exported,
    )
