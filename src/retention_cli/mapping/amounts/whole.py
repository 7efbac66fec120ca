"""Two columns that may each be the amount, where one is what the other leaves or is a part of."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

import numpy as np

from retention_cli.mapping.amounts.net import named_amounts, net_by_proof
from retention_cli.mapping.amounts.other_numbers import numbers_of
from retention_cli.mapping.amounts.tax_headers import is_tax
from retention_cli.mapping.words.naming import Worded

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from retention_cli.mapping.headers import Matches
    from retention_cli.reading.text import TextSheet

_TWO = 2
_WHOLE = {"amount", "total", "sub", "net", "overall"}
_NO_SUMS = {"balance", "fee", "ship", "unit", "due", "cost", "margin"}
_NO_PARTS = {*_NO_SUMS, "paid", "gross", "net"}


def amount_by_proof(sheet: TextSheet) -> tuple[int, str] | None:
    """Find the amount of invoices that sums in every row prove: its place, and what proves it.

    Errors: AmbiguousColumnError where a column that is named as net has the tax in it.
    """
    worded = Worded.of(sheet.headers, sheet.held)
    matches = worded.matches("invoices")
    return net_by_proof(sheet, matches) or _whole(sheet, worded, matches)


def _whole(sheet: TextSheet, worded: Worded, matches: Matches) -> tuple[int, str] | None:
    """Find the amount that a discount leaves, or that two amounts add up to, in every row.

    Shape: nothing where tax stands beside them: it decides more.
    """
    if any(map(is_tax, sheet.headers)):
        return None
    named = named_amounts(matches)
    found = [*named, *(at for at in _sums(worded) if at not in named)]
    for at, less in _parts(worded, named):
        other = numbers_of(sheet, at) if less or len(named) == _TWO else None
        if other is None or not other.any():
            continue
        other = -np.abs(other) if less else other
        some = {one: numbers_of(sheet, one) for one in (found if less else named) if one != at}
        numbers = {one: column for one, column in some.items() if column is not None}
        for first, last in permutations(numbers, 2):
            if {first, last}.isdisjoint(named) or (last,) == named:
                continue
            if np.array_equal(numbers[first] + other, numbers[last]):
                said = (sheet.headers[one] for one in (first, at, last))
                words = "'{}' less '{}' is '{}'" if less else "'{}' and '{}' add up to '{}'"
                return last, words.format(*said)
    return None


def _parts(worded: Worded, named: Sequence[int]) -> Iterator[tuple[int, bool]]:
    """Give the columns that may be taken off an amount, or be a part of one, and whether taken off."""
    for at, said in worded.meant.items():
        less = "discount" in said.any and not said.any & {"percent", "rate"}
        if at not in named and (less or ("amount" in said.any and not said.any & _NO_PARTS)):
            yield at, less


def _sums(worded: Worded) -> Iterator[int]:
    """Give the columns that say that they are a whole amount."""
    for at, said in worded.meant.items():
        if said.any & _WHOLE and not said.any & _NO_SUMS:
            yield at
