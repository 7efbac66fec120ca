"""Reports in groups: a row that names those below it, and one of their total."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.findings.problems import Problem
from retention_cli.frames.columns import as_text
from retention_cli.reading.text import WHITE_SPACE, TextBatch

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention_cli.reading.text import TextSheet

_NAMES_ROWS = "names the rows below it"
_IS_A_TOTAL = "is the total of a group or of all"


def without_groups(sheet: TextSheet, name: str, totals: tuple[str, ...]) -> TextSheet:
    """Make a column of the rows that name groups, and set them and the totals aside.

    The column is put behind the others and has in each row the text of the group that it is in;
    a total that names its group ends it. Only a first column without a name holds groups.
    """
    if not sheet.batches or sheet.headers[0]:
        return sheet
    aside: list[Problem] = []
    batches = [_without_marks(batch, totals, aside) for batch in sheet.batches]
    torn = []
    for row in sheet.torn:
        if _is_lone_text(row.raw):
            aside.append(Problem(row.row, "group-row", _NAMES_ROWS, row.raw))
        else:
            torn.append(row)
    aside.sort(key=lambda row: row.row)
    starts, names = _groups(aside, totals)
    filled = [_with_group(batch, starts, names) for batch in batches if len(batch.rows)]
    return replace(
        sheet,
        headers=(*sheet.headers, name),
        made=1,
        batches=filled,
        torn=tuple(torn),
        aside=tuple(sorted((*sheet.aside, *aside), key=lambda row: row.row)),
    )


def _without_marks(batch: TextBatch, totals: tuple[str, ...], aside: list[Problem]) -> TextBatch:
    """Take out the rows that only the first cell makes: of groups, alone, and of totals."""
    first, *others = batch.columns.columns
    marked = pc.is_valid(first)
    if not pc.any(marked).as_py():
        return batch
    text = pc.fill_null(as_text(first), "")
    total = pa.array(np.zeros(len(text), bool))
    for start in totals:
        total = pc.or_(total, pc.starts_with(text, start))
    # Rows of data have a day or a type there, though users fill the names of groups in.
    if others:
        total = pc.and_(total, pc.is_null(others[0]))
    lone = marked
    for column in others:
        lone = pc.and_(lone, pc.is_null(column))
    for mask, code, message in (
        (lone, "group-row", _NAMES_ROWS),
        (pc.and_not(total, lone), "totals-row", _IS_A_TOTAL),
    ):
        for place in np.flatnonzero(np.asarray(mask)):
            row = batch.rows[int(place)].as_py()
            aside.append(Problem(row, code, message, batch.raw(int(place))))
    return batch.where(pc.invert(pc.or_(lone, total)))


def _groups(aside: Sequence[Problem], totals: tuple[str, ...]) -> tuple[np.ndarray, pa.Array]:
    """Give the row from which each group goes on, and its name; before the first there is none."""
    starts = [0]
    names: list[str | None] = [None]
    open_groups: list[str] = []
    for row in aside:
        text = row.raw[0].strip(WHITE_SPACE)
        if row.code == "group-row":
            open_groups.append(text)
        else:
            _end(open_groups, text, totals)
        starts.append(row.row)
        names.append(open_groups[-1] if open_groups else None)
    return np.array(starts), pa.array(names, pa.string())


def _end(open_groups: list[str], text: str, totals: tuple[str, ...]) -> None:
    ended = next((text[len(start) :] for start in totals if text.startswith(start)), "").strip()
    for depth in range(len(open_groups) - 1, -1, -1):
        if ended.startswith(open_groups[depth]):
            del open_groups[depth:]
            return
    if not ended:
        open_groups.clear()


def _with_group(batch: TextBatch, starts: np.ndarray, names: pa.Array) -> TextBatch:
    places = np.searchsorted(starts, batch.rows.to_numpy(), side="right") - 1
    first = as_text(batch.columns.column(0))
    group = pc.coalesce(first, names.take(pa.array(places)))
    columns = _and_one(batch.columns, group)
    typed = batch.typed and _and_one(batch.typed, pc.and_(pc.is_valid(first), False))
    return TextBatch(columns, batch.rows, typed)


def _and_one(columns: pa.RecordBatch, column: pa.Array) -> pa.RecordBatch:
    found = [*columns.columns, column]
    return pa.RecordBatch.from_arrays(found, names=[str(place) for place in range(len(found))])


def _is_lone_text(cells: Sequence[str]) -> bool:
    first, *others = cells
    return bool(first.strip(WHITE_SPACE)) and not any(cell.strip(WHITE_SPACE) for cell in others)
