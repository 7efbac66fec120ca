"""Rejected and skipped rows that would be rows of a period, were they sound."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from retention_cli.mapping.cells.dates import DateOrder, rewrite_dates

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from retention_cli.findings.problems import Problem
    from retention_cli.loading.loaded_export import LoadedExport
    from retention_cli.values.periods import Period

_ELSEWHERE = {"equal-row", "exported-twice", "updated-later"}
"""The codes of rows that are left out because another row of the same thing counts."""


def left_out_of(
    parts: Sequence[LoadedExport], kinds: Collection[str], period: Period | None
) -> Iterator[Problem]:
    """Find the rows not used of some kinds, but those that are plainly of another period.

    A row whose date cannot be read may be one of the period; a spell is, unless it ends before
    the period or starts after it.
    """
    for part in parts:
        if part.kind in kinds:
            for problem in part.problems:
                if problem.code not in _ELSEWHERE and _may_be_of(part, problem, period):
                    yield problem


def rows_with_id(parts: Sequence[LoadedExport], ids: Collection[str]) -> Iterator[Problem]:
    """Find the rows not used that bear an id of a customer, as it is written."""
    for part in parts:
        for problem in part.problems:
            if (_cell(part, problem, "customer_id") or "").strip() in ids:
                yield problem


def _may_be_of(part: LoadedExport, problem: Problem, period: Period | None) -> bool:
    if period is None:
        return True
    first, last = str(period.previous().start), str(period.last_day)
    if part.model.is_spell:
        start, end = (_day(part, problem, name) for name in ("start_date", "end_date"))
        return not ((start and start > last) or (end and end < first))
    days = [_day(part, problem, name) for name in part.model.dated_by]
    known = [day for day in days if day]
    return not known or any(first <= day <= last for day in known)


def _day(part: LoadedExport, problem: Problem, column: str) -> str | None:
    """Read a date as the column of its file is read; None where there is none to be read."""
    cell = _cell(part, problem, column)
    if not cell:
        return None
    formats = {plan.column: plan.format for plan in part.text.plans}
    order = formats.get(column)
    written = rewrite_dates(
        pa.array([cell]), DateOrder(order) if order in set(DateOrder) else None
    )[0].as_py()
    return written[:10] if written != cell or written[:4].isdecimal() else None


def _cell(part: LoadedExport, problem: Problem, column: str) -> str | None:
    place = part.text.layout.sources.get(column)
    if not isinstance(place, int) or place >= len(problem.raw):
        return None
    return problem.raw[place]
