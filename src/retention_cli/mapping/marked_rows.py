"""Rows that somebody hid in a workbook, or struck through: said or asked about, and left out where the settings say so."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.errors import Choice, DataRefusedError
from retention_cli.findings.problems import Notice, Outcome, Problem
from retention_cli.mapping.place import Place
from retention_cli.mapping.preparing import Prepared
from retention_cli.text.wording import rows_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention_cli.reading.text import TextBatch, TextSheet
    from retention_cli.settings import ExportRule

STRUCK = "struck through"


def without_marked(ready: Prepared, rule: ExportRule | None, kind: str) -> Prepared:
    """Leave out rows that are hidden or struck through as the settings say; else say so, or ask.

    Errors: DataRefusedError for rows that are struck through, of which nothing is said.
    """
    for why, rows in ready.sheet.marked.items():
        marked = pa.array(sorted(rows), pa.int64())
        masks = [pc.is_in(batch.rows, value_set=marked) for batch in ready.sheet.batches]
        count = sum(pc.sum(mask).as_py() or 0 for mask in masks)
        key = "struck_rows" if why == STRUCK else "hidden_rows"
        told = getattr(rule, key, None)
        if not count or told == "keep":
            continue
        if told is not None:
            ready = _without(ready, masks, f'left out: {key} = "leave-out", and the row is {why}')
        elif why == STRUCK:
            raise _asked(ready.sheet, count, kind)
        else:
            sheet = ready.sheet
            ready = ready._replace(
                sheet=replace(sheet, remarks=(*sheet.remarks, _said(why, count)))
            )
    return ready


def _without(ready: Prepared, masks: Sequence[Any], because: str) -> Prepared:
    skipped: list[Problem] = []
    batches: list[TextBatch] = []
    for batch, gone in zip(ready.sheet.batches, masks, strict=True):
        rows = batch.rows.filter(gone).to_pylist()
        skipped += [Problem(row, "left-out", because, outcome=Outcome.SKIPPED) for row in rows]
        kept = batch.where(pc.invert(gone))
        batches += [kept] if len(kept.rows) else []
    return Prepared(replace(ready.sheet, batches=batches), (*ready.skipped, *skipped))


def _said(why: str, count: int) -> Notice:
    rows = "1 row is" if count == 1 else f"{count:,} rows are"
    said = f"{rows} {why}, and {'is' if count == 1 else 'are'} read like the others"
    key = 'hidden_rows = "leave-out" in their [[export]] leaves them out'
    return Notice("hidden-rows", f"{said}; {key}", count, brief=said)


def _asked(sheet: TextSheet, count: int, kind: str) -> DataRefusedError:
    head = Place(sheet.file, sheet.sheet).head(kind)
    out, keep = ((*head, f'struck_rows = "{word}"') for word in ("leave-out", "keep"))
    return DataRefusedError(
        f"{sheet.name}: {rows_text(count)} with text that is struck through: whether they still"
        " count is not known",
        'say it in retention.toml, or struck_rows = "keep" if they do:',
        snippet=out,
    ).offering(Choice("they are gone: leave them out", out), Choice("they count", keep))
