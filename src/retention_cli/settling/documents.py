"""Which documents of all invoice exports are purchases, and what was refunded of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.findings.problems import Outcome, Problem
from retention_cli.frames.columns import as_text
from retention_cli.records.billing_statuses import REFUNDED
from retention_cli.records.document_types import CREDIT, DOCUMENTS, INVOICE, OTHER, PURCHASES
from retention_cli.settling.repeats import line_conflicts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention_cli.settling.repeats import Marked, Sharing

TYPE, STATUS = "document_type", "status"
NOT_AN_INVOICE = "not-an-invoice"
UNTYPED = ""


class Documents(NamedTuple):
    """The types of the rows of some tables.

    Shape: `codes` has the place of each row's type in `words`, and `meanings` what that is; the
        last of both is for files without types. `leading` is the type that purchases are: the
        first of invoices, charges, orders and payments that there is.
    """

    words: tuple[str, ...]
    meanings: tuple[str, ...]
    codes: np.ndarray
    leading: str

    def mean(self, *wanted: str) -> np.ndarray:
        """Mark the rows that are of one of some types."""
        marked: np.ndarray = np.isin(self.meanings, wanted)[self.codes]
        return marked

    @property
    def counted(self) -> np.ndarray:
        """Mark the rows that count: purchases, credits, and those of files without types."""
        return self.mean(self.leading, CREDIT, UNTYPED)

    def rows_by_word(self, mask: np.ndarray) -> dict[str, np.ndarray]:
        """Give the places of the marked rows, by the word of their type."""
        return {
            self.words[code]: np.flatnonzero(mask & (self.codes == code))
            for code in np.unique(self.codes[mask]).tolist()
        }


def documents_of(tables: Sequence[pa.Table]) -> Documents | None:
    """Say what the rows of some tables are, one after the other; None where no file has types."""
    if not any(TYPE in table.column_names for table in tables):
        return None
    chunks = [chunk for table in tables for chunk in _types(table)]
    coded = pa.chunked_array(chunks, pa.string()).combine_chunks().dictionary_encode()
    words = (*coded.dictionary.to_pylist(), UNTYPED)
    meanings = (*(DOCUMENTS.meaning(word) or OTHER for word in words[:-1]), UNTYPED)
    codes = pc.fill_null(coded.indices, len(words) - 1).to_numpy(zero_copy_only=False)
    there = {meanings[code] for code in np.unique(codes).tolist()}
    leading = next((one for one in PURCHASES if one in there), INVOICE)
    return Documents(words, meanings, codes, leading)


def _types(table: pa.Table) -> list[pa.Array]:
    if TYPE not in table.column_names:
        return [pa.nulls(len(table), pa.string())]
    column = as_text(table[TYPE])
    return list(column.chunks)


def other_documents(table: pa.Table) -> list[Marked]:
    """Find the documents that are neither purchases nor credits, by their types."""
    documents = documents_of([table])
    if documents is None:
        return []
    return [
        (rows, _left_out(word)) for word, rows in documents.rows_by_word(~documents.counted).items()
    ]


def _left_out(word: str) -> Problem:
    message = f"'{word}' is not an invoice"
    return Problem(0, NOT_AN_INVOICE, message, column=TYPE, outcome=Outcome.SKIPPED)


def conflicts_of_lines(table: pa.Table, line_of: Sequence[str], sharing: Sharing) -> list[Marked]:
    """Find lines of one document that disagree; a credit is not one of the invoice whose id it has.

    Shape: `sharing` has the rows of the table that share an id.
    """
    documents = documents_of([table])
    if documents is None:
        return line_conflicts(table, line_of, sharing)
    credited = documents.mean(CREDIT)
    apart = (sharing.within(credited), sharing.within(~credited))
    return [one for rows in apart for one in line_conflicts(table, line_of, rows)]


def without_refunded(invoices: pa.Table) -> tuple[pa.Table, np.ndarray]:
    """Count what was refunded as 0, unless a credit of it is among the rows.

    Shape: the mask says which rows were changed.
    Example:
        >>> rows = {"status": ["refunded", "paid"], "amount": [50_000, 10_000]}
        >>> without_refunded(pa.table(rows))[0]["amount"].to_pylist()
        [0, 10000]
    """
    refunded = np.zeros(len(invoices), dtype=bool)
    if STATUS in invoices.column_names:
        refunded = np.asarray(pc.fill_null(pc.equal(invoices[STATUS], REFUNDED), False))
    if not refunded.any():
        return invoices, refunded
    amounts = invoices["amount"].to_numpy()
    refunded &= amounts > 0
    refunded &= ~_with_credit(invoices, amounts, refunded)
    place = invoices.column_names.index("amount")
    return invoices.set_column(place, "amount", pa.array(np.where(refunded, 0, amounts))), refunded


def _with_credit(invoices: pa.Table, amounts: np.ndarray, refunded: np.ndarray) -> np.ndarray:
    """Mark the refunded rows of which a credit has the id, or the customer and the amount."""
    credited = amounts < 0
    found = np.zeros(len(amounts), dtype=bool)
    if "invoice_id" in invoices.column_names:
        ids = as_text(invoices["invoice_id"]).combine_chunks()
        theirs = ids.filter(pa.array(credited)).drop_null()
        found |= np.asarray(pc.is_in(ids, value_set=theirs, skip_nulls=True))
    owners = pa.nulls(len(amounts), pa.string())
    if "customer_id" in invoices.column_names:
        owners = as_text(invoices["customer_id"]).combine_chunks()
    keys = np.array([f"{amount} {owner}" for amount, owner in _keyed(amounts, owners, refunded)])
    wanted = {f"{-amount} {owner}" for amount, owner in _keyed(amounts, owners, credited)}
    found[refunded] |= np.isin(keys, list(wanted))
    return found


def _keyed(amounts: np.ndarray, owners: pa.Array, mask: np.ndarray) -> zip[tuple[int, str]]:
    return zip(amounts[mask].tolist(), owners.filter(pa.array(mask)).to_pylist(), strict=True)
