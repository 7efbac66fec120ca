"""Reopen rate."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import narwhals.stable.v2 as nw

from retention_cli.frames.frames import has
from retention_cli.kpis.ingredients.service import counted
from retention_cli.kpis.registry import BY_SAMPLE, Group, kpi
from retention_cli.values.intervals import wilson
from retention_cli.values.measures import Better, Measure, Undefined, Unit

if TYPE_CHECKING:
    from retention_cli.frames.frames import Frame
    from retention_cli.kpis.ingredients.service import Service

_AGAIN = nw.col("reopened") > 0

LACKS = {"no-reopen-column": "tickets.reopened"}


@kpi(
    title="Reopen rate",
    unit=Unit.RATIO,
    better=Better.LOWER,
    group=Group.SERVICE,
    place=70,
    aliases=("reopened",),
    highest=1,
    ratio=BY_SAMPLE,
)
def reopen_rate(*, service: Service, resolutions: Frame) -> Measure:
    """Share of the tickets resolved in the period that were reopened.

    Formula: tickets resolved in the period that were reopened / tickets resolved in the period.
    Unit: ratio, 0 to 1.
    Edge cases: a blank cell counts as not reopened.
    Errors: undefined (no-reopen-column, no-resolution, none-resolved).
    Source: docs/definitions.md, "Service".
    Example:
        >>> from retention_cli.testing import figure
        >>> tickets = ("ticket_id,resolved_at,reopened", "1,2025-06-02,1", "2,2025-06-02,0")
        >>> figure("reopen_rate", "2025-06", tickets=tickets).value
        Fraction(1, 2)
    """
    if not has(resolutions, "reopened"):
        reason = Undefined("no-reopen-column", "the tickets do not say whether they were reopened")
        return service.undefined(reason)
    found = counted(resolutions, "reopened", reopened=_AGAIN)
    n, again = found["tickets"].total, found["reopened"].total
    if not n:
        return service.undefined(Undefined("none-resolved", "no ticket was resolved in the period"))
    return Measure.of(
        Fraction(again, n),
        found,
        sample_size=n,
        interval=wilson(again, n),
        as_exported=service.as_exported,
    )
