"""The sign of each amount where another column tells it: credits count below zero."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pyarrow.compute as pc

from retention_cli.mapping.cells.cells import Cells
from retention_cli.mapping.money.amounts import count, is_negative, is_positive, named, turned
from retention_cli.mapping.money.doubts import refuse_doubts, refuse_shares
from retention_cli.mapping.money.ledgers import refuse_unsigned_sides
from retention_cli.mapping.money.line_sums import refuse_line_sums
from retention_cli.mapping.money.long_rows import refuse_long
from retention_cli.mapping.money.marks import marks_of, told_marks
from retention_cli.mapping.money.numbered import refuse_credit_numbers
from retention_cli.mapping.money.running import refuse_running
from retention_cli.mapping.money.sums import refuse_sums
from retention_cli.mapping.money.told_by_text import (
    refuse_credits_by_text,
    refuse_mixed_tax,
    refuse_taxes_by_text,
)
from retention_cli.mapping.money.twins import refuse_twins
from retention_cli.mapping.money.undone import (
    referring,
    refuse_named_parts,
    refuse_undoing,
    refuse_undoing_numbers,
)
from retention_cli.mapping.plan import place_of
from retention_cli.settings import Recipe
from retention_cli.text.wording import rows_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from retention_cli.mapping.evidence import Source
    from retention_cli.mapping.money.case import Case
    from retention_cli.mapping.money.marks import Mark
    from retention_cli.mapping.money.statuses import Statuses
    from retention_cli.mapping.money.types import Types

_MONEY = ("amount", "cost")


def signed(
    case: Case, sources: Sequence[Source], types: Types | None, statuses: Statuses | None
) -> list[str]:
    """Give credits their sign, in the cells of a case; say what was taken for one, and why.

    Errors: AmbiguousColumnError where credits are not surely told, or some of them have a sign.
    """
    refuse_taxes_by_text(case)
    recipe = case.layout.sources.get("amount")
    if isinstance(recipe, Recipe) and recipe.as_it_stands:
        return []
    if isinstance(recipe, Recipe) and recipe.negative is not None:
        turn_as_told(case, recipe, sources)
        return []
    refuse_doubts(case)
    refuse_shares(case)
    refuse_long(case)
    refuse_line_sums(case)
    refuse_sums(case)
    refuse_twins(case)
    refuse_mixed_tax(case)
    refuse_running(case)
    if not (isinstance(recipe, Recipe) and recipe.charged):
        refuse_unsigned_sides(case)
    marks = list(marks_of(case, sources, types, statuses))
    if not marks:
        refuse_credit_numbers(case)
        refuse_undoing(case)
        refuse_credits_by_text(case)
        refuse_undoing_numbers(case)
        refuse_named_parts(case)
        return list(referring(case))
    credited = marks[0].mask
    for mark in marks[1:]:
        credited = pc.or_(credited, mark.mask)
    others = types.purchases if types is not None else pc.invert(credited)
    others = pc.and_(others, pc.invert(credited))
    if not _have_the_sign_of(case, case.amounts, credited, others, marks):
        return []
    for column in _MONEY:
        if column in case.cells:
            texts = case.cells[column].text
            if column == "amount" or _least_turned(texts, credited, others):
                case.cells[column] = Cells(turned(texts, credited))
    return list(_said(case, marks))


def turn_as_told(case: Case, recipe: Recipe, sources: Sequence[Source]) -> None:
    """Turn what a recipe says; a cost follows where its sign is not turned already."""
    told = recipe.negative or {}
    places = {
        header: place_of(case.sheet.headers, header, case.sheet.name) for header in told
    }  # fmt: skip
    for mark in told_marks(case, told, places, sources):
        others = pc.invert(mark.mask)
        for column in _MONEY:
            if column in case.cells:
                texts = case.cells[column].text
                if column == "amount" or _least_turned(texts, mark.mask, others):
                    case.cells[column] = Cells(turned(texts, mark.mask))


def _have_the_sign_of(
    case: Case, amounts: Any, credited: Any, others: Any, marks: Sequence[Mark]
) -> bool:
    """Say whether credits have the sign of what is billed, so that they are to be turned.

    Errors: AmbiguousColumnError where some have it and some have not.
    """
    usual, opposite = _signs_beside(amounts, others)
    same, turned_already = (count(pc.and_(credited, side(amounts))) for side in (usual, opposite))
    if not same:
        return False
    if not turned_already:
        return True
    whole = _whole_documents(case, amounts, credited, positive=usual is is_positive)
    if whole is not None:
        return whole
    words = {mark.header: mark.words for mark in marks}
    raise case.ask(
        "amount",
        f"'{marks[0].header}' has {named(word for mark in marks for word in mark.words)} in {rows_text(same + turned_already)}, and"
        f" {same:,} of their amounts have no sign, {turned_already:,} have one",
        "if the signs of all these rows are to be turned, write this",
        columns={"amount": case.amount(negative=words)},
    )


def _signs_beside(amounts: Any, others: Any) -> tuple[Any, Any]:
    """Give the test for the usual sign of what is billed, and that for the opposite one."""
    above, below = (count(pc.and_(others, side(amounts))) for side in (is_positive, is_negative))
    return (is_positive, is_negative) if above >= below else (is_negative, is_positive)


def _whole_documents(case: Case, amounts: Any, credited: Any, *, positive: bool) -> bool | None:
    """Judge credits by the sums of their lines; None where those have both signs too."""
    if "invoice_id" not in case.cells:
        return None
    ids, lines = case.cells["invoice_id"].text.filter(credited), amounts.filter(credited)
    sums: dict[object, Decimal] = {}
    for place, (one, text) in enumerate(zip(ids.to_pylist(), lines.to_pylist(), strict=True)):
        if text is not None and text.lstrip("-").replace(".", "", 1).isdecimal():
            key = place if one is None else one
            sums[key] = sums.get(key, Decimal(0)) + Decimal(text)
    signs = {found > 0 for found in sums.values() if found}
    return signs == {positive} if len(signs) == 1 else None


def _least_turned(texts: Any, credited: Any, others: Any) -> bool:
    """Say whether most costs of credits still have the sign of the other costs."""
    usual, opposite = _signs_beside(texts, others)
    return count(pc.and_(credited, usual(texts))) >= count(pc.and_(credited, opposite(texts)))


def _said(case: Case, marks: Sequence[Mark]) -> Iterator[str]:
    for mark in marks:
        yield (
            f"'{mark.header}' has {named(mark.words)} in {case.counted(mark.mask)}, and their amounts have no"
            f" sign: they are credits, and taken off; if they are not, write in retention.toml:"
            f" {mark.off}"
        )
