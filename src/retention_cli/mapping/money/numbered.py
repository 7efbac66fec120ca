"""What only numbers tell: CN-17 and EST-4 among INV-16 and INV-18, whose amounts have no sign."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.mapping.cells.known_words import told
from retention_cli.mapping.headers import folded
from retention_cli.mapping.money.amounts import is_positive
from retention_cli.mapping.money.finding import first_words
from retention_cli.mapping.words.counted import count_too
from retention_cli.patterns import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from retention_cli.mapping.money.case import Case

_PREFIX = r"\A(?P<letters>[A-Za-z]{1,12})[-_/. ]?(?:[A-Z]{0,3}[-_/. ]?)?[0-9]"
_NUMBER = lazy_pattern(r"[A-Za-z]{1,12}[-_/. ]?(?:[A-Z]{0,3}[-_/. ]?)?[0-9]{2,}")
_CREDITS, _INVOICES, _QUOTES = (
    frozenset(told("numbers")[sort].split()) for sort in ("credit_notes", "invoices", "quotes")
)
_LETTERS = lazy_pattern("[A-Za-z]{1,4}")
_SERIES = lazy_pattern(
    "(?:doc(?:ument)?|invoice|number|nr|no|beleg|rechnungs?|facture|factura|fattura|factuur)?"
    "(?:serie|series|prefix|prefixe|prafix|prefijo|prefisso|prefixo|prefixodoc|reeks|nummernkreis|journal|diario|dagboek|giornale"
    "|type|typ|tipo|soort|art|kind|code|t)"
)
_DIGITS, _LETTERED = (
    r"\A[0-9]{3,}\z",
    r"\A(?:[0-9]{3,}[-_/. ]?[A-Za-z]{1,4}|[A-Za-z]{1,4}[-_/. ]?[0-9]{3,})\z",
)
_SAMPLE, _FEW, _MOST = 1 << 14, 0.7, 20
_MOST_CREDITS = 0.4
_QUOTED = rf"(?i)\A(?:{'|'.join(sorted(_QUOTES))})[^A-Za-z]"


def quote_numbers(case: Case) -> Iterator[str]:
    """Say which rows have a number as quotes, payments and tests have, beside others of invoices."""
    if "document_type" in case.cells:
        return
    for header, ids in _numbers(case):
        if not pc.any(pc.match_substring_regex(ids, _QUOTED)).as_py():
            continue
        found = pc.struct_field(pc.extract_regex(ids, _PREFIX), "letters")
        letters = pc.utf8_lower(found)
        marked = _among(letters, _QUOTES)
        if pc.any(marked).as_py() and pc.any(_among(letters, _INVOICES)).as_py():
            begins = [f"{one}*" for one in sorted(pc.unique(found.filter(marked)).to_pylist())]
            yield count_too(header, begins, case.counted(marked))


def lettered_numbers(case: Case) -> Iterator[str]:
    """Say which few numbers have letters before or behind them, where all others have none."""
    if "invoice_id" not in case.cells or "document_type" in case.cells:
        return
    ids = case.cells["invoice_id"].text
    first = pc.match_substring_regex(ids[:_SAMPLE], _DIGITS)
    if not _FEW <= (pc.mean(pc.cast(first, "float64")).as_py() or 0) < 1:
        return
    marked = pc.fill_null(pc.match_substring_regex(ids, _LETTERED), False)
    others = pc.invert(pc.or_(marked, pc.match_substring_regex(ids, _DIGITS)))
    words = pc.unique(ids.filter(marked)).to_pylist()
    if 0 < len(words) <= _MOST and not pc.any(others).as_py():
        yield count_too(case.header("invoice_id"), sorted(words), case.counted(marked))


def _numbers(case: Case) -> Iterator[tuple[str, Any]]:
    """Give the numbers of documents; where no column is known to have them, each that begins with letters."""
    if "invoice_id" in case.cells:
        yield case.header("invoice_id"), case.cells["invoice_id"].text
        return
    for header, place in case.others.items():
        first = first_words(case.sheet, place)
        if len(first) > 1 and all(map(_NUMBER.match, first)):
            yield header, case.words(place)


def refuse_credit_numbers(case: Case) -> None:
    """Ask about rows whose number, or series, is that of credit notes, beside others of invoices.

    Errors: AmbiguousColumnError, where no type tells and no amount is below zero.
    """
    if "document_type" in case.cells or case.has_amounts_below_zero:
        return
    for header, ids in _numbers(case):
        found = pc.struct_field(pc.extract_regex(ids, _PREFIX), "letters")
        _refuse_credits(case, header, ids, found, more="*")
    for header, place in case.others.items():
        words = first_words(case.sheet, place)
        if (
            len(words) > 1
            and all(map(_LETTERS.fullmatch, words))
            and _SERIES.fullmatch(folded(header))
        ):
            texts = case.words(place)
            _refuse_credits(case, header, texts, texts, more="")


def _refuse_credits(case: Case, header: str, texts: Any, found: Any, *, more: str) -> None:
    letters = pc.utf8_lower(found)
    # R is a Rechnung and A an Auftrag, but beside F, a factura, they correct it.
    credited_by = {*_CREDITS, "r", "a"} if pc.any(_among(letters, {"f"})).as_py() else _CREDITS
    credited = pc.and_(_among(letters, credited_by), is_positive(case.amounts))
    others = _among(letters, _INVOICES - {*credited_by})
    if not pc.any(credited).as_py() or not pc.any(others).as_py():
        return
    if all(len(one) == 1 for one in pc.unique(letters.filter(credited)).to_pylist()):
        # Shops and series have letters too, and as many rows as others.
        known = pc.or_(pc.or_(credited, others), pc.is_null(letters))
        if not pc.all(known).as_py() or pc.sum(credited).as_py() > _MOST_CREDITS * len(letters):
            return
    marks = sorted(f"{one}{more}" for one in pc.unique(found.filter(credited)).to_pylist())
    first = texts.filter(credited)[0].as_py()
    a_number = f"a number such as '{first}'" if more else f"'{first}'"
    raise case.ask(
        "amount",
        f"{case.counted(credited)} have {a_number} in '{header}', as credit notes have, and their"
        " amounts have no sign",
        "say whether they are taken off (negative = {} takes nothing off)",
        columns={"amount": case.amount(negative={header: tuple(marks)})},
    )


def _among(letters: Any, known: Collection[str]) -> Any:
    return pc.fill_null(pc.is_in(letters, value_set=pa.array(sorted(known), pa.string())), False)
