"""Lists of contracts: whose they are is said beside their ids, and one customer may have several."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow.compute as pc

from retention_cli.mapping.words.meaning import meaning as meaning_of
from retention_cli.mapping.words.meaning import words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from retention_cli.mapping.words.naming import Worded

_OF_CONTRACTS = {"contract", "order", "asset", "property", "vehicle"}
_OF_SOMEONE = {"customer", "email", "org"}
_OF_COMPANIES = {"org", "ledger"}
"""Whose contacts people are, where each row is one of them."""
_OF_OTHERS = {"product", "category", "agent", "staff", "vendor", "count", "parent", "referred"}
_SHARED = 5
"""Where one in so many ids or more has a customer of another, the ids are hardly those of customers."""
_A_GROUP = 6
"""What stands in more rows than so many is a sort of customers."""


def whose_contracts(worded: Worded, sources: Mapping[str, object]) -> Iterator[tuple[int, int]]:
    """Give the column of customers and that of ids, where ids may be those of contracts.

    Each row has an id of its own, and the same customer as another. A few customers may have the
    same name, unless the header says that the ids are of something else.
    """
    key, named = sources.get("customer_id"), sources.get("customer_name")
    if not isinstance(key, int) or not worded.samples.is_unique(key):
        return
    said = worded.meant[key].any if key in worded.meant else frozenset({"customer"})
    spoken = (meaning_of(word, worded.languages) for word in words_of(worded.headers[key]))
    people = "contact" in said or any("contact" in one.any for one in spoken)
    contracts = people or bool(said & _OF_CONTRACTS)
    if "customer" in said and not contracts:
        return
    someone = _OF_COMPANIES if people else _OF_SOMEONE
    shared: list[int] = []
    for at, meaning in worded.meant.items():
        free = at == named or at not in sources.values()
        of = meaning.any & someone or (at == named and not people)
        if not free or meaning.any & _OF_OTHERS or not of:
            continue
        cells = worded.samples.first(at)
        count = pc.count_distinct(cells).as_py()
        again = len(cells) - count
        if not again:
            return  # Each row is of somebody else.
        several = contracts or again * _SHARED >= len(cells)
        if several and not cells.null_count and count * _A_GROUP >= len(cells):
            shared.append(at)
    if shared:
        yield shared[0], key
