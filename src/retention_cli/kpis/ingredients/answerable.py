"""The tickets created in a period, of an export that says which of them were answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli.frames.frames import Frame, has
from retention_cli.kpis.ingredients.service import NO_RESPONSES, RESPONSE

if TYPE_CHECKING:
    from retention_cli.kpis.ingredients.service import Service
    from retention_cli.values.measures import Measure


def answerable(*, service: Service) -> Frame | Measure:
    """Take the tickets created in the period.

    Undefined: (no-creation, no-response-column) where the export cannot tell which were answered.
    Source: docs/definitions.md, "Service".
    """
    if service.created is None:
        return service.undefined(service.unplaced or NO_RESPONSES)
    if not has(service.created, RESPONSE):
        return service.undefined(NO_RESPONSES)
    return service.created
