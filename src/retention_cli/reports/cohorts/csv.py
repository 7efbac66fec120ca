"""Cohorts as CSV: one row a cell, then one an age with the averages; RFC 4180."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli.reports.cohorts._cells import cell_row
from retention_cli.reports.words import as_csv
from retention_cli.reports.words.figures import reason_text
from retention_cli.reports.words.machine import share
from retention_cli.text.outputs import COHORTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retention_cli.results.cohorts import Cohorts


def render(found: Cohorts) -> str:
    """Write the cells; `average` stands where the others have the name of their cohort."""
    return as_csv.written(COHORTS, rows(found))


def rows(found: Cohorts) -> Iterator[dict[str, object]]:
    """Give the cells, then the averages, by column."""
    reasons = (found.reason, found.active_reason, found.revenue_reason)
    reason = "; ".join(reason_text(one) for one in reasons if one) or None
    if not found.cohorts:
        yield {"reason": reason}
    for one in found.cohorts:
        of_all = {"cohort": one.period.label, "size": one.size, "currency": found.currency}
        for cell in one.cells:
            row = {**cell_row(one, cell), "unfinished": "yes" if cell.unfinished else "no"}
            yield {**of_all, **row, "reason": reason}
    for line in found.average:
        shares = {"share": share(line.share), "revenue_share": share(line.revenue_share)}
        yield {"cohort": "average", "age": line.age, **shares, "unfinished": "no"}
