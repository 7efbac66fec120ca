"""What the rows that are not used leave to be said of every figure that rests on who has left."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow.compute as pc

from retention_cli.findings.problems import Outcome
from retention_cli.loading.one_kind import UNLISTED
from retention_cli.records.customer_flags import ENDED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention_cli.findings.problems import Tally
    from retention_cli.loading.loaded_export import LoadedExport
    from retention_cli.reading.text import TextBatch


def customer_notes(parts: Sequence[LoadedExport], tally: Tally) -> tuple[str, ...]:
    """Say what is missing of the customers, given the files that they are from."""
    notes = []
    ends = sum(_rejected_ends(part) for part in parts)
    if ends:
        carry = "row carries" if ends == 1 else "rows carry"
        notes.append(f"{ends:,} rejected {carry} an end: who left by them is in no figure")
    gone = sum(
        one.count
        for one in tally.problems().notices
        if (one.kind, one.code) == ("customers", UNLISTED)
    )
    if gone:
        are = "customer is" if gone == 1 else "customers are"
        notes.append(f"{gone:,} {are} in no later list, and taken as the earlier list has them")
    return tuple(notes)


def _rejected_ends(part: LoadedExport) -> int:
    """Count the rejected rows that have an end, or a status that says so."""
    rejected = np.sort(part.rows(Outcome.REJECTED))
    left = np.ones(len(rejected), dtype=bool)
    count = 0
    for batch in part.text.batches if len(rejected) else ():
        places = rejected.searchsorted(batch.rows.to_numpy())
        ours = rejected.take(places, mode="clip") == batch.rows.to_numpy()
        count += int(np.count_nonzero(ours & _ends(batch)))
        left[places[ours]] = False
    place = part.text.layout.sources.get("end_date")
    # Torn rows are in no batch: what is in the place of the end is taken for one.
    raws = [*part.sheet.raws(rejected[left]).values(), *(torn.raw for torn in part.sheet.torn)]
    torn = (raw[place] for raw in raws if isinstance(place, int) and place < len(raw))
    return count + sum(bool(cell.strip()) for cell in torn)


def _ends(batch: TextBatch) -> np.ndarray:
    names = batch.columns.schema.names
    found = np.zeros(len(batch.rows), dtype=bool)
    if "end_date" in names:
        found |= np.asarray(pc.is_valid(batch.columns.column("end_date")))
    if "status" in names:
        ended = pc.fill_null(pc.equal(batch.columns.column("status"), ENDED), False)
        found |= np.asarray(ended)
    return found
