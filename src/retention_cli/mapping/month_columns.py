"""Columns of days whose cells may be months, and what is said of them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from retention_cli.mapping.cells.placeholders import without_words
from retention_cli.mapping.cells.year_months import first_days
from retention_cli.mapping.headers import folded
from retention_cli.records.base import Months, headers_of, mark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention_cli.mapping.cells.cells import Cells
    from retention_cli.mapping.evidence import Source
    from retention_cli.mapping.layout import Layout


def of_months(column: str, layout: Layout) -> bool:
    """Say whether a month alone is a day of a column: its first."""
    return mark(layout.model.model_fields[column], Months) is not None


def with_first_days(cells: Cells, column: str, layout: Layout) -> Cells:
    """Write months of a column as their first days."""
    faint = {folded(name) for name in headers_of(layout.model.model_fields[column]).faint}
    named = layout.aliases.get(column) in faint
    return cells.each(partial(first_days, of_months=named))


def months_said(sources: Sequence[Source], layout: Layout) -> list[str]:
    """Say which columns have months, as a period that begins inside one does not hold it."""
    return [
        f"'{source.header}' has months without a day: what is of a month is dated on its first day"
        for source in sources
        if of_months(source.column, layout) and _has_months(source, layout)
    ]


def _has_months(source: Source, layout: Layout) -> bool:
    held = without_words(source.held, source.form)
    return not with_first_days(held, source.column, layout).texts.equals(held.texts)
