"""Rows that were deleted, or are no tickets of their own, as a column says: they count, and that is said."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pyarrow.compute as pc

from retention_cli.mapping.by_cells import Shape
from retention_cli.mapping.headers import folded
from retention_cli.records.billing_statuses import BILLING, DRAFT, VOID
from retention_cli.records.document_types import CREDIT, DOCUMENTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retention_cli.mapping.words.naming import Worded

_NO_TICKETS = re.compile(
    "spam|junk|merged|duplicate|zusammengefuhrt|dublette|duplikat|fusionn|doublon|fusionad|combinad"
    "|duplicad|duplicat|unito|unit[ai]$|samengevoegd|dubbel|mesclad"
)
_MOST = 60
_BELOW_ZERO = r"\A[(]?-|-\z|\A\("


def counted(worded: Worded, kind: str, amount: int | None = None) -> Iterator[str]:
    """Say of rows of a kind that count though a column says that they are gone, or are no tickets.

    `amount` is where costs are: credits among them that are below zero are what they say.
    """
    samples = worded.samples
    signed = amount is not None and _any(samples.filled(amount), _BELOW_ZERO)
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
        if kind == "costs" and {"status", "type"} & said.any:
            words = pc.unique(samples.filled(at)).to_pylist()[:_MOST]
            gone = [word for word in words if BILLING.meaning(word) in {VOID, DRAFT}]
            gone += [w for w in words if not signed and DOCUMENTS.meaning(w) == CREDIT]
            if gone:
                named = " and ".join(f"'{word}'" for word in sorted({*gone}))
                yield f"costs whose '{worded.headers[at]}' is {named} count as the others do"


def _any(texts: Any, pattern: str) -> bool:
    return pc.any(pc.match_substring_regex(texts, pattern)).as_py() is True
