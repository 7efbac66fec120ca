"""What a later file of a kind no longer lists, though it brings an earlier one up to date."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow.compute as pc

from retention_cli.frames.columns import FILE
from retention_cli.settling.repeats import codes_of

if TYPE_CHECKING:
    import pyarrow as pa

    from retention_cli.records.base import Record
    from retention_cli.settling.versions import Files


def unlisted(table: pa.Table, model: type[Record], files: Files) -> tuple[int, ...]:
    """Count the ids that stay as a file has them, since no later file lists them.

    Shape: a number for each file: 0 where no later file has any of its ids, as of files that
        follow each other in time. Of rows with a day only those count whose day the later
        files reach back to, and only where these have most of them; a list of customers has all.
    """
    counts = [0] * len(files.columns)
    key = next(iter((*model.key, *model.line_of)), "")
    if key not in table.column_names or len(np.unique(files.ranks)) < 2:
        return tuple(counts)
    listed = table.filter(pc.is_valid(table[key]))
    ids = np.unique(codes_of(listed[key]), return_inverse=True)[1]
    ranks = files.ranks[listed[FILE].to_numpy()]
    last = np.full(int(ids.max(initial=0)) + 1, -1)
    np.maximum.at(last, ids, ranks)
    days = _days(listed, model)
    for place, rank in enumerate(files.ranks):
        mine = listed[FILE].to_numpy() == place
        gone = mine & (last[ids] == rank)
        if not (mine & ~gone).any():
            continue
        if days is not None:
            reached = days >= days[ranks > rank].min()
            gone &= reached
            # A later file that has few of the rows of these days is no list of all of them.
            if gone.sum() > (mine & reached & ~gone).sum():
                continue
        counts[place] = len(np.unique(ids[gone]))
    return tuple(counts)


def _days(table: pa.Table, model: type[Record]) -> np.ndarray | None:
    """Give the days of rows as numbers, where they have any; customers have spells instead."""
    there = [name for name in model.dated_by if name in table.column_names]
    return codes_of(table[there[0]]) if there and not model.is_spell else None
