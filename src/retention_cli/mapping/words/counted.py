"""Rows that were deleted, or are no tickets of their own, as a column says: they count, and that is said."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pyarrow.compute as pc

from retention_cli.mapping.by_cells import Shape
from retention_cli.mapping.headers import folded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retention_cli.mapping.words.naming import Worded

_NO_TICKETS = re.compile(
    "spam|junk|merged|duplicate|zusammengefuhrt|dublette|duplikat|fusionn|doublon|fusionad|combinad"
    "|duplicad|duplicat|unito|unit[ai]$|samengevoegd|dubbel|mesclad"
)
_MOST = 60


def counted(worded: Worded, kind: str) -> Iterator[str]:
    """Say of rows of a kind that count though a column says that they are gone, or are no tickets."""
    samples = worded.samples
    for at, said in worded.meant.items():
        shape = samples.shape(at) if "deleted" in said.any else None
        flagged = shape is Shape.FLAGS
        if flagged or (shape is Shape.MOMENTS and kind != "customers"):
            yield f"'{worded.headers[at]}' is not read: deleted rows count as the others do"
        if kind == "tickets" and "status" in said.any:
            words = pc.unique(samples.filled(at)).to_pylist()
            gone = sorted(word for word in words if _NO_TICKETS.search(folded(word)))
            if gone and len(words) <= _MOST:
                named = " and ".join(f"'{word}'" for word in gone)
                yield f"'{worded.headers[at]}' is not read: tickets that are {named} count too"
