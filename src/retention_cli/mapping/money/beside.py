"""What stands beside an amount, changes what it means and is not read: it is said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow.compute as pc

from retention_cli.mapping.amounts.other_numbers import numbers_of
from retention_cli.mapping.amounts.units import unit_in
from retention_cli.mapping.headers import folded
from retention_cli.mapping.money.finding import (
    are_accounts,
    are_flags,
    credit_flags,
    first_words,
    is_doubt,
    is_invoice,
    letter_columns,
    status_columns,
    status_flags,
    words_of,
)
from retention_cli.mapping.money.layouts import REFUND, is_named_refund
from retention_cli.mapping.money.types import COLUMN as TYPE
from retention_cli.mapping.proposing import settles
from retention_cli.mapping.words.meaning import meaning
from retention_cli.patterns import lazy_pattern
from retention_cli.records.base import NO, YES, headers_of
from retention_cli.records.billing_statuses import BILLING, CREDITED, DRAFT, REFUNDED, VOID
from retention_cli.settings import Recipe
from retention_cli.text.toml_text import quoted
from retention_cli.text.wording import quoted_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from retention_cli.mapping.money.case import Case

_SHOWN, _FEW, _WRITE = 4, 8, "write in retention.toml: [export.columns]"
_CODE = lazy_pattern("[A-Z0-9]{1,4}")
_KEY, _RARE = lazy_pattern("[A-Za-z]{1,6}\\.?"), 0.3
_PLANNED = lazy_pattern(
    "(?i)(?:forecast|fc|budget(?:ed)?|bud|plan(?:ned)?|projection|prognose|pr[eé]vision|pr[eé]vu|previsto"
    "|scenario|target)[ -]?[0-9]*|template|train(?:ing)?(?: mode)?|practice|schulung|(?:ü|ue)bung|staging|dev|qa|uat|pipeline|(?:best|worst) case|commit|omitted|upside|vorlage|sjabloon|mod[eè]le|plantilla|demo|dummy|(?:free )?trial|free(?: of charge)?|comp(?:limentary|s|ed)?|freikarte|ehrenkarte|exon[eé]r[eé]e?|invit[eé]e?|invitaci[oó]n|cortes[ií]a|omaggio|vrijkaart|gratis|kostenlos|gratuite?|essai|prueba|prova|proef|probe(?:abo|zeit)?"
)
_REAL = lazy_pattern(
    "(?i)actuals?|live(?: mode)?|ist|r[eé]el|reale?|werkelijk|production|prod|produktion|echt"
)
_CHANGED = lazy_pattern("(?i)(?:updat|modif|chang|amend|delet|remov|cancel|revers|correct)\\w*")
"""What a log calls rows that are of an invoice that it has already."""
_FURTHER = lazy_pattern(
    "commissions?(?:amount)?|provision(?:sbetrag)?|comisi[oó]n(?:es)?|provvigion[ei]|commissie|comiss[aã]o|(?:our|partner|host)(?:share|earnings)"
    "|kupon|adjustments?(?:amount)?|korrektur(?:betrag)?"
    "|tips?(?:amount)?|gratuity|trinkgeld|pourboire|propina|mancia|fooi|gorjeta|write ?offs?(?:amount)?"
    "|(?:amount)?writtenoff|baddebts?|ausbuchung|(?:loyalty|reward)?points(?:redeemed|used)?(?:value|amount)"
    "|(?:storecredit|giftcard|voucher|wallet)(?:amount|used|redeemed|value)"
)
"""Amounts of what became of others: corrections, and what came on top."""
_SHARE = r"\A[0-9]+(?:[.,][0-9]+)? ?%?\z"
_NUMBER = r"\A-?[0-9]+(?:[.,][0-9]+)?\z"
_RETURNED = lazy_pattern(
    "(?:return|refund|retour|retoure|ruckgabe|devuelt|devol|reso|resi|geretourneerd|credit).*"
    "(?:qty|quantity|units|items|menge|stuck|cantidad|quantita|aantal|quantidade|applied|used)"
    "|(?:qty|quantity|units|items|menge|quantite|cantidad|quantita|aantal|quantidade).*"
    "(?:return|refund|retour|ruckgabe|devuelt|devol|reso|resi)"
)
"""Goods that came back, and credits that were used up: amounts may be before or after them."""
_RATE = r"\A(?:0?[.,][0-9]+|[01](?:[.,]0*)?)\z"
_NOTHING = r"\A0*(?:[.,]0*)? ?%?\z"


def beside(case: Case) -> Iterator[str]:
    """Say which types, refunds, discounts and shares are not read, and which profit would tell the cost."""
    yield from _unread_words(case)
    for header, place in case.others.items():
        if header in (case.told_amount.less or ()):
            continue
        said = meaning(header).any
        share = "%" in header or "percent" in said
        whole = _counted_whole(case, header, place, share=share)
        if whole is not None:
            own = "" if _WRITE in whole else settles(header)
            yield f"'{header}' is not read: '{case.header('amount')}' {whole}{own}"
        elif is_named_refund(header) or "discount" in said:
            yield from _not_taken_off(case, header, place, share=share)
        elif "ledger" in said and are_accounts(words_of(case.sheet, place)):
            yield f"rows of every account in '{header}' count{settles(header)}"
        elif "margin" in said and not share and "cost" not in case.cells:
            yield from _profit(case, header, place)


def _counted_whole(case: Case, header: str, place: int, *, share: bool) -> str | None:
    """Say how an amount is taken beside a column that would make another one of it, if it would."""
    name = folded(header)
    refunds = share and REFUND.search(name)
    back, further = _RETURNED.search(name), _FURTHER.fullmatch(name)
    if not (refunds or back or further or is_doubt(header, "weighted")):
        return _mixed(case, header, place) or None
    words = case.words(place)
    if refunds and are_shares(words):
        return "is taken before these refunds"
    if not are_numbers(words):
        return None
    if back:
        own = f"; to take it off, {_WRITE} amount = {case.without(header)}"
        return f"is taken as it is, before or after it{own if 'credit' in name else ''}"
    return "is taken as it is" if further else "is taken in full, won or not"


def _mixed(case: Case, header: str, place: int) -> str:
    """Say that amounts of several versions, or in several units, are added up, if they are."""
    versions = "invoice_id" not in case.cells and is_doubt(header, "version")
    units = {"unit", "currency"} & meaning(header).any
    words = words_of(case.sheet, place) if versions or units else []
    if versions and len(words) > 1:
        return "is added up over every version, which leave_out leaves out"
    mixed = len(words) > 1 and any(unit_in(f"x {word}") for word in words)
    return "is taken as it is written, whatever its unit" if mixed else ""


def _not_taken_off(case: Case, header: str, place: int, *, share: bool) -> Iterator[str]:
    source = case.layout.sources["amount"]
    own = f"; to take it off, {_WRITE} amount = {case.without(header)}"
    if not is_named_refund(header):
        if _may_be_off(case, place):
            named = " times ".join(f"'{name}'" for name in case.factors)
            said = f"amount is read from {named}, as it is before or after '{header}'"
            share = share or _are_rates(case, place)
            yield f"{said}{settles(header)}" if share else f"{said}{own}"
        return
    made = isinstance(source, Recipe) and not (source.from_ or source.less)
    if made and are_numbers(case.words(place)):
        yield (
            f"'{header}' is not read: the amount is made as the settings say, and what was"
            f" refunded is still in it{own}"
        )


def _are_rates(case: Case, place: int) -> bool:
    """Say whether no number of a column is above one: 0.2 is a fifth off, and no money to subtract."""
    texts = case.words(place).drop_null()
    return bool(len(texts)) and bool(pc.all(pc.match_substring_regex(texts, _RATE)).as_py())


def _profit(case: Case, header: str, place: int) -> Iterator[str]:
    amount, profit = case.header("amount"), numbers_of(case.sheet, place)
    if profit is not None and profit.any():
        recipe = f"{{ subtract = [{quoted(amount)}, {quoted(header)}] }}"
        yield (
            f"'{header}' is not read; if it is what '{amount}' leaves after its cost,"
            f" write in retention.toml: [export.columns] cost = {recipe}"
        )


def _unread_words(case: Case) -> Iterator[str]:
    """Say which columns may have types, or statuses under a name that nobody knows."""
    flags: list[str] = []
    known = {header for header, *_ in status_flags(case.sheet, case.layout)}
    known |= {header for header, _ in credit_flags(case.sheet, case.layout)}
    known |= {header for header, *_ in letter_columns(case.sheet, case.layout)}
    kinds = headers_of(case.layout.model.model_fields[TYPE])
    types = {folded(name) for name in (*kinds.strong, *kinds.weak)}
    read = {header for header, _ in status_columns(case.sheet, case.layout)}
    for header, place in case.others.items():
        first = first_words(case.sheet, place)
        if not (is_doubt(header, "steps") or all(map(_may_tell, first))):
            if header not in read and any(_is_gone(one) or is_invoice(one) for one in first):
                yield from _gone_among_others(case, header, place)
            continue
        words = words_of(case.sheet, place)
        typed = folded(header) in types or (
            header not in known and _is_rare(case, header, place, words)
        )
        if TYPE not in case.cells and typed and _are_codes(words):
            yield (
                f"'{header}' is not read: rows with {quoted_names(words[:_SHOWN], ', ')} all count; if"
                f" these are types of documents, {_WRITE} {TYPE} = {quoted(header)}"
            )
        if header not in read and (gone := _gone(header, words)):
            yield from case.refuse_or_say(header, place, gone)
        elif header not in known and _is_flag(header, words, case.words(place)):
            flags.append(header)
    if flags:
        says = "says" if len(flags) == 1 else "say"
        yield (
            f"every row counts, whatever {quoted_names(flags)} {says}; leave_out ="
            f" {{ {', '.join(f'{quoted(one)} = []' for one in flags)} }} in their [[export]] says that"
            " this is right, and with words in the brackets it leaves rows out"
        )


def _gone_among_others(case: Case, header: str, place: int) -> Iterator[str]:
    """Say which rows have a word that says that they may not count, or is none for invoices beside one that is."""
    words = words_of(case.sheet, place)
    invoices = any(map(is_invoice, words))
    gone = [word for word in words if _is_gone(word) or (invoices and not is_invoice(word))]
    if 1 < len(words) <= _FEW and case.has_money(place, gone):
        yield case.count_too(header, place, gone)


def _is_flag(header: str, words: Sequence[str], texts: Any) -> bool:
    """Say whether a column has a yes and a no, or a yes and blanks, that may be of any sort."""
    if not are_flags(words) or is_doubt(header, "harmless") or "type" in meaning(header).any:
        return False
    both = len({word.casefold() in {*YES, "1", "1.0"} for word in words}) > 1
    return both or (any(map(str.isalpha, words)) and bool(texts.null_count))


def _gone(header: str, words: Sequence[str]) -> list[str]:
    """Give the words of a column whose rows may not count."""
    if are_flags(words):
        no = is_doubt(header, "counting")
        wanted = {*NO, "0"} if no else {*YES, "1"} if is_doubt(header, "excluded") else set()
        return [word for word in words if word.casefold() in wanted]
    if is_doubt(header, "steps"):
        return [word for word in words if _CHANGED.match(word)]
    return [word for word in words if _is_gone(word)] if all(map(_is_known, words)) else []


def _counts_not(word: str) -> bool:
    return BILLING.meaning(word) in {VOID, DRAFT, REFUNDED, CREDITED}


def _is_gone(word: str) -> bool:
    return _counts_not(word) or _PLANNED.fullmatch(word) is not None


def is_planned(words: Sequence[str], *, alone: bool = False) -> bool:
    """Say whether texts are scenarios, plans among them; `alone` nothing but plans.

    Example:
        >>> is_planned(["Actual", "Budget"]), is_planned(["Actual", "Budget"], alone=True)
        (True, False)
    """
    plans = [word for word in words if _PLANNED.fullmatch(word)]
    real = [word for word in words if _REAL.fullmatch(word)]
    return bool(plans) and len(plans) + (0 if alone else len(real)) == len(words)


def _is_known(word: str) -> bool:
    known = _REAL.fullmatch(word) or BILLING.meaning(word) or are_flags([word])
    return _is_gone(word) or bool(known)


def _may_tell(word: str) -> bool:
    return _CODE.fullmatch(word) is not None or _is_known(word)


def _are_codes(words: Sequence[str]) -> bool:
    """Say whether texts may be types that nobody spells out, such as F2 and G2."""
    return len(words) > 1 and all(map(_CODE.fullmatch, words))


def _is_rare(case: Case, header: str, place: int, words: Sequence[str]) -> bool:
    """Say whether one of two codes is of few rows, under a header that says nothing to anybody."""
    if len(words) != 2 or meaning(header).any or not _KEY.fullmatch(header):
        return False
    texts = case.words(place)
    counts = [pc.sum(pc.equal(texts, word)).as_py() for word in words]
    return bool(sum(counts) == len(texts) and min(counts) <= _RARE * len(texts))


def _may_be_off(case: Case, place: int) -> bool:
    """Say whether an amount may be with or without a discount beside it."""
    source = case.layout.sources["amount"]
    less = case.told_amount.less
    if isinstance(source, Recipe) and not source.multiply and (less is not None or not source.less):
        return False
    net = any("net" in meaning(name).any for name in case.factors)
    numbers = None if net else numbers_of(case.sheet, place)
    return (numbers is not None and bool(numbers.any())) or (
        not net and are_shares(case.words(place))
    )


def is_share(header: str) -> bool:
    """Say whether a header is of the part of an amount that a row has."""
    return is_doubt(header, "share") or folded(header).endswith(("share", "split", "anteil"))


def has_shares(texts: Any) -> bool:
    """Say whether a column has shares, and any that is of less than all."""
    whole = pc.match_substring_regex(texts, r"\A(?:100(?:[.,]0*)?|1(?:[.,]0*)?) ?%?\z")
    return are_shares(texts) and pc.all(pc.fill_null(whole, True)).as_py() is False


def are_numbers(texts: Any) -> bool:
    """Say whether a column has numbers, and any that is not 0."""
    texts = pc.unique(texts).drop_null()
    numbers = pc.match_substring_regex(texts, _NUMBER)
    other = pc.invert(pc.match_substring_regex(texts, _NOTHING))
    return bool(pc.all(numbers).as_py()) and bool(pc.any(other).as_py())


def are_shares(texts: Any) -> bool:
    """Say whether a column has shares, and any that is not 0."""
    shares = pc.match_substring_regex(texts, _SHARE)
    nothing = pc.match_substring_regex(texts, _NOTHING)
    return pc.any(pc.and_not(shares, nothing)).as_py() is True
