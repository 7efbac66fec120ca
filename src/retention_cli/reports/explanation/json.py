"""An explanation as JSON, schema `retention-explain/1`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli.reports.explanation._definition import as_json
from retention_cli.reports.scorecard.json import period
from retention_cli.reports.words.machine import data_of, written

if TYPE_CHECKING:
    from retention_cli.results.explanation import Explanation

SCHEMA = "retention-explain/1"


def render(found: Explanation) -> str:
    """Write an explanation as JSON."""
    return written(
        {
            "schema": SCHEMA,
            "period": period(found.period) if found.exports else None,
            "definition": as_json(found.definition) if found.definition else None,
            "figure": None,
            "members": {},
            "readings": [],
            "data": data_of(found),
        }
    )
