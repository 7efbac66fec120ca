"""Amounts that are running totals by what they prove: they grow from row to row, in the order of days."""

from __future__ import annotations

from math import lgamma
from typing import TYPE_CHECKING

import numpy as np

from retention_cli.mapping.amounts.once_per import codes_of
from retention_cli.mapping.money.twins import counting
from retention_cli.settings import Recipe

if TYPE_CHECKING:
    import numpy.typing as npt

    from retention_cli.mapping.money.case import Case

    Numbers = npt.NDArray[np.int64]

MOST_ROWS, _FEWEST = 1 << 14, 3
_BY_CHANCE = 10.5
"""The natural logarithm of how many orders there are, of which one grows throughout: 36,000."""
_STEP = 0.5
"""Steps of running totals are amounts themselves, about as large as the first ones; those of prices are small."""


def refuse_running(case: Case) -> None:
    """Ask about amounts that may be what was sold up to a row, of all customers or of its own.

    Errors: AmbiguousColumnError.
    """
    recipe = case.layout.sources.get("amount")
    if isinstance(recipe, Recipe) and recipe.as_it_stands:
        return
    count = min(case.rows, MOST_ROWS)
    day = next((one for one in case.layout.model.dated_by if one in case.cells), None)
    amounts = counting(case, count) if day and "amount" in case.cells else None
    if day is None or amounts is None or count < 2 * _FEWEST:
        return
    days = np.asarray(case.first(day, count).to_numpy(zero_copy_only=False), dtype=object)
    customer = next((one for one in ("customer_id", "customer_name") if one in case.cells), None)
    owners = codes_of(case.first(customer, count))[0] if customer else None
    for of, codes in (("all rows", np.zeros(count, np.int64)), ("a customer", owners)):
        if codes is not None and grow(codes, days, amounts):
            raise case.ask(
                f"amount ('{case.header('amount')}')",
                f"it grows in every row of {of}, in the order of '{case.header(day)}': it may be what"
                " was sold so far",
                "if so, export what was sold in each row; if it is of its row alone, write this",
                columns={"amount": case.as_it_stands},
            )


def grow(codes: Numbers, days: npt.NDArray[np.object_], amounts: Numbers) -> bool:
    """Say whether amounts of each group grow with its days, by steps as large as the first ones."""
    if (amounts <= 0).any():
        return False
    words, at = np.unique(days.astype(str), return_inverse=True)
    order = np.lexsort((amounts, at, codes))
    codes, at, amounts = codes[order], at[order], amounts[order]
    same = codes[1:] == codes[:-1]
    steps = np.diff(amounts)[same]
    later = (np.diff(at) > 0)[same]
    if not len(steps) or (steps <= 0).any() or len(words) < _FEWEST:
        return False
    if 2 * len(np.unique(steps)) <= len(steps):  # a series of numbers, as in an example
        return False
    first = amounts[np.flatnonzero(np.r_[True, ~same])]
    # Rows of one day may stand in any order, and prove nothing.
    days_of = np.bincount(codes[1:][same][later], minlength=1) + 1
    chance = sum(lgamma(int(count) + 1) for count in days_of if count > 1)
    return chance > _BY_CHANCE and bool(np.median(steps) >= _STEP * np.median(first))
