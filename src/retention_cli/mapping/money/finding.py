"""Columns of an invoice export that say which rows are money: by their headers and their cells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.mapping.by_cells import Shape, shape_of
from retention_cli.mapping.cells.known_words import one_of, told
from retention_cli.mapping.headers import folded, is_named
from retention_cli.patterns import lazy_pattern
from retention_cli.reading.text import WHITE_SPACE
from retention_cli.records.base import NO, YES
from retention_cli.records.billing_statuses import BILLING, DRAFT, REFUNDED, VOID
from retention_cli.records.document_types import DOCUMENTS, INVOICE
from retention_cli.records.word_classes import plain_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from retention_cli.mapping.layout import Layout
    from retention_cli.reading.text import TextSheet

_FIRST = 100
_ACCOUNT = lazy_pattern("[0-9]{3,8}\\b")
_MARK = 12
_IS = lazy_pattern("(?:is|was|ist|est|es)(?=[a-z]{3})")
_MOST_WORDS = 60
"""A column with more texts than this says of rows what they are about, and not what they are."""

_STATUS = lazy_pattern(r"status|statut|estatus|stato|estado|situacao|[a-z]state$")
_OF_MONEY = lazy_pattern(one_of("of_money"))
_BARE = {"state", "etat", "zustand", "statusname", "status", "statut", "estado", "stato"}
"""What may be of places too: all of its words have to be known."""
_PREFIX = "(?:is|was|ist|est|es)?(?:order|invoice|sale|transaction)?"
_GONE, _BACK = one_of("gone"), one_of("given_back")
_WHEN = "(?:at|on|date|time|datetime|dateutc|utc|am|datum|le|el|il|em|op)"
_FLAGS = {
    VOID: lazy_pattern(f"{_PREFIX}(?:{_GONE})"),
    REFUNDED: lazy_pattern(f"{_PREFIX}(?:{_BACK})"),
}
_DATES = {
    VOID: lazy_pattern(f"(?:{_GONE}){_WHEN}|cancel(?:lation)?date|void(?:ing)?date|stornodatum"
                     "|dateannulation|datedannulation|fechaanulacion|fechadeanulacion"),
    REFUNDED: lazy_pattern(f"(?:{_BACK}){_WHEN}|refunddate|dateofrefund|erstattungsdatum"
                         "|dateremboursement|datederemboursement|fechareembolso|fechadereembolso"),
}  # fmt: skip
_FILLED = {VOID: "undone", REFUNDED: "given_back"}
"""Columns that are filled where an invoice does not count: by whom, why, and what is in its place."""
_CREDIT_FLAG = lazy_pattern(
    f"(?:is|was|ist|est|es)?(?:a|une?|eine?)?(?:{one_of('credit')})(?:flag|yn|jn)?"
)
_LETTERED = lazy_pattern(one_of("lettered"))
_TYPED = lazy_pattern("type|typ|tipo|kind|art|.*type|buchungsart|indicator")
_HOW_PAID = lazy_pattern(one_of("how_paid"))
_QUANTITY = lazy_pattern(
    "(?:order|ordered|item|line|lineitem|sales|sold|billed|invoiced)?(?:quantity|qty)(?:ordered|sold)?"
    "|units(?:sold)?|seats|licen[cs]es|nights|ubernachtungen|menge|stuck|stuckzahl|anzahl|quantite|qte|cantidad|quantita|aantal|quantidade"
)
_BELOW_ZERO = r"\A[ ]*(?:[-\x{2212}(][ ]*[0-9.,]*[1-9]|[0-9.,]*[1-9][0-9.,]*[ ]*[-\x{2212}][ ]*\z)"
_FINAL = lazy_pattern(f"(?:is|ist|est|es|e)?(?:{one_of('final')})")
"""Flags whose no says that a row is a draft."""
_LIVE = lazy_pattern(f"(?:is|was|ist|est|es|e)?(?:{one_of('live')})")
"""Flags whose no says that a row is a test, or is none that counts."""
_PAIRS = [tuple(frozenset(words.split()) for words in both) for both in told("signs")["pairs"]]
INCOMING = next(first for first, _ in _PAIRS if "income" in first)
"""What rows that are paid to us say, in a column that has the other sort too."""


def is_doubt(header: str, sort: str) -> bool:
    """Say whether a header is of one sort of columns that change what rows are.

    Example:
        >>> is_doubt("Is Template", "excluded"), is_doubt("Versie", "version")
        (True, True)
    """
    place = f"doubts.{sort}"
    return is_named(header, place) or is_named(_IS.sub("", folded(header), count=1), place)


def words_of(sheet: TextSheet, place: int) -> list[str]:
    """List the texts of a column, if there are few of them."""
    column = sheet.held(place)
    texts = column
    if pa.types.is_dictionary(column.type):
        texts = (
            column.unify_dictionaries().chunk(0).dictionary if column.num_chunks else pa.array([])
        )
    found = pc.unique(texts)
    if len(found) > _MOST_WORDS:
        return []
    return _trimmed(found)


def first_words(sheet: TextSheet, place: int) -> list[str]:
    """List the texts of the first rows: nearly every column shows in them what it does not hold."""
    return _trimmed(sheet.batches[0].columns.column(place)[:_FIRST]) if sheet.batches else []


def _trimmed(texts: Any) -> list[str]:
    words = (word.strip(WHITE_SPACE) for word in texts.to_pylist() if word is not None)
    return sorted({word for word in words if word})


def _is_filled(words: Any) -> Any:
    """Mark the rows that say something other than no."""
    filled = pc.and_(pc.is_valid(words), pc.invert(is_no(words)))
    return pc.and_(filled, not pc.all(filled).as_py())


def is_yes(words: Any) -> Any:
    """Mark the rows that say yes."""
    return _are(words, (*YES, "1", "1.0"))


def is_no(words: Any) -> Any:
    """Mark the rows that say no."""
    return _are(words, (*NO, "0", "0.0"))


def _are(words: Any, wanted: Sequence[str]) -> Any:
    found = pc.is_in(pc.utf8_lower(words), value_set=pa.array(wanted, pa.string()))
    return pc.fill_null(found, False)


def are_flags(words: Sequence[str]) -> bool:
    """Say whether texts are a yes and a no, or one of them."""
    known = {*YES, *NO, "1", "0", "1.0", "0.0"}
    return bool(words) and all(word.casefold() in known for word in words)


def is_invoice(word: str) -> bool:
    """Say whether a text is a word for invoices; numbers are codes of anything."""
    return any(map(str.isalpha, word)) and DOCUMENTS.meaning(word) == INVOICE


def are_accounts(words: Sequence[str]) -> bool:
    """Say whether texts are several accounts of a ledger."""
    return len(words) > 1 and all(map(_ACCOUNT.match, words))


def _marks_of(sheet: TextSheet, place: int) -> Callable[[Any], Any] | None:
    """Give what marks a yes: a word for it, or under `Void` any short text beside blanks, V or *."""
    words = words_of(sheet, place)
    if are_flags(words):
        return is_yes
    if len(words) != 1 or len(words[0]) > _MARK or any(map(str.isdigit, words[0])):
        return None
    blank = pc.equal(pc.utf8_trim(sheet.column(place), WHITE_SPACE), "")
    return pc.is_valid if pc.any(pc.fill_null(blank, True)).as_py() else None


def status_columns(sheet: TextSheet, layout: Layout) -> Iterator[tuple[str, int]]:
    """Find the columns, besides that of our own, that say what became of an invoice."""
    for header, place in layout.others.items():
        name = folded(header)
        named = _STATUS.search(name) and _OF_MONEY.search(name)
        if not (named or name in _BARE):
            continue
        known = [BILLING.meaning(word) is not None for word in words_of(sheet, place)]
        if any(known) and (named or all(known)):
            yield header, place


def status_flags(
    sheet: TextSheet, layout: Layout
) -> Iterator[tuple[str, int, str, Callable[[Any], Any]]]:
    """Find the columns that say by a yes, a no or a day that an invoice does not count.

    Shape: header, place, what a marked invoice is, and what marks it by the words of the column.
    """
    for header, place in layout.others.items():
        name = folded(header)
        for meaning, pattern in _FLAGS.items():
            if not pattern.fullmatch(name):
                continue
            if shape_of(sheet.held(place)) is Shape.MOMENTS:
                yield header, place, meaning, pc.is_valid
            elif (marks := _marks_of(sheet, place)) is not None:
                yield header, place, meaning, marks
        if _LIVE.fullmatch(name) and are_flags(words_of(sheet, place)):
            yield header, place, VOID, is_no
        if _FINAL.fullmatch(name) and are_flags(words_of(sheet, place)):
            yield header, place, DRAFT, is_no
        for meaning, pattern in _DATES.items():
            if pattern.fullmatch(name) or is_doubt(header, _FILLED[meaning]):
                yield header, place, meaning, _is_filled


def credit_flags(sheet: TextSheet, layout: Layout) -> Iterator[tuple[str, int]]:
    """Find the columns that say by a yes that a row is a credit."""
    for header, place in layout.others.items():
        if _CREDIT_FLAG.fullmatch(folded(header)) and are_flags(words_of(sheet, place)):
            yield header, place


def returned(sheet: TextSheet, layout: Layout) -> Iterator[tuple[str, int, Any]]:
    """Find the columns of quantities, and mark the rows with one below zero."""
    for header, place in layout.others_and_quantity(sheet.headers).items():
        if is_quantity(header):
            chunks = [_below_zero(cells) for cells in sheet.held(place).chunks]
            yield header, place, pa.chunked_array(chunks, pa.bool_())


def is_quantity(header: str) -> bool:
    """Say whether a header is of how many were sold."""
    return _QUANTITY.fullmatch(folded(header)) is not None


def _below_zero(cells: Any) -> Any:
    if pa.types.is_dictionary(cells.type):
        return pc.fill_null(_below_zero(cells.dictionary).take(cells.indices), False)
    return pc.fill_null(pc.match_substring_regex(cells, _BELOW_ZERO), False)


def is_how_paid(header: str) -> bool:
    """Say whether a header is of cards, transfers and other ways to pay."""
    return _HOW_PAID.search(folded(header)) is not None


def letter_columns(sheet: TextSheet, layout: Layout) -> Iterator[tuple[str, int, list[str], bool]]:
    """Find the columns that tell a debit from a credit.

    Shape: header, place, the words of credits, and whether the header is known for it.
    """
    for header, place in layout.others.items():
        name = folded(header) or header
        if is_how_paid(header):
            continue
        first = first_words(sheet, place)
        words = words_of(sheet, place) if not first or credit_words(first) is not None else []
        credit = credit_words(words)
        if credit is None:
            continue
        both = 0 < len(credit) < len(words)
        known = _LETTERED.fullmatch(name) is not None or header.strip() in {"+/-", "\u00b1"}
        if (known and (both or not _TYPED.fullmatch(name))) or (both and _are_words(words)):
            yield header, place, credit, known


def credit_words(words: list[str]) -> list[str] | None:
    """Give those of some words that say credit; None where they are not debits and credits.

    Example:
        >>> credit_words(["S", "H"]), credit_words(["S", "M", "L"])
        (['H'], None)
    """
    for debits, credited in _PAIRS:
        bare = {word: _bare(word) for word in words}
        if words and all(one in debits | credited for one in bare.values()):
            return [word for word, one in bare.items() if one in credited]
    return None


def tells_signs(credited: Sequence[str]) -> bool:
    """Say whether words of credits are signs, which say less than nothing else.

    Example:
        >>> tells_signs(["-"]), tells_signs(["H"])
        (True, False)
    """
    return all(_bare(word) in _PAIRS[-1][1] for word in credited)


def _are_words(words: list[str]) -> bool:
    return not are_flags(words) and any(any(map(str.isalpha, word)) for word in words)


def _bare(word: str) -> str:
    return plain_words(word) if any(map(str.isalpha, word)) else word.removesuffix(".0")
