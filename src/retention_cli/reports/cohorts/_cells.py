"""What the formats of cohorts share: a cell, value by value, as programs read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli.reports.words.numbers import machine
from retention_cli.values.measures import Unit

if TYPE_CHECKING:
    from fractions import Fraction

    from retention_cli.results.cohorts import Cell, Cohort

Value = float | str | bool | None


def cell_row(cohort: Cohort, cell: Cell) -> dict[str, Value]:
    """Give one cell, and the shares it makes of its cohort."""
    return {
        "age": cell.age,
        "active": cell.active,
        "share": ratio(cohort.share(cell)),
        "revenue": None if cell.revenue is None else machine(cell.revenue, Unit.MONEY),
        "revenue_share": ratio(cohort.revenue_share(cell)),
        "unfinished": cell.unfinished,
    }


def ratio(value: Fraction | None) -> float | str | None:
    """Write a ratio as programs read it."""
    return None if value is None else machine(value, Unit.RATIO)
