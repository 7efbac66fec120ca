"""Columns that nothing reads, and whose cells look like days, money or ids: `check` names them."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pyarrow as pa

from retention_cli.mapping.cells.currencies import without_currency
from retention_cli.patterns import lazy_pattern
from retention_cli.reading.text import WHITE_SPACE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from retention_cli.findings.file_report import ColumnPlan
    from retention_cli.mapping.layout import Layout
    from retention_cli.reading.text import TextSheet

_SEEN = 1_000
_DAY = lazy_pattern(
    r"(?:[0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2}|[0-9]{1,2}[-/.][0-9]{1,2}[-/.](?:[0-9]{2}){1,2})"
    r"(?:[T ,].*)?"
)
_AMOUNT = lazy_pattern(r"[-(]?[0-9][0-9.,' ]*[.,][0-9]{2}\)?-?")
_PLAIN = lazy_pattern(r"[-(]?[0-9][0-9.,' ]*\)?-?")
_ID = lazy_pattern(
    r"(?:.*[^a-z])?(?:ids?|uuid|guid|key|no|nr|code)|.*(?:number|nummer|numero)|.*[a-z](?-i:I[Dd])",
    re.IGNORECASE,
)
_LEAST_IDS = 2


def with_looks(
    plans: Iterable[ColumnPlan], sheet: TextSheet, layout: Layout
) -> Iterator[ColumnPlan]:
    """Say of each column that is not one of ours what its cells look like, if like something."""
    for plan in plans:
        place = layout.others.get(plan.source) if plan.source == plan.column else None
        yield (
            plan
            if place is None
            else replace(plan, looks=looks_like(plan.source, _cells(sheet, place)))
        )


def looks_like(header: str, cells: list[str]) -> str | None:
    """Say whether cells look like dates, money or ids; ids are told by the header too.

    Example:
        >>> looks_like("Renewed", ["2025-06-01"]), looks_like("Fee", ["9.50", "12.00"])
        ('dates', 'money')
        >>> looks_like("Partner ID", ["P1", "P2"]), looks_like("Plan", ["Pro", "Basic"])
        ('ids', None)
    """
    if not cells:
        return None
    if all(_DAY.fullmatch(cell) for cell in cells):
        return "dates"
    bare = without_currency(pa.array(cells)).to_pylist()
    signed = all(
        one != cell and _PLAIN.fullmatch(one) for one, cell in zip(bare, cells, strict=True)
    )
    if signed or all(_AMOUNT.fullmatch(cell) for cell in cells):
        return "money"
    if len(cells) >= _LEAST_IDS and _ID.fullmatch(header.strip()) and len(set(cells)) == len(cells):
        return "ids"
    return None


def _cells(sheet: TextSheet, place: int) -> list[str]:
    """Give the first cells of a column that are filled."""
    if not sheet.batches:
        return []
    held = sheet.batches[0].columns.column(place).slice(0, _SEEN).to_pylist()
    return [cell.strip(WHITE_SPACE) for cell in held if cell and cell.strip(WHITE_SPACE)]
