"""Invoices that are in a file in several versions: which rows are not of the last one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.mapping.plan import place_of

if TYPE_CHECKING:
    from retention_cli.mapping.money.case import Case

_VERSION = re.compile(
    r"(?i)[a-z. _-]{0,12}[0-9]+(?:[._-][0-9]+)*|[a-z]|[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9:.]+Z?"
)


def outdated(case: Case, place: int) -> Any | None:
    """Mark the rows of an invoice of which others have a higher version; None where none is marked."""
    if "invoice_id" not in case.cells:
        return None
    words = pc.dictionary_encode(case.words(place))
    if isinstance(words, pa.ChunkedArray):
        words = words.unify_dictionaries().combine_chunks()
    known = words.dictionary.to_pylist()
    if not known or not all(_VERSION.fullmatch(word) for word in known):
        return None
    order = {key: at for at, key in enumerate(sorted({_key(word) for word in known}), start=1)}
    ranks = np.array([*(order[_key(word)] for word in known), 0])
    rank = ranks[pc.fill_null(words.indices, len(known)).to_numpy(zero_copy_only=False)]
    ids = case.cells["invoice_id"].text
    table = pa.table({"id": ids, "rank": pa.array(rank)})
    highest = table.group_by("id").aggregate([("rank", "max")])
    at = pc.index_in(ids, value_set=highest["id"].combine_chunks())
    last = highest["rank_max"].combine_chunks().take(at)
    old = pc.and_(pc.is_valid(ids), pc.less(pa.array(rank), last))
    return old if pc.any(old).as_py() else None


def outdated_as_told(case: Case) -> Any | None:
    """Mark the rows that are not of the last version, where the settings say what a version is."""
    header = case.told_amount.last
    if header is None:
        return None
    return outdated(case, place_of(case.sheet.headers, header, case.sheet.name))


def _key(word: str) -> tuple[tuple[int, ...], str]:
    numbers = tuple(map(int, re.findall("[0-9]+", word)))
    return numbers, "" if numbers else word.casefold()
