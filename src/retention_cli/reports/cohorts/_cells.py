"""What the formats of cohorts share: a cell, value by value, as programs read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli.reports.words.machine import amount, fields, share

if TYPE_CHECKING:
    from retention_cli.results.cohorts import Cell, Cohort

Value = float | str | bool | None


def cell_row(cohort: Cohort, cell: Cell) -> dict[str, Value]:
    """Give one cell, and the shares it makes of its cohort."""
    return {
        **fields(cell, "age active"),
        "share": share(cohort.share(cell)),
        "revenue": amount(cell.revenue),
        "revenue_share": share(cohort.revenue_share(cell)),
        "unfinished": cell.unfinished,
    }
