"""Documents whose number is that of another with letters before or behind it, and whose amount is the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.frames.columns import as_text
from retention_cli.mapping.amounts.once_per import codes_of
from retention_cli.mapping.money.twins import counting
from retention_cli.reading.text import WHITE_SPACE

if TYPE_CHECKING:
    from retention_cli.mapping.money.case import Case

_FORMS = (
    r"\A(?P<affix>[A-Za-z]{1,12}[-_/. ]*)(?P<base>[0-9].*)\z",
    r"\A(?P<affix>[A-Za-z]{1,3}[-_/. ]+)(?P<base>.+)\z",
    r"\A(?P<base>.*[0-9])(?P<affix>[-_/. ]*[A-Za-z]{1,12})\z",
)
_SAMPLE = 1 << 14


def refuse_undoing_numbers(case: Case) -> None:
    """Ask about documents such as S-R1 beside R1, with the customer and the amount of the other.

    Errors: AmbiguousColumnError, where no type tells what they are.
    """
    told = "document_type" in case.cells
    if told or "invoice_id" not in case.cells or not case.rows:
        return
    for form in _FORMS:
        if _undoing(case, case.first("invoice_id", _SAMPLE), form) is None:
            continue
        ids = case.cells["invoice_id"].text
        undoing = _undoing(case, ids, form)
        if undoing is None:
            continue
        header = case.header("invoice_id")
        marked = pc.is_in(ids, value_set=undoing)
        first, words = ids.filter(marked)[0].as_py(), undoing.to_pylist()
        raise case.ask(
            f"amount ('{case.header('amount')}')",
            f"{case.counted(marked)} have a number such as '{first}' in '{header}', which is that of"
            " another with letters beside it, and the customer and the amount of this one",
            f"if every row counts, write amount = {case.as_it_stands}; if these are the same again,"
            f' leave_out = {{ "{header}" = ["{first}", …] }} leaves them out; if they take the others'
            " off, write this",
            columns={"amount": case.amount(negative={header: tuple(words)})},
        )


def refuse_referring(case: Case) -> None:
    """Ask about documents that name another one of the file which has what they add up to.

    Errors: AmbiguousColumnError.
    """
    if "invoice_id" not in case.cells or not case.rows:
        return
    for header, place in case.others.items():
        count = min(case.rows, _SAMPLE)
        if _refer(case, place, count) is not None and _refer(case, place, case.rows) is not None:
            marked = pc.is_valid(case.words(place))
            raise case.ask(
                f"amount ('{case.header('amount')}')",
                f"rows with any '{header}' add up to the documents that it names: {case.counted(marked)}",
                f"if every row counts, write amount = {case.as_it_stands}; if these are counted already,"
                " write this",
                leave_out={header: ["*"]},
            )


def _refer(case: Case, place: int, count: int) -> Any | None:
    """Mark the rows that name others with their sum; None where they do not add up to them."""
    ids = case.first("invoice_id", count)
    named = pc.utf8_trim(as_text(case.sheet.held(place)[:count]), WHITE_SPACE)
    marked = pc.is_in(named, value_set=pc.unique(ids).drop_null())
    others = pc.and_(marked, pc.fill_null(pc.not_equal(named, ids), False))
    if pc.sum(others).as_py() in {None, 0}:
        return None
    filled = pc.fill_null(pc.not_equal(named, ""), False)
    amounts = counting(case, len(ids))
    if amounts is None or not pc.all(pc.equal(filled, others)).as_py():
        return None
    both, _ = codes_of(pa.chunked_array([*_chunks(ids), *_chunks(named)]))
    own, theirs = both[: len(ids)], both[len(ids) :]
    rows = np.asarray(others)
    sums, parts = np.zeros((2, both.max(initial=0) + 1), np.int64)
    np.add.at(sums, own, amounts)
    np.add.at(parts, theirs[rows], amounts[rows])
    held = np.unique(theirs[rows])
    return others if (sums[held] == parts[held]).all() and parts[held].any() else None


def _chunks(texts: Any) -> list[pa.Array]:
    return [chunk.cast(pa.string()) for chunk in getattr(texts, "chunks", [texts])]


def _undoing(case: Case, ids: Any, form: str) -> pa.Array | None:
    """Give the numbers of documents that another one, whose number theirs is made of, has in its amount."""
    found = pc.extract_regex(ids, form)
    affix = pc.fill_null(pc.struct_field(found, "affix"), "")
    letters, _ = codes_of(affix)
    plain = pa.array(letters == np.bincount(letters).argmax())
    base = pc.coalesce(pc.struct_field(found, "base"), ids)
    amounts = None if pc.all(plain).as_py() else counting(case, len(ids))
    if amounts is None:
        return None
    bases = _whole(pc.if_else(plain, base, None))
    made = pc.is_in(base, value_set=bases, skip_nulls=True)
    rows = np.flatnonzero(np.asarray(pc.and_(made, pc.invert(plain))))
    codes, _ = codes_of(ids)
    sums = np.zeros(codes.max(initial=0) + 1, np.int64)
    np.add.at(sums, codes, amounts)
    others = np.asarray(pc.index_in(base.take(pa.array(rows)), value_set=bases))
    same = (sums[codes[rows]] == sums[codes[others]]) & (sums[codes[rows]] > 0)
    for column in ("customer_id", "customer_name"):
        if column in case.cells:
            who, _ = codes_of(case.first(column, len(ids)))
            same &= who[rows] == who[others]
    return _whole(pc.unique(ids.take(pa.array(rows[same])))) if same.any() else None


def _whole(texts: Any) -> pa.Array:
    return texts.combine_chunks() if isinstance(texts, pa.ChunkedArray) else texts
