"""Ledgers in which an amount is beside its debit and its credit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow.compute as pc

from retention_cli.mapping.money.amounts import is_negative, is_positive
from retention_cli.mapping.money.asking import recipe_text
from retention_cli.mapping.money.two_sides import charged_headers
from retention_cli.settings import Recipe

if TYPE_CHECKING:
    from retention_cli.mapping.money.case import Case

_NO_NUMBER = r"\A[^1-9]*\z"


def refuse_unsigned_sides(case: Case) -> None:
    """Ask where an amount is beside its debit and its credit, and has the sign of neither.

    Errors: AmbiguousColumnError with the recipe that takes the difference.
    """
    pair = charged_headers(list(case.layout.others))
    if pair is None:
        return
    debit, credit = (_filled(case, header) for header in pair)
    charged, credited = pc.and_not(debit, credit), pc.and_not(credit, debit)
    for sign in (is_positive, is_negative):
        both = [pc.any(pc.and_(side, sign(case.amounts))).as_py() for side in (charged, credited)]
        if all(both):
            raise case.ask(
                f"amount ('{case.header('amount')}')",
                f"has no sign, and is beside '{pair[0]}' and '{pair[1]}'",
                "if the difference of these two is the amount, write this",
                columns={"amount": recipe_text(Recipe(charged=pair))},
            )


def _filled(case: Case, header: str) -> Any:
    """Mark the rows that have a number other than 0 in a column."""
    words = case.words(case.layout.others[header])
    return pc.invert(pc.fill_null(pc.match_substring_regex(words, _NO_NUMBER), True))
