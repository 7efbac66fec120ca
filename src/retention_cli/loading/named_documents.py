"""Files of documents that are no invoices by their own name: refunds.csv, quotes.csv, payments.csv."""

from __future__ import annotations

from pathlib import PurePath
from shlex import quote
from typing import TYPE_CHECKING

import pyarrow.compute as pc

from retention_cli.errors import DataRefusedError
from retention_cli.mapping.place import Place
from retention_cli.records.document_types import (
    CREDIT,
    DOCUMENTS,
    INVOICE,
    ORDER,
    OTHER,
    PAYMENT,
    QUOTE,
)
from retention_cli.records.word_classes import each_word, plain_words
from retention_cli.settings import Recipe
from retention_cli.settling.documents import TYPE
from retention_cli.text.toml_text import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from retention_cli.loading.loaded_export import LoadedExport

_OF_NUMBERS = each_word(
    "id ids no nr num number numbers numero nummer n ref reference code date datum fecha "
    "data dates created issued issue am le on at csv xlsx export exports list liste lista "
    "report bericht all alle shop my our"
)
_OF_BOTH_SIDES = frozenset({"bill", "bills", "statement", "statements", "fee", "fees"})
"""What may be sent to customers as well as come from suppliers."""
_WHY = {
    CREDIT: "credits, and their amounts have no sign",
    QUOTE: "quotes, which are not sales",
    OTHER: "documents that are not sales",
    ORDER: "orders, and another file has invoices: both may hold the same sales",
    PAYMENT: "payments, and another file has what was paid: both may hold the same sales",
}


def named_otherwise(
    parts: Sequence[LoadedExport],
) -> Iterator[tuple[LoadedExport, DataRefusedError]]:
    """Ask about files that no column of types covers, and whose names say that they are no invoices.

    Orders and payments stand for the purchases where no other file has these.
    """
    named = [_named(part) for part in parts]
    for part, (word, meaning) in zip(parts, named, strict=True):
        doubtful = meaning in {CREDIT, QUOTE, OTHER}
        if meaning == CREDIT and (_is_signed(part) or pc.max(part.table["amount"]).as_py() <= 0):
            doubtful = False
        if meaning in {ORDER, PAYMENT}:
            before = {INVOICE} if meaning == ORDER else {INVOICE, ORDER}
            doubtful = any(other in before for _, other in named)
        if doubtful and meaning is not None:
            yield part, _question(part, word, meaning)


def _is_signed(part: LoadedExport) -> bool:
    """Say whether the settings say how the amounts are read: with their signs."""
    return part.rule is not None and isinstance(part.rule.columns.get("amount"), Recipe)


def say_payments(parts: Sequence[LoadedExport]) -> None:
    """Say of files of payments that these stand for the purchases."""
    for part in parts:
        word, meaning = _named(part)
        if meaning == PAYMENT:
            part.said.append(
                f"'{word}' says that its rows are payments: they are taken as the purchases, since"
                " no other file has these; --ignore leaves the file out"
            )


def _named(part: LoadedExport) -> tuple[str, str | None]:
    """Give the words that say what the rows of a file are, and what they mean; its name goes first."""
    layout = part.text.layout
    if TYPE in part.table.column_names or layout.of_preset:
        return "", None
    stem = PurePath(part.sheet.file).name.split(".")[0]
    headers = [layout.sources.get(name) for name in ("invoice_id", "invoice_date")]
    texts = [part.sheet.sheet or "", stem]
    texts += [part.sheet.headers[at] for at in headers if isinstance(at, int)]
    found = [(text, _meaning(text)) for text in texts]
    told = [(text, meaning) for text, meaning in found if meaning is not None]
    if any(meaning == INVOICE for _, meaning in told) and told[0][1] == ORDER:
        return "", INVOICE
    return told[0] if told else ("", None)


def _meaning(text: str) -> str | None:
    words = [word for word in plain_words(text).split() if word not in _OF_NUMBERS]
    if not words or not _OF_BOTH_SIDES.isdisjoint(words):
        return None
    singular = " ".join(word.removesuffix("s") for word in words)
    return DOCUMENTS.meaning(" ".join(words)) or DOCUMENTS.meaning(singular)


def _question(part: LoadedExport, word: str, meaning: str) -> DataRefusedError:
    place = Place(part.sheet.file, part.sheet.sheet)
    own = CREDIT if meaning == CREDIT else INVOICE
    without = (
        "ignore = true in place of its kind" if place.sheet else f"--ignore {quote(place.file)}"
    )
    return DataRefusedError(
        f"{part.sheet.name}: '{word}' says that its rows are {_WHY[meaning]}",
        f"leave it out with {without}, or, if they are"
        f" {'taken off' if own == CREDIT else 'sales of their own'}, write in retention.toml:",
        snippet=(
            *place.rule("invoices")[:-1],
            "[export.constants]",
            f"{TYPE} = {quoted(own)}",
        ),
    )
