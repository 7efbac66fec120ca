"""What marks the credits among the rows of a file: a type, a status, a flag, a quantity, a letter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.mapping.headers import folded
from retention_cli.mapping.money.amounts import (
    is_positive,
    listed,
    named,
    total,
    without_sign,
)
from retention_cli.mapping.money.asking import value_line
from retention_cli.mapping.money.case import distinct
from retention_cli.mapping.money.finding import (
    credit_flags,
    credit_words,
    is_yes,
    letter_columns,
    returned,
    tells_signs,
)
from retention_cli.mapping.money.letters import letters_of
from retention_cli.mapping.money.statuses import COLUMN as STATUS
from retention_cli.mapping.money.types import COLUMN as TYPE
from retention_cli.records.billing_statuses import BILLED
from retention_cli.records.document_types import INVOICE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from retention_cli.mapping.evidence import Source
    from retention_cli.mapping.money.case import Case
    from retention_cli.mapping.money.statuses import Statuses
    from retention_cli.mapping.money.types import Types

_BALANCES = {"balance", "runningbalance", "saldo", "laufendersaldo", "kontostand", "solde"}


class Mark(NamedTuple):
    """One column that marks credits, with the words that do; `off` is the line against it."""

    header: str
    words: tuple[str, ...]
    mask: Any
    off: str


def marks_of(
    case: Case, sources: Sequence[Source], types: Types | None, statuses: Statuses | None
) -> Iterator[Mark]:
    """Find all that marks credits in a file.

    Errors: AmbiguousColumnError where it is not sure which of two letters are credits.
    """
    if types is not None and pc.any(types.credited).as_py():
        yield _of_words(case, TYPE, types.texts, types.credited, INVOICE)
    if statuses is not None and statuses.credited is not None:
        place = case.layout.sources.get(STATUS)
        texts = case.words(place) if isinstance(place, int) else case.cells[STATUS].text
        yield _of_words(case, STATUS, texts, statuses.credited, BILLED)
    for header, place in credit_flags(case.sheet, case.layout):
        words = case.words(place)
        if pc.any(is_yes(words)).as_py():
            yield _of_letters(case, header, words, is_yes(words))
    for header, place, mask in returned(case.sheet, case.layout):
        if pc.any(mask).as_py():
            yield _of_letters(case, header, case.words(place), mask)
    for header, words, credited, known in _lettered(case, sources):
        mask = _is_in(words, credited)
        if types is not None:
            yield _of_letters(case, header, words, _by_type(case, header, words, mask, types))
        elif pc.any(mask).as_py():
            _refuse_doubtful(case, header, words, credited, known=known)
            yield _of_letters(case, header, words, mask)


def _lettered(
    case: Case, sources: Sequence[Source]
) -> Iterator[tuple[str, Any, Sequence[str], bool]]:
    """Give columns of letters, and the letters behind amounts: header, texts, credits' words."""
    for header, place, credited, known in letter_columns(case.sheet, case.layout):
        yield header, case.words(place), credited, known
    for source in sources[:1]:
        letters = letters_of(source.held)
        if letters is not None:
            yield source.header, letters, credit_words(distinct(letters)) or (), True


def told_marks(case: Case, told: Mapping[str, Sequence[str]], places: Mapping[str, int],
               sources: Sequence[Source]) -> Iterator[Mark]:  # fmt: skip
    """Mark the rows that have the words of a recipe; a word that ends in a star begins them."""
    for header, words in told.items():
        texts = case.words(places[header])
        letters = letters_of(sources[0].held) if sources[0].header == header else None
        texts = texts if letters is None else letters
        lower = pc.utf8_lower(texts)
        marked = _is_in(lower, [word.casefold() for word in words])
        for word in words:
            if word.endswith("*"):
                begins = pc.starts_with(lower, word.removesuffix("*").casefold())
                marked = pc.or_(marked, pc.fill_null(begins, False))
        yield _of_letters(case, header, texts, marked)


def _of_words(case: Case, column: str, texts: Any, mask: Any, instead: str) -> Mark:
    words = tuple(distinct(texts, mask))
    return Mark(case.header(column), words, mask, value_line(column, words[0], instead))


def _of_letters(case: Case, header: str, texts: Any, mask: Any) -> Mark:
    off = f"[export.columns] amount = {case.amount(negative={})}"
    return Mark(header, tuple(distinct(texts, mask)), mask, off)


def _is_in(texts: Any, words: Sequence[str]) -> Any:
    return pc.fill_null(pc.is_in(texts, value_set=pa.array(words, pa.string())), False)


def _by_type(case: Case, header: str, words: Any, mask: Any, types: Types) -> Any:
    """Let types say which letter an invoice has: the other is a credit's.

    Errors: AmbiguousColumnError where invoices have both.
    """
    there = pc.is_valid(words)
    ours, theirs = (
        pc.and_(pc.and_(types.purchases, there), side) for side in (mask, pc.invert(mask))
    )
    if pc.any(ours).as_py() and not pc.any(theirs).as_py():
        mask = pc.and_(there, pc.invert(mask))
        ours = pc.and_(types.purchases, mask)
    against = pc.or_(ours, pc.and_(types.credited, pc.and_(there, pc.invert(mask))))
    if pc.any(against).as_py():
        raise case.ask(
            "amount",
            f"'{types.header}' and '{header}' say different things of {case.counted(against)}:"
            f" {named(distinct(types.texts, against))} with {named(distinct(words, against))}",
            f"say which words of '{header}' are taken off",
            columns={"amount": case.amount(negative={header: tuple(distinct(words, mask))})},
        )
    return pc.and_(mask, pc.or_(types.purchases, types.credited))


def _refuse_doubtful(
    case: Case, header: str, words: Any, credited: Sequence[str], *, known: bool
) -> None:
    """Ask which letter is taken off, unless credits are few beside the rest.

    A ledger of payments has about as much of one as of the other, and one of revenue more
    credits than debits.
    """
    mask = _is_in(words, credited)
    if not pc.any(pc.and_(mask, is_positive(case.amounts))).as_py():
        return
    bare = without_sign(case.amounts)
    few = 2 * total(bare, mask) <= total(bare, pc.invert(mask))
    balanced = any(folded(other) in _BALANCES for other in case.layout.others)
    if known and ((few and not balanced) or tells_signs(credited)):
        return
    sides = [
        f"'{word}' ({case.counted(pc.fill_null(pc.equal(words, word), False))})"
        for word in distinct(words)
    ]
    raise case.ask(
        "amount",
        f"'{header}' has {listed(sides)}, and the amounts have no sign",
        "say which words are taken off, as those of credit notes are (payments belong in no list of"
        " invoices; negative = {} takes nothing off)",
        columns={"amount": case.amount(negative={header: tuple(credited)})},
    )
