"""Two columns that may each be the amount, where one is what the other leaves or is a part of."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

import numpy as np

from retention_cli.mapping.amounts.net import net_by_proof
from retention_cli.mapping.amounts.other_numbers import numbers_of
from retention_cli.mapping.amounts.tax_headers import is_tax
from retention_cli.mapping.words.naming import Worded

if TYPE_CHECKING:
    from retention_cli.mapping.headers import Matches
    from retention_cli.reading.text import TextSheet

_TWO = 2
_NO_PARTS = {"paid", "balance", "fee", "ship", "unit", "gross", "net", "due", "cost", "margin"}


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
    rivals = matches.rivals.get("amount", ())
    numbers = {at: one for at in rivals if (one := numbers_of(sheet, at)) is not None}
    if len(numbers) != _TWO or any(map(is_tax, sheet.headers)):
        return None
    for at, said in worded.meant.items():
        less = "discount" in said.any
        part = "amount" in said.any and not said.any & _NO_PARTS
        other = numbers_of(sheet, at) if at not in rivals and (less or part) else None
        if other is None or not other.any():
            continue
        other = -np.abs(other) if less else other
        for first, last in permutations(numbers):
            if np.array_equal(numbers[first] + other, numbers[last]):
                named = (sheet.headers[one] for one in (first, at, last))
                words = "'{}' less '{}' is '{}'" if less else "'{}' and '{}' add up to '{}'"
                return last, words.format(*named)
    return None
