"""Resolution time."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from retention_cli.frames.frames import has
from retention_cli.kpis.ingredients.service import (
    NO_RESOLUTIONS,
    RESOLUTION,
    counted,
    durations,
    without_zone,
)
from retention_cli.kpis.registry import BY_SAMPLE, Group, kpi
from retention_cli.values.measures import Better, Measure, Undefined, Unit

if TYPE_CHECKING:
    from retention_cli.frames.frames import Frame
    from retention_cli.kpis.ingredients.service import Service


@kpi(
    title="Resolution time",
    unit=Unit.SECONDS,
    better=Better.LOWER,
    group=Group.SERVICE,
    place=50,
    aliases=("ttr", "mttr", "time_to_resolution"),
    ratio=BY_SAMPLE,
)
def resolution_time(*, service: Service, resolutions: Frame) -> Measure:
    """Mean time from the creation of a ticket to its resolution.

    Formula: sum of (resolved - created) / tickets, over tickets resolved in the period.
    Unit: seconds; open seconds where business hours are set.
    Edge cases: a ticket counts in the period it was resolved in, whenever it was created.
        Durations given instead of stamps stay as exported. A ticket without a duration, where
        it is not known when it was created, is left out and counted in a note.
    Errors: undefined (no-resolution, no-creation, none-resolved, zone-unknown).
    Source: docs/definitions.md, "Service".
    Example:
        >>> from retention_cli.testing import figure
        >>> tickets = (
        ...     "ticket_id,created_at,resolved_at", "1,2025-05-31T10:00:00,2025-06-01T10:00:00",
        ... )
        >>> figure("resolution_time", "2025-06", tickets=tickets).value
        Fraction(86400, 1)
    """
    if not has(resolutions, RESOLUTION):
        return service.undefined(service.unplaced or NO_RESOLUTIONS)
    lost = without_zone(service, resolutions, RESOLUTION)
    if lost is not None:
        return lost
    seconds, resolved = durations(resolutions, RESOLUTION)
    unknown = counted(resolutions)["tickets"].total - len(seconds)
    if not len(seconds):
        return service.undefined(Undefined("none-resolved", "no ticket was resolved in the period"))
    return Measure.of(
        Fraction(int(seconds.sum()), len(seconds)),
        {"resolved": resolved},
        sample_size=len(seconds),
        notes=(f"tickets left out, resolved after an unknown time: {unknown}",) if unknown else (),
        as_exported=service.as_exported,
    )
