"""How long the tickets created in a period waited for their first response."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from retention_cli.kpis.ingredients.service import RESPONSE, durations, without_zone
from retention_cli.values.measures import Measure, Undefined

if TYPE_CHECKING:
    from fractions import Fraction

    from retention_cli.frames.frames import Frame
    from retention_cli.kpis.ingredients.service import Seconds, Service
    from retention_cli.values.measures import Part


class ResponseTimes(NamedTuple):
    """The sorted times to the first response, one at least, and the tickets answered."""

    seconds: Seconds
    answered: Part
    as_exported: bool

    def measure(self, value: Fraction) -> Measure:
        """Answer with a figure of these times."""
        return Measure.of(
            value,
            {"answered": self.answered},
            sample_size=self.answered.total,
            as_exported=self.as_exported,
        )


def response_times(*, service: Service, answerable: Frame) -> ResponseTimes | Measure:
    """Take the known times to the first response, over tickets created in the period.

    Undefined: (none-answered) without one; (zone-unknown) where some are not known.
    Source: docs/definitions.md, "Service".
    """
    lost = without_zone(service, answerable, RESPONSE)
    if lost is not None:
        return lost
    seconds, answered = durations(answerable, RESPONSE)
    if not len(seconds):
        reason = Undefined("none-answered", "no ticket created in the period was answered")
        return service.undefined(reason)
    return ResponseTimes(seconds, answered, service.as_exported)
