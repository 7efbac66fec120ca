"""What was refunded, in a column beside the amount: taken off, unless it is off already."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.mapping.cells.cells import Cells
from retention_cli.mapping.cells.numbers import DecimalMark, decide_mark, rewrite_numbers
from retention_cli.mapping.cells.recipes import subtracted
from retention_cli.mapping.headers import folded
from retention_cli.mapping.money.amounts import is_negative, is_positive, named, without_sign
from retention_cli.patterns import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from retention_cli.mapping.money.case import Case

_MOST_ROWS = 1_000
"""So many rows with a refund are enough to prove what an amount is."""
_NET_OF_RETURNS = lazy_pattern(
    "net.*(sales|revenue|proceeds|payment|received)|.*after(refund|return).*"
)
_NUMBER = lazy_pattern(r"-?[0-9]+(?:\.[0-9]+)?")


def taken_off(case: Case, refunds: Mapping[str, Cells]) -> list[str]:
    """Take what was refunded off the amounts of a case, and say so.

    Errors: AmbiguousColumnError where refunds have rows of their own too, or may be off already.
    """
    names = named(refunds)
    bare = [pc.coalesce(without_sign(one.text), "0") for one in refunds.values()]
    amounts = case.amounts
    left = subtracted([amounts, *bare])
    off = pc.fill_null(pc.not_equal(left, subtracted([amounts])), False)
    if not pc.any(off).as_py():
        return []
    if case.told_amount.less is not None:
        case.cells["amount"] = Cells(left)
        return []
    gross = _gross_of(case, amounts, bare, off)
    if gross is not None:
        off = f"[export.columns] amount = {case.amount(less=tuple(refunds))}"
        said = f"'{case.header('amount')}' is '{gross}' less {names}, and taken as it stands"
        return [f"{said}; if they are to be taken off it, write in retention.toml: {off}"]
    _refuse_doubtful(case, names, refunds, amounts, left, off)
    case.cells["amount"] = Cells(left)
    own = f"[export.columns] amount = {case.amount(less=())}"
    of = " times ".join(f"'{one}'" for one in case.factors)
    said = f"{names} is taken off {of} ({case.counted(off)} after it)"
    return [f"{said}; if it is off already, write in retention.toml: {own}"]


def _refuse_doubtful(  # both sides of a subtraction, and what it is named
    case: Case, names: str, refunds: Mapping[str, Cells], amounts: Any, left: Any, off: Any
) -> None:
    """Ask whether refunds are off already, where anything speaks for it."""
    header = case.header("amount")
    own_rows = pc.any(is_negative(amounts)).as_py()
    below = pc.and_(pc.and_(off, is_negative(left)), pc.invert(is_negative(amounts)))
    mixed = any(
        pc.any(is_negative(one.text)).as_py() and pc.any(is_positive(one.text)).as_py()
        for one in refunds.values()
    )
    if own_rows:
        why = f"has amounts below zero, and {names} beside them: refunds may be in both"
    elif pc.any(below).as_py():
        why = f"is less than {names} in {case.counted(below)} after it: it may be off already"
    elif any(_of_whole(case, one.text) for one in refunds.values()):
        why = f"has {names} beside it, the same on each row of an invoice: it may be of all of it"
    elif mixed:
        why = f"has {names} beside it with amounts of both signs"
    elif _NET_OF_RETURNS.fullmatch(folded(header)):
        why = f"may be without {names} already, as its name says"
    else:
        return
    taken = case.amount(less=tuple(refunds))
    raise case.ask(
        f"amount ('{header}')",
        why,
        f"if {names} is to be taken off, write amount = {taken}; if it is not, write this",
        columns={"amount": case.amount(less=())},
    )


def _of_whole(case: Case, refunds: Any) -> bool:
    """Say whether each invoice of several rows has one refund, which is on all of them."""
    if "invoice_id" not in case.cells:
        return False
    ids = case.cells["invoice_id"].text
    some = pc.and_(pc.is_valid(ids), pc.or_(is_positive(refunds), is_negative(refunds)))
    table = pa.table({"id": ids.filter(some), "refund": refunds.filter(some)})
    found = table.group_by("id").aggregate([("refund", "min"), ("refund", "max"), ("id", "count")])
    found = found.filter(pc.greater(found["id_count"], 1))
    if not len(found) or not pc.all(pc.equal(found["refund_min"], found["refund_max"])).as_py():
        return False
    rows = pc.sum(pc.is_in(ids, value_set=found["id"].combine_chunks())).as_py()
    return bool(rows == pc.sum(found["id_count"]).as_py())


def _gross_of(case: Case, amounts: Any, refunds: Sequence[Any], off: Any) -> str | None:
    """Give the column of which the amount is what is left without the refunds."""
    rows = [column.filter(off).slice(0, _MOST_ROWS).to_pylist() for column in (amounts, *refunds)]
    wanted = [
        sum((_number(text) or Decimal(0) for text in cells), Decimal(0))
        for cells in zip(*rows, strict=True)
    ]
    for header, place in case.layout.others.items():
        texts = case.words(place).filter(off).slice(0, _MOST_ROWS)
        mark = decide_mark(case.words(place)).mark or DecimalMark.POINT
        found = [_number(text) for text in rewrite_numbers(texts, mark).to_pylist()]
        if found == wanted:
            return header
    return None


def _number(text: str | None) -> Decimal | None:
    return Decimal(text) if text is not None and _NUMBER.fullmatch(text) else None
