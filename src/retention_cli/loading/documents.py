"""What all invoice exports together leave open of types and signs, and what is said of them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.errors import Choice
from retention_cli.frames.columns import FILE
from retention_cli.loading.named_documents import named_otherwise, say_payments
from retention_cli.mapping.money.amounts import listed, money_text, named
from retention_cli.mapping.money.asking import (
    amount_as_told,
    lines,
    question,
    recipe_text,
    value_line,
)
from retention_cli.mapping.plan import recipe_headers
from retention_cli.records.billing_statuses import BILLED, DRAFT, REFUNDED, VOID
from retention_cli.records.document_types import INVOICE, OTHER, PAYMENT, TYPES
from retention_cli.settings import Recipe
from retention_cli.settling.documents import STATUS, TYPE, UNTYPED, documents_of, without_refunded
from retention_cli.text.wording import rows_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from retention_cli.errors import DataRefusedError
    from retention_cli.loading.loaded_export import LoadedExport
    from retention_cli.settling.documents import Documents

_SCALE = 10_000


def unclear_documents(
    parts: Sequence[LoadedExport],
) -> Iterator[tuple[LoadedExport, DataRefusedError]]:
    """Find invoice exports of which it is not sure that their rows are sales, or with which sign.

    That can only be told of all of them: orders are not purchases beside invoices, and amounts
    below zero are credits beside those above.
    """
    ours = [part for part in parts if part.kind == "invoices" and len(part.table)]
    documents = documents_of([part.table for part in ours])
    if documents is not None:
        yield from _no_purchases(ours, documents)
    yield from named_otherwise(ours)
    yield from _negative_income(ours, documents)


def _split(
    parts: Sequence[LoadedExport], mask: np.ndarray
) -> Iterator[tuple[LoadedExport, np.ndarray]]:
    """Give each file with the part of a mask that is of its rows."""
    ends = np.cumsum([len(part.table) for part in parts])[:-1]
    yield from zip(parts, np.split(mask, ends), strict=True)


def _no_purchases(
    parts: Sequence[LoadedExport], documents: Documents
) -> Iterator[tuple[LoadedExport, DataRefusedError]]:
    """Ask where no type is that of an invoice, or several are, or a file has no types at all."""
    counted, untyped = documents.counted, documents.mean(UNTYPED)
    leading = documents.mean(documents.leading)
    words = {documents.words[code] for code in np.unique(documents.codes[leading]).tolist()}
    doubtful = np.zeros(len(leading), dtype=bool)
    why = ""
    if not counted.any():
        doubtful, why = ~counted, "and whether any of these is a sale is not known"
    elif documents.leading != INVOICE and leading.any() and untyped.any():
        doubtful = leading
        why = "and other files of the run have no types: they may hold the same sales"
    elif documents.leading == PAYMENT and len(words) > 1:
        doubtful, why = leading, "and which of them are sales is not known"
    for part, mask in _split(parts, doubtful):
        if mask.any():
            yield part, _of_types(part, mask, why)


def _of_types(part: LoadedExport, mask: np.ndarray, why: str) -> DataRefusedError:
    documents = documents_of([part.table])
    rows = {} if documents is None else documents.rows_by_word(mask)
    sides = [_counted(f"'{word}'", part.table, places) for word, places in rows.items()]
    return question(
        part.sheet.name,
        f"{TYPE} ('{_header(part, TYPE)}')",
        f"has {listed(sides)}, {why}",
        f"say what each is ({', '.join(TYPES)})",
        lines(part.sheet, values={TYPE: dict.fromkeys(rows, INVOICE)}, rule=part.rule),
    )


def _negative_income(
    parts: Sequence[LoadedExport], documents: Documents | None
) -> Iterator[tuple[LoadedExport, DataRefusedError]]:
    """Ask where most of what is billed is below zero, in all files together."""
    open_parts = [(part, _billed(part, documents)) for part in parts if not _sign_is_told(part)]
    sums = [int(amounts.sum()) for _, amounts in open_parts]
    below = sum(int((amounts < 0).sum()) for _, amounts in open_parts)
    above = sum(int((amounts > 0).sum()) for _, amounts in open_parts)
    if sum(sums) >= 0 or below <= above:
        return
    for (part, amounts), whole in zip(open_parts, sums, strict=True):
        if whole < 0:
            count = int((amounts < 0).sum())
            yield part, _of_income(part, count, len(amounts))


def _sign_is_told(part: LoadedExport) -> bool:
    source = part.text.layout.sources.get("amount")
    told = isinstance(source, Recipe) and source.negate is not None
    return told or part.text.layout.knows("amount")


def _billed(part: LoadedExport, documents: Documents | None) -> np.ndarray:
    """Give the amounts of a file that are of purchases and neither drafts nor void."""
    amounts = part.table["amount"].to_numpy()
    keep = np.ones(len(amounts), dtype=bool)
    if STATUS in part.table.column_names:
        gone = pc.is_in(part.table[STATUS], value_set=pa.array([DRAFT, VOID]))
        keep &= ~np.asarray(gone)
    own = documents_of([part.table])
    if own is not None and documents is not None:
        keep &= own.mean(documents.leading, UNTYPED)
    billed: np.ndarray = amounts[keep]
    return billed


def _of_income(part: LoadedExport, below: int, rows: int) -> DataRefusedError:
    header = _header(part, "amount")
    told = amount_as_told(part.text.layout, part.sheet.headers, part.rule)
    own = recipe_text(replace(told, negate=True))
    asked = question(
        part.sheet.name,
        f"amount ('{header}')",
        f"{below:,} of {rows_text(rows)} have a negative amount: a ledger writes income so, and a"
        " list of credit notes too",
        "if these are sales, reverse their signs; negate = false says that they are credits. Write",
        lines(part.sheet, columns={"amount": own}, rule=part.rule),
    )
    credits_ = tuple(line.replace("negate = true", "negate = false") for line in asked.snippet)
    return asked.offering(
        Choice("these are sales: reverse their signs", asked.snippet),
        Choice("these are credits: leave them below zero", credits_),
    )


def say_documents(parts: Sequence[LoadedExport]) -> None:
    """Say of each file which types of documents are left out, or stand for its invoices."""
    say_payments(parts)
    documents = documents_of([part.table for part in parts])
    if documents is None:
        return
    counted, leading = documents.counted, documents.mean(documents.leading)
    for (part, mask), (_, ours) in zip(
        _split(parts, ~counted), _split(parts, leading), strict=True
    ):
        own = documents_of([part.table])
        if own is None:
            continue
        header = _header(part, TYPE)
        if mask.any():
            rows = own.rows_by_word(mask)
            sides = [_counted(f"'{word}'", part.table, places) for word, places in rows.items()]
            part.said.append(
                f"'{header}': left out as no invoices are {listed(sides)}; if one of them is,"
                f" write in retention.toml: {value_line(TYPE, next(iter(rows)), INVOICE)}"
            )
        if documents.leading != INVOICE and ours.any():
            words = own.rows_by_word(ours)
            part.said.append(
                f"'{header}': {named(words)} in {rows_text(int(ours.sum()))} are taken as the"
                f" purchases, since no row is an invoice; if they are not, write in"
                f" retention.toml: {value_line(TYPE, next(iter(words)), OTHER)}"
            )


def refunded_as_zero(invoices: pa.Table, parts: Sequence[LoadedExport]) -> pa.Table:
    """Count what was refunded as 0, and say so of each file."""
    settled, changed = without_refunded(invoices)
    if not changed.any():
        return settled
    files = invoices[FILE].to_numpy()
    for place, part in enumerate(parts):
        mask = changed & (files == place)
        if mask.any():
            part.said.append(
                f"{_counted('', invoices, np.flatnonzero(mask))} are refunded, and no row or column"
                " has the refunds: they count as 0; if they count in full, write in retention.toml:"
                f" {value_line(STATUS, REFUNDED, BILLED)}"
            )
    return settled


def _counted(word: str, table: pa.Table, places: np.ndarray) -> str:
    amounts = np.abs(table["amount"].to_numpy()[places]).sum()
    said = f"{rows_text(len(places))}, {money_text(Decimal(int(amounts)) / _SCALE)}"
    return f"{word} ({said})" if word else said


def _header(part: LoadedExport, column: str) -> str:
    """Name the header of a file that feeds a column."""
    source = part.text.layout.sources.get(column)
    if isinstance(source, int):
        return part.sheet.headers[source]
    return column if source is None else recipe_headers(source)[0]
