"""Cohorts as JSON, schema retention-cohorts/1."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli.reports.cohorts._cells import cell_row
from retention_cli.reports.words.machine import data_of, fields, share, why, written

if TYPE_CHECKING:
    from retention_cli.results.cohorts import Cohorts


def render(found: Cohorts) -> str:
    """Write cohorts, cell by cell, and the averages. Money is text, so that no reader rounds it."""
    reasons = fields(found, "reason active_reason revenue_reason")
    return written(
        {
            "schema": "retention-cohorts/1",
            "every": found.every,
            "cohorts": [
                {
                    "cohort": one.period.label,
                    "size": one.size,
                    "cells": [cell_row(one, cell) for cell in one.cells],
                }
                for one in found.cohorts
            ],
            "average": [
                {
                    "age": one.age,
                    "share": share(one.share),
                    "revenue_share": share(one.revenue_share),
                    "cohorts": one.cohorts,
                }
                for one in found.average
            ],
            **fields(found, "min_n currency basis"),
            **{name: why(reason) for name, reason in reasons.items()},
            "notes": list(found.notes),
            "data": data_of(found),
        }
    )
