"""Rows of an invoice that are the sum of its others, and journals whose invoices add up to nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.mapping.amounts.once_per import codes_of
from retention_cli.mapping.amounts.other_numbers import millionths
from retention_cli.mapping.cells.known_words import told
from retention_cli.mapping.money.case import OTHERS, distinct
from retention_cli.mapping.money.finding import words_of
from retention_cli.mapping.money.sums import journal
from retention_cli.records.document_types import INVOICE, OTHER
from retention_cli.text.toml_text import quoted

if TYPE_CHECKING:
    import numpy.typing as npt

    from retention_cli.mapping.money.case import Case

_SURE, _FEWEST = 3, 2
_SAMPLE = 1 << 14
_SUMS = {word for sort in ("heads", "totals") for word in told("sums")[sort].split()} | {""}
"""What rows are called that sum up others, or nothing where the others are called something."""


class _Several(NamedTuple):
    """The rows of invoices that have several, with the sums of these.

    Shape: `sums` has for each of the `rows` what the rows of its invoice add up to, `size` how many
        these are; `invoices` how many invoices have more than two rows.
    """

    rows: npt.NDArray[np.int64]
    amounts: npt.NDArray[np.int64]
    codes: npt.NDArray[np.int64]
    sums: npt.NDArray[np.int64]
    size: npt.NDArray[np.int64]


def refuse_line_sums(case: Case) -> None:
    """Ask about invoices of which one row is the sum of the others, and about journals.

    Errors: AmbiguousColumnError, where this holds for each invoice that has several rows.
    """
    if "document_type" in case.cells or "invoice_id" not in case.cells:
        return
    ids = case.cells["invoice_id"].text
    if len(ids) > _SAMPLE and not _may_add_up(ids[:_SAMPLE], case.amounts[:_SAMPLE]):
        return
    amounts = millionths(case.amounts)
    found = None if amounts is None else _several(ids, amounts)
    if found is None:
        return
    if len(found.rows) == case.rows and not found.sums.any() and found.amounts.any():
        raise journal(case, "rows of each invoice add up to 0")
    halves = (2 * found.amounts == found.sums) & (found.amounts != 0)
    if len(np.unique(found.codes[halves])) < len(np.unique(found.codes)):
        return
    invoices = len(np.unique(found.codes[found.size > _FEWEST]))
    for header, place in case.layout.others_and_quantity(case.sheet.headers).items():
        told = _word_of_sums(case, place, found, halves, invoices) if invoices else None
        if told is not None:
            raise _question(case, header, *told)
    alone = halves & (found.size > _FEWEST)
    if invoices >= _SURE and np.count_nonzero(alone) == invoices:
        raise _question(case, None, "", found.rows[alone])


def _may_add_up(ids: Any, texts: Any) -> bool:
    """Say whether it holds for the first invoices of a long file, but for the one that is cut off."""
    whole = pc.not_equal(ids, ids[-1])
    amounts = millionths(texts.filter(whole))
    found = None if amounts is None else _several(ids.filter(whole), amounts)
    if found is None:
        return False
    halves = np.unique(found.codes[2 * found.amounts == found.sums])
    return len(halves) == len(np.unique(found.codes)) or not found.sums.any()


def _several(ids: Any, amounts: npt.NDArray[np.int64]) -> _Several | None:
    codes, known = codes_of(ids)
    count = np.bincount(codes[known], minlength=codes.max(initial=0) + 1)
    rows = np.flatnonzero(known & (count[codes] > 1))
    if not len(rows):
        return None
    sums = np.zeros(len(count), np.int64)
    np.add.at(sums, codes[rows], amounts[rows])
    return _Several(rows, amounts[rows], codes[rows], sums[codes[rows]], count[codes[rows]])


def _word_of_sums(
    case: Case, place: int, found: _Several, halves: npt.NDArray[np.bool_], invoices: int
) -> tuple[str, npt.NDArray[np.int64]] | None:
    """Give the one word of a column that each sum has, and no other row of the file, and their places.

    Shape: blank is the empty text.
    """
    if len(words_of(case.sheet, place)) == 0:
        return None
    all_words = pc.fill_null(case.words(place), "")
    words = all_words.take(pa.array(found.rows))
    for word in distinct(words.filter(pa.array(halves))):
        named = np.asarray(pc.equal(words, word))
        each = np.unique(found.codes[named & halves], return_counts=True)[1]
        if (
            pc.sum(pc.equal(all_words, word)).as_py() == np.count_nonzero(named & halves)
            and len(each) == len(np.unique(found.codes))
            and (each == 1).all()
            and (invoices >= _FEWEST or word.casefold() in _SUMS)
        ):
            return word, found.rows[named & halves]
    return None


def _question(case: Case, header: str | None, word: str, rows: npt.NDArray[np.int64]) -> Exception:
    marked = np.zeros(case.rows, np.bool_)
    marked[rows] = True
    which = (
        f" ('{word}' in '{header}')"
        if header and word
        else f" (blank in '{header}')"
        if header
        else ""
    )
    counted = case.counted(pa.array(marked))
    why = f"one row of each invoice{which} is the sum of its others: {counted}"
    where = f"amount ('{case.header('amount')}')"
    own = f"if every row counts, write amount = {case.as_it_stands}"
    if header is None:
        return case.ask(
            where, why, "take these rows out of a copy of the file; or, if every row counts, write",
            columns={"amount": case.as_it_stands},
        )  # fmt: skip
    return case.ask(
        where,
        why,
        f"{own}; if they are sums, write this",
        columns={"document_type": quoted(header)},
        values={"document_type": {word: OTHER, OTHERS: INVOICE}},
    )
