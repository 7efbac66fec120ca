"""The tickets resolved in a period."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli.kpis.ingredients.service import NO_RESOLUTIONS

if TYPE_CHECKING:
    from retention_cli.frames.frames import Frame
    from retention_cli.kpis.ingredients.service import Service
    from retention_cli.values.measures import Measure


def resolutions(*, service: Service) -> Frame | Measure:
    """Take the tickets resolved in the period.

    Undefined: (no-creation, no-resolution) where the export cannot tell which they are.
    Source: docs/definitions.md, "Service".
    """
    if service.resolved is None:
        return service.undefined(service.unresolved or NO_RESOLUTIONS)
    return service.resolved
