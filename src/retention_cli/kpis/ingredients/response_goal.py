"""The time within which a ticket is to be answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli.values.measures import Undefined

if TYPE_CHECKING:
    from retention_cli.kpis.ingredients.service import Service
    from retention_cli.values.measures import Measure

LACKS = {"no-response-target": "response_target in retention.toml"}


def response_goal(*, service: Service, response_target: int | None = None) -> int | Measure:
    """Take the target of the settings, in seconds.

    Undefined: (no-response-target) where none is set.
    Source: docs/definitions.md, "Service".
    """
    if response_target is None:
        reason = Undefined(
            "no-response-target", "no target is set", 'set response_target = "4h" in retention.toml'
        )
        return service.undefined(reason)
    return response_target
