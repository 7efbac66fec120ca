"""Cells of workbooks without a value: where one is needed, its row is refused."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.findings.problems import Notice, Problem

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from retention_cli.findings.problems import Problem
    from retention_cli.reading.text import TextBatch, TextSheet


def without_faults(sheet: TextSheet, needed: Container[int]) -> TextSheet:
    """Take the rows out that have a fault in a column that is needed; others are only said."""
    if not sheet.faults:
        return sheet
    first: dict[int, Problem] = {}
    idle: dict[int, list[Problem]] = {}
    for fault in sheet.faults:
        if fault.place is None or fault.place in needed:
            first.setdefault(fault.row, fault)
        else:
            idle.setdefault(fault.place, []).append(fault)
    torn = tuple(fault._replace(raw=sheet.raw(fault.row)) for fault in first.values())
    rows = pa.array(sorted(first), pa.int64())
    kept = [_without(batch, rows) for batch in sheet.batches]
    return replace(
        sheet,
        batches=[batch for batch in kept if len(batch.rows)],
        torn=(*sheet.torn, *torn),
        remarks=(*sheet.remarks, *_remarks(sheet, idle)),
        faults=(),
    )


def _without(batch: TextBatch, rows: pa.Array) -> TextBatch:
    return batch.where(pc.invert(pc.is_in(batch.rows, rows)))


def _remarks(sheet: TextSheet, idle: dict[int, list[Problem]]) -> Iterator[Notice]:
    for place, faults in idle.items():
        header = sheet.headers[place] if place < len(sheet.headers) else ""
        more = f" and {len(faults) - 1:,} more like it" if len(faults) > 1 else ""
        yield Notice(
            "idle-fault",
            f"{faults[0].message}{more}, in '{header}', which is kept as it is",
            len(faults),
            column=header,
        )
