"""Ends of contracts, subscriptions and licences: they may end a term, and nobody left on them."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import pyarrow.compute as pc

from retention_cli import records
from retention_cli.mapping.cells.dates import decide_order, rewrite_dates
from retention_cli.mapping.cells.words import known_words, rewrite_words
from retention_cli.mapping.words.meaning import words_of
from retention_cli.patterns import lazy_pattern
from retention_cli.records.customer_flags import ENDED, told_by_yes

if TYPE_CHECKING:
    from retention_cli.mapping.words.cells import Samples

_THING = lazy_pattern(
    r"\b(?:contra(?:ct|t)|vertrag|subscription|suscri|subscri[cp]|abo\b|abo(?:nnement|s?end)|abbonament"
    r"|assinatura|licen[cs]|lizenz|polic|poli[zs]|membership|mitgliedschaft|lidmaatschap|terms?\b"
    r"|laufzeit|agreement|maintenance|wartung|plan\b|overeenkomst|period|leas(?:e|ing)|tenanc|bail\b|miet|huur|arrend|alquiler|locaz|locac|aluguel|coverage|duree)"
)
_END = lazy_pattern(
    r"\bend(?:s|ing|date)?\b|ende?\b|enddatum|\bfin\b|\bfine\b|\bfim\b|\beind|\buntil\b|\bthr(?:u|ough)\b"
    r"|\bbis\b|\bto\b|\bhasta\b|\bjusqu|\bate\b|\bterm(?:ino|ine)\b|\bscad|\btot\b"
)
_VALID = lazy_pattern(
    r"\b(?:valid|active|paid|gultig|gueltig|valable|valido|geldig) (?:to|until|bis)\b"
)
_LEAVING = lazy_pattern(
    r"cancel|terminat|\bleft\b|quit|kundig|kuendig|resili|\bbaja\b|disd|opzeg|opgezeg|churn|clos|ended"
    r"|beend|storn|actual|rescis"
)
_HALF, _MOST, _SEVERAL = 0.5, 0.75, 3
_FORM = r"\A[0-9]{4}-[0-9]{2}-[0-9]{2}\z"


class End(StrEnum):
    """What ends a column has: of customers, of terms, or of either."""

    LEFT = "left"
    MAY_HAVE_LEFT = "may have left"
    TERM = "term"


def names_a_term(header: str) -> bool:
    """Say whether a header is of the end of what may be renewed.

    Example:
        >>> [names_a_term(one) for one in ("Contract End", "Vertragsende", "Contract cancelled on")]
        [True, True, False]
    """
    words = " ".join(words_of(header))
    named = _VALID.search(words) or (_THING.search(words) and _END.search(words))
    return bool(named) and not _LEAVING.search(words)


def kind_of_end(samples: Samples, at: int, start: int | None, status: int | None) -> End:
    """Say what a column of ends of terms has, as its first rows tell.

    Ends in every row, and those whole months after a start, may end a term alone. A status that
    says of the same customers that they left proves that they did.
    """
    ends = samples.first(at)
    there = pc.is_valid(ends)
    if status is not None and _agree(samples.first(status), there):
        return End.LEFT
    if pc.all(there).as_py():
        return End.TERM
    if start is None or not pc.any(there).as_py():
        return End.MAY_HAVE_LEFT
    pairs = zip(days_of(samples.first(start)), days_of(ends), strict=True)
    told = [_in_months(one, other) for one, other in pairs if one is not None and other is not None]
    return End.TERM if told and sum(told) >= _HALF * len(told) else End.MAY_HAVE_LEFT


def ends_terms(header: str, samples: Samples, at: int, start: int | None) -> bool:
    """Say whether every row ends whole months after its start, under a header that says no leaving."""
    if start is None or _LEAVING.search(" ".join(words_of(header))):
        return False
    pairs = [*zip(days_of(samples.first(start)), days_of(samples.first(at)), strict=True)]
    days = [(one, other) for one, other in pairs if one is not None and other is not None]
    told = sum(_in_months(one, other) for one, other in days)
    return len(pairs) == len(days) >= _SEVERAL and told >= _MOST * len(pairs)


def _agree(statuses: Any, there: Any) -> bool:
    """Say whether just the rows with an end are of customers who left, by their status."""
    words = known_words(records.model("customers").model_fields["status"], "", {})
    said = rewrite_words(statuses, words, told_by_yes)
    gone = pc.fill_null(pc.equal(said, ENDED), False)
    return bool(pc.any(gone).as_py()) and bool(gone.equals(there))


def days_of(texts: Any, column: Any = None) -> list[date | None]:
    """Read the days of a few cells, in the order of their column; None where one has none."""
    plain = rewrite_dates(texts, decide_order(texts if column is None else column).order)
    days = pc.if_else(pc.match_substring_regex(plain, _FORM), plain, None)
    return [_day(text) for text in days.to_pylist()]


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None  # The 31st of February is told of where rows are read.


def _in_months(start: date, end: date) -> bool:
    """Say whether an end is whole months after a start, or the day before."""
    after = end + timedelta(days=1) if end < date.max else end
    return end > start and start.day in {end.day, after.day}
