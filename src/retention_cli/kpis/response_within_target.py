"""Responses within the target."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import narwhals.stable.v2 as nw

from retention_cli.frames.frames import has
from retention_cli.kpis.ingredients.service import (
    RESPONSE,
    answered,
    counted,
    without_zone,
    zone_unknown,
)
from retention_cli.kpis.registry import BY_SAMPLE, Group, kpi
from retention_cli.values.intervals import wilson
from retention_cli.values.measures import Better, Measure, Undefined, Unit

if TYPE_CHECKING:
    from retention_cli.frames.frames import Frame
    from retention_cli.kpis.ingredients.service import Service


@kpi(
    title="Responses within the target",
    unit=Unit.RATIO,
    better=Better.HIGHER,
    group=Group.SERVICE,
    place=45,
    aliases=("sla", "within_target"),
    highest=1,
    ratio=BY_SAMPLE,
)
def response_within_target(*, response_goal: int, service: Service, answerable: Frame) -> Measure:
    """Share of tickets created in the period that were answered within the target.

    Formula: answered within the target / tickets created in the period. The target is
        `response_target` of the settings.
    Unit: ratio, 0 to 1.
    Edge cases: unanswered tickets past the target are misses. Those that are not yet past it when
        the data end are left out, and counted in a note; so are all of them in an export without
        times. Exactly on the target is within it.
    Errors: undefined (no-response-target, no-creation, no-response-column, no-tickets,
        zone-unknown).
    Source: docs/definitions.md, "Service".
    Example:
        >>> from retention_cli.testing import figure
        >>> tickets = (
        ...     "ticket_id,created_at,first_response_at",
        ...     "1,2025-06-02T09:00:00,2025-06-02T09:30:00",
        ...     "2,2025-06-03T09:00:00,2025-06-03T11:00:00",
        ... )
        >>> figure("response_within_target", "2025-06", tickets=tickets, settings={"response_target": 3600}).value
        Fraction(1, 2)
    """
    lost = without_zone(service, answerable, RESPONSE)
    if lost is not None:
        return lost
    within = nw.col(RESPONSE) <= response_goal
    unanswered = ~answered(answerable)
    waiting, why = unanswered, "their waiting time is unknown"
    unknown = unanswered & nw.lit(value=False)
    if has(answerable, "waiting_seconds"):
        waiting = unanswered & (nw.col("waiting_seconds") <= response_goal)
        unknown = unanswered & nw.col("waiting_seconds").is_null()
        why = "not yet past the target"
    found = counted(
        answerable,
        "first_response_at",
        RESPONSE,
        within=within,
        still_waiting=waiting,
        unknown=unknown,
    )
    if unplaced := found.pop("unknown").total:
        return service.undefined(zone_unknown(unplaced))
    n = found["tickets"].total - found["still_waiting"].total
    hits, left_out = found["within"].total, found["still_waiting"].total
    if not n:
        none = f"all its tickets are unanswered, {why}" if left_out else "none was created in it"
        return service.undefined(Undefined("no-tickets", f"no tickets of the period: {none}"))
    notes = (f"unanswered tickets left out, {why}: {left_out}",)
    return Measure.of(
        Fraction(hits, n),
        found,
        sample_size=n,
        interval=wilson(hits, n),
        notes=notes if left_out else (),
        as_exported=service.as_exported,
    )
