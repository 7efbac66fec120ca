"""The worth of a step in retention as CSV: one row a reading, RFC 4180."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from retention_cli.reports.impact.json import reading
from retention_cli.reports.words import as_csv
from retention_cli.reports.words.machine import share, why
from retention_cli.text.outputs import IMPACT

if TYPE_CHECKING:
    from retention_cli.results.impact import Impact


def render(found: Impact) -> str:
    """Write the readings under their header."""
    return as_csv.written(IMPACT, rows(found))


def rows(found: Impact) -> list[dict[str, Any]]:
    """Give a row for each reading; what is assumed is the same for all, and in each row."""
    told = {
        "period": found.period.label if found.period else None,
        "retention_now": share(found.now),
        "retention_then": share(found.then),
        "currency": found.currency,
        "assumptions": "; ".join(found.assumptions),
        "reason": why(found.reason),
    }
    return [{**told, **reading(one)} for one in found.readings] or [told]
