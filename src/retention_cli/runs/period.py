"""The period that a run is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli.values.periods import Period

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date


def chosen_period(period: Period | None, days: Sequence[date]) -> tuple[Period | None, list[str]]:
    """Take the period that was asked for, or the last full month before the latest date."""
    if period is not None or not days:
        return period, []
    latest = Period.month_before(days[-1])
    said = (
        f"the period is {latest.label}: the last full month before the latest date,"
        f" {days[-1]}; --period takes another"
    )
    return latest, [said]
