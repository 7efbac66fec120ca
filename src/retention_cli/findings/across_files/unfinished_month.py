"""A last month that the data do not cover."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli.findings.problems import Notice
from retention_cli.values.coverage import days_with_events, reaches_past
from retention_cli.values.periods import Period

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retention_cli.findings.across_files._together import Together


def find(together: Together) -> Iterator[Notice]:
    """Find out whether the month of the latest date is over in the data."""
    as_of = together.latest_day
    days = days_with_events(together.tables, as_of=as_of)
    if not days:
        return
    month = Period.parse(f"{days[-1]:%Y-%m}")
    why = reaches_past(month, days, as_of=as_of)
    if why is None:
        return
    before = Period.month_before(days[-1]).label
    yield Notice(
        "unfinished-month",
        f"{month.label} is unfinished ({why}): its figures are shown, and not judged",
        1,
        kind="all",
        hint=f"take the month before: --period {before}",
    )
