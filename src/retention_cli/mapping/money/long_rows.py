"""Columns that say what each row is, under names that nobody knows: documents, and figures of one invoice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.mapping.money.amounts import named
from retention_cli.mapping.money.case import says
from retention_cli.mapping.money.finding import first_words, is_doubt, words_of
from retention_cli.mapping.words.counted import count_too
from retention_cli.mapping.words.meaning import meaning
from retention_cli.patterns import lazy_pattern
from retention_cli.records.document_types import DOCUMENTS, INVOICE
from retention_cli.records.word_classes import each_word
from retention_cli.text.toml_text import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from retention_cli.mapping.money.case import Case

_FIGURES = each_word("net gross amount total tax margin cost")
_OF_SOMETHING_ELSE = each_word("status payment id customer product")
_NOBODY = (
    r"(?i)\A(?:\W?(?:all|alle|tous|toutes|todos|todas|tutti|total)(?: (?:customers|kunden|clients|clientes|clienti))?\W?"
    r"|overheads?|general|shared|internal(?: use)?|own use|house account|staff(?: (?:meal|sale|purchase)s?)?|intern(?:er verbrauch)?|eigen(?:bedarf|verbrauch)|usage interne|uso interno|consumo (?:proprio|interno)|autoconsumo|intern gebruik|eigen gebruik|gemeinkosten|allgemein|frais g[eé]n[eé]raux|gastos generales|test\b.*|dummy\b.*"
    r"|(?:\w*summe|gesamt\w*|(?:sub|grand)[ -]?total|sous[ -]total|suma|subtotaal|totaal|totale|somma|soma)(?: .*)?"
    r"|average|mean|durchschnitt|mittelwert|moyenne|promedio|media|gemiddelde"
    r"|.*[\W_](?:void(?:ed)?|cancell?ed|storno|storniert|draft|entwurf|annul\w*|anulad[ao]|brouillon)\b.*"
    r"|.* test(?:kunde| customer| account)?|testkunde)\z"
)
_NAMES = lazy_pattern("customer_(?:id|name)|invoice_id")
_AMOUNT = lazy_pattern(r"\d[.,]\d")
"""What has digits around a mark is money: a document may have the number 380 or 381 alone."""
_SAMPLE = 1 << 14


def refuse_long(case: Case) -> None:
    """Ask about columns whose words say that rows are other documents, or other figures of an invoice.

    Errors: AmbiguousColumnError.
    """
    for header, place in case.others.items():
        first = first_words(case.sheet, place)
        if "document_type" not in case.cells and not meaning(header).any & _OF_SOMETHING_ELSE:
            kinds = {DOCUMENTS.meaning(w) for w in first if not _AMOUNT.search(w)} - {None}
            if INVOICE in kinds and len(kinds) > 1:
                raise _documents(case, header, place)
        if (
            len(first) > 1
            and "invoice_id" in case.cells
            and _are_figures(case, header, place, first)
        ):
            raise case.ask(
                f"amount ('{case.header('amount')}')",
                f"each invoice has a row for each of {named(words_of(case.sheet, place))} in"
                f" '{header}': these may be figures of one amount",
                f"where every row counts, write leave_out = {{ {quoted(header)} = [] }}; where only the"
                " first does, write this",
                leave_out={header: _all_but_one(case, place)},
            )


def _documents(case: Case, header: str, place: int) -> Exception:
    words = words_of(case.sheet, place) or first_words(case.sheet, place)
    others = [word for word in words if DOCUMENTS.meaning(word) not in {INVOICE, None}]
    marked = says(case.words(place), *others)
    return case.ask(
        "document_type",
        f"'{header}' has {named(others)} in {case.counted(marked)} beside invoices",
        f"where every row counts, write leave_out = {{ {quoted(header)} = [] }}; where these are"
        " types of documents, write this",
        columns={"document_type": quoted(header)},
    )


def _are_figures(case: Case, header: str, place: int, first: Sequence[str]) -> bool:
    """Say whether the first invoices each have one row for each word of a column of figures."""
    if not (is_doubt(header, "figure") or all(meaning(word).any & _FIGURES for word in first)):
        return False
    words = words_of(case.sheet, place)
    if not 1 < len(words) <= len(_FIGURES):
        return False
    table = pa.table(
        {"id": case.cells["invoice_id"].text[:_SAMPLE], "word": case.words(place)[:_SAMPLE]}
    )
    last = table["id"][-1]
    found = table.group_by("id").aggregate([("word", "count"), ("word", "count_distinct")])
    found = found.filter(pc.or_(pc.not_equal(found["id"], last), len(table) < _SAMPLE))
    return all(
        pc.all(pc.equal(found[column], len(words))).as_py()
        for column in ("word_count", "word_count_distinct")
    )


def _all_but_one(case: Case, place: int) -> list[str]:
    """Give the words of the rows that stand for the same amount again: a net one is what counts."""
    words = words_of(case.sheet, place)
    kept = next((word for word in words if "net" in meaning(word).any), None)
    kept = kept or case.words(place).drop_null()[0].as_py()
    return [word for word in words if word != kept]


def nobodies(case: Case) -> Iterator[str]:
    """Say which customers are all of them, nobody or a test, and which numbers say that they are void."""
    for column, cells in case.cells.items():
        settled = case.rule is not None and case.header(column) in case.rule.leave_out
        if _NAMES.fullmatch(column) and not settled:
            texts = cells.texts[:_SAMPLE]
            found = pc.unique(texts.filter(pc.match_substring_regex(texts, _NOBODY))).drop_null()
            if words := _of_a_day(case, cells.text, found):
                yield count_too(case.header(column), words)


def _of_a_day(case: Case, texts: Any, found: pa.Array) -> list[str]:
    """Keep the words that stand in a row with a day: others are of totals, or rejected."""
    rows = pc.is_in(texts, value_set=found.cast(texts.type)) if len(found) else None
    if rows is not None and "invoice_date" in case.cells:
        rows = pc.and_(rows, pc.is_valid(case.cells["invoice_date"].text))
    return sorted(pc.unique(texts.filter(rows)).to_pylist()) if rows is not None else []
