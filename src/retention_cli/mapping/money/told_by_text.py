"""Rows that only the words in another column tell: refunds and taxes among goods, what a row undoes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.mapping.amounts.tax_headers import is_tax
from retention_cli.mapping.money.amounts import is_positive, named
from retention_cli.mapping.money.case import OTHERS, distinct
from retention_cli.mapping.money.finding import first_words, is_how_paid
from retention_cli.mapping.words.meaning import meaning
from retention_cli.patterns import lazy_pattern
from retention_cli.records.document_types import CREDIT, DOCUMENTS, INVOICE, OTHER
from retention_cli.records.word_classes import each_word, plain_words
from retention_cli.text.toml_text import quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from retention_cli.mapping.money.case import Case

_MOST, _SHORT, _FEW = 100, 60, 3
_CREDITS = (
    "(?i)refund|credit ?(?:note|memo)|chargeback|reversal|gutschrift|erstattung|storno|avoir|rembours"
    "|reembols|devoluci|devoluc|rimbors|nota (?:de|di) cr|creditnota|terugbetal|estorno"
)
"""What a text that says that a row is a credit has; goods may be called `Return` and `Credits`."""
_SURELY = lazy_pattern(
    r"\b(?:storno|stornierung|gutschrift|rechnungskorrektur|avoir|credit (?:note|memo)|refund|chargeback|reversal|remboursement"
    r"|reembolso|devolucion|abono|nota (?:di|de) credito|rimborso|reso|creditnota|terugbetaling|estorno|devolucao)\b"
)
"""Words of credits as no customer, place or project is called."""
_DISCOUNT = (
    "discount|rebate|rabatt|skonto|nachlass|remise|descuento|sconto|korting|desconto|ristourne|coupon"
    "|promo(?:tion(?:al)?)? ?code|voucher(?: code)?[ :#-]+[a-z]*[0-9][a-z0-9]*|gutscheincode|aktionscode|code promo|bon de r[eé]duction"
    "|c[oó]digo promocional|cup[oó]n|cupom|codice sconto|actiecode"
    "|(?:freeze|service|sla|loyalty|goodwill|referral|courtesy|outage|downtime|pro-?rat(?:a|ed|ion))[ -]credit"
)
_UNDONE = lazy_pattern(
    r"\b(?:return(?:ed|s)?|revers(?:ed?|al)|contra|negative|neg|retour(?:e|s)?|ruck|storno|devolu\w*|reso|annul\w*|anulad[ao]|of|de|von)\b"
)
_BACK = lazy_pattern("^(?:ruck|rueck|storno|gegen|contra|kontra|retro|terug|retour)(?=[a-z]{4})")
_PAYING = lazy_pattern(
    r"\b(?:payments?|paid|receipts?|zahlung(?:en|seingang)?|paiements?|reglements?|pagos?|cobros?|pagament[oi]|incassi?o?|betaling(?:en)?)\b"
)
_OFF = lazy_pattern(
    rf"(?i)(?:[^\W\d]+[ -])?(?:preis)?(?:{_DISCOUNT})(?:[ :(-]+(?:code|coupon)?[ :]*[\w%.,)]+ ?%?\)?)?"
)
"""What a text that says that a row is a discount is: the word, with one before it or behind it."""
_NO_SALES = (
    r"(?i)\A(?:(?:pre-?)?auth(?:ori[sz]ation|orized)?|autorisi(?:erung|ert)|autorisation|autorizaci[oó]n|autorizzazione|autorisatie|autoriza[cç][aã]o|pro[ -]?forma|quot(?:e|ation)|estimate|angebot|kostenvoranschlag|devis|presupuesto|cotizaci"
    r"|preventivo|offerte|or[cç]amento|pay-?out|withdrawal|auszahlung|(?:bank |wire |internal )?transfer"
    r"|umbuchung|[uü]berweisung|virement|transferencia|traspaso|bonifico|overboeking"
    r"|payment|pmt|zahlung(?:seingang)?|paiement|r[eè]glement|pago|cobro|pagamento|incasso|betaling"
    r"|(?:unbilled|accrued|deferred|unearned) (?:revenue|income|sales?)|(?:revenue|income) (?:accrual|deferral)|umsatzabgrenzung|abgrenzung umsatz"
    r"|noch nicht (?:berechnet|fakturiert)e?r? umsatz|factures? [aà] [eé]tablir|produits constat[eé]s d.avance|ingresos (?:devengados|diferidos)"
    r"|fatture da emettere|(?:ratei|risconti) (?:attivi|passivi)|nog te factureren|receita (?:diferida|a faturar)"
    r"|.*\bredem(?:ption|ed)|.*\beingel[oö]st|.*\beinl[oö]sung)\b"
)
_FEES = (
    r"\A(?:(?:late|overdue|default|dunning|reminder)[ -]*(?:payment)?[ -]*(?:fees?|charges?|interest|penalt(?:y|ies))"
    r"|(?:default |overdue )?interest(?: (?:income|charges?|on .*))?|(?:verzugs)?zinsen|zinsertr[aä]ge?|mahn(?:geb[uü]hr(?:en)?|kosten|spesen)"
    r"|s[aä]umniszuschlag|(?:frais|p[eé]nalit[eé]s?|int[eé]r[eê]ts) de retard|int[eé]r[eê]ts(?: moratoires)?|intereses(?: de (?:demora|mora))?"
    r"|recargo por (?:mora|demora)|interessi(?: di mora| moratori)?|penale di ritardo|(?:wettelijke )?rente|aanmaningskosten|incassokosten"
    r"|juros(?: de mora)?|multa por atraso|(?:\w+ )?(?:(?:marketplace|platform|selling|referral|transaction|processing|payment) (?:fees?|commissions?)"
    r"|verkaufsprovision|frais de plateforme|commission de vente))\W*\z"
)
"""What nobody buys: interest, fees for paying late, and what a place of sale keeps."""
_BOOKED = (
    r"(?:(?:un)?reali[sz]ed )?(?:(?:fx|forex|foreign exchange|exchange(?: rate)?|currency) )(?:gains?|loss(?:es)?|differences?|adjustments?)(?: .*)?"
    r"|(?:gains?|loss(?:es)?) on (?:exchange|fx|foreign exchange|disposal|sale of assets?)(?: .*)?|bad debts?(?: .*)?|write[ -]?offs?(?: .*)?|written off(?: .*)?"
    r"|(?:kurs|w[aä]hrungs)(?:gewinne?|verluste?|differenz(?:en)?)|forderungs(?:ausfall|verlust|abschreibung)|ausbuchung|uneinbringlich.*"
    r"|(?:gains?|pertes?|[eé]carts?) de change|cr[eé]ances? irr[eé]couvrables?|pertes? sur cr[eé]ances?(?: .*)?"
    r"|diferencias? (?:de cambio|cambiarias?)|cr[eé]ditos? incobrables?|incobrables?|differenz[ae] (?:su )?cambi|util[ei] su cambi|perdit[ae] su (?:cambi|crediti)"
    r"|koers(?:verschil(?:len)?|winst|verlies)|oninbaar.*|afboeking(?:en)?|varia(?:[cç][aã]o|[cç][oõ]es) cambia(?:l|is)"
)
"""What is booked beside sales: what an exchange rate brings, and what nobody pays any more."""
_DOUBTFUL = (
    r"(?i)\b(?:replacement|exchange|consignment|inter-?company|accruals?|warranty|goodwill|sample|internal"
    r"|credits? applied|applied credit|pass[ -]?through|revaluation|adjustment|kursdifferenz\w*|instal?ments?"
    r"|deposit|advance|down ?payment|retainer|abschlag\w*|anzahlung\w*|akonto\w*|ersatz\w*|umtausch|kulanz"
    r"|garantie|muster|konzernintern|abgrenzung\w*|r[uü]ckstellung\w*|acompte|[eé]change|anticipo|muestra"
    r"|garant[ií]a|acconto|campione|garanzia|aanbetaling|omruil|adiantamento|troca|amostra"
    r"|money back|paid back|repaid|refunded|geld zur[uü]ck|zur[uü]ck(?:gezahlt|erstattet|[uü]berwiesen|bezahlt)|rembours[eé]e?"
    r"|devuelt[oa]|reembolsad[oa]|rimborsat[oa]|terugbetaald|terugbetaling)\b"
)
"""What rows are that may be no sales, or in others already; products may be called so."""
_ALONE = r"(?i)\A(?:deposit|advance(?: payment)?|down ?payment|prepayment|anzahlung|vorauszahlung|acompte|anticipo|acconto|aanbetaling|adiantamento|pfand|leergut|kaution|statiegeld|borg|consigne|caution|fianza|envases?|cauzione|cau[cç][aã]o|(?:bottle|container|security|damage) deposit)\W*\z"
_UNDOING = (
    r"(?i)\A(?:void|cancell?ed|do not (?:count|use|invoice)|not (?:invoiced|billed|charged)|duplicate(?:d)? (?:of|entry|invoice)|superseded|replaced by"
    r"|entered (?:in error|twice)|storniert|stornorechnung|doppelt (?:erfasst|gebucht|berechnet)|ersetzt durch|fehlbuchung|nicht berechne[nt]"
    r"|annul[eé]e?|remplac[eé]e? par|doublon|saisie? (?:en double|par erreur)|anulad[ao]|sustituid[ao] por|duplicad[ao]|annullat[ao]|sostituit[ao] d(?:a|alla|al)"
    r"|geannuleerd|vervangen door|dubbel (?:geboekt|ingevoerd)|substitu[ií]d[ao] por)\b"
)
"""How remarks begin that say of a row that it does not count."""
_GIFTS = (
    r"(?i)\b(?:(?:gift|store|prepaid) ?(?:card|voucher|certificate|credit)s?|(?:geschenk|wert)?gutscheine?"
    r"|geschenkkarten?|ch[eè]ques?[ -]cadeaux?|(?:cartes?|bons?)[ -]cadeaux?|(?:tarjetas?|cheques?|bonos?) (?:de )?regalo"
    r"|(?:carta|buono|buoni)[ -]regalo|cadeau(?:bon|kaart)(?:nen|en)?|(?:cart[aã]o|vale)[ -]presente)\b"
)
"""What is sold now and goods are given for later, where that is another row."""
_OF_SOMETHING_ELSE = each_word(
    "amount status payment id name customer org email address phone date"
)
_TAXES = "(?i)tax|vat|gst|hst|mwst|ust|steuer|tva|iva|btw|moms|imposta"


def refuse_credits_by_text(case: Case) -> None:
    """Ask about rows that a text calls a refund.

    Errors: AmbiguousColumnError, where their amounts have no sign.
    """
    for header, place in _texts(case):
        words, texts = _saying(case, place, f"{_CREDITS}|{_DISCOUNT}")
        credited = [one for one in texts if DOCUMENTS.meaning(one) == CREDIT or _OFF.fullmatch(one)]
        if not credited and place != case.layout.sources.get("product"):
            opposite = _opposites(first_words(case.sheet, place))
            marked = pc.and_(_are(case.words(place), opposite), is_positive(case.amounts))
            credited = distinct(case.words(place), marked) if opposite else []
            credited = credited or [
                text for text in texts if len(texts) <= _FEW and _SURELY.search(plain_words(text))
            ]
            words = case.words(place) if credited else words
        if credited:
            _refuse_credits(case, header, credited, words)


def _opposites(words: Sequence[str]) -> list[str]:
    """Give words that are another one with one for its return before or behind it.

    Example:
        >>> _opposites(["Premium", "Return premium", "Returns desk", "Lastschrift", "R\u00fccklastschrift"])
        ['Return premium', 'R\u00fccklastschrift']
    """
    plain = {plain_words(word) for word in words} - {""}
    bare = {
        word: " ".join(_UNDONE.sub(" ", _BACK.sub("", plain_words(word))).split()) for word in words
    }
    return [word for word, rest in bare.items() if rest in plain - {plain_words(word)}]


def _payments(words: Sequence[str]) -> list[str]:
    """Give words that are another one with a word for its payment.

    Example:
        >>> _payments(["Pledge", "Pledge payment", "Payment desk"])
        ['Pledge payment']
    """
    plain = {plain_words(word) for word in words} - {""}
    bare = {word: " ".join(_PAYING.sub(" ", plain_words(word)).split()) for word in words}
    return [word for word, rest in bare.items() if rest in plain - {plain_words(word)}]


def no_sales(case: Case) -> Iterator[str]:
    """Say which rows a text calls a quote, a payment or a transfer, where no type tells."""
    for header, place in () if "document_type" in case.cells else _texts(case):
        if header not in case.others and place != case.layout.sources.get("product"):
            continue
        said = meaning(header).any
        goods = "product" in said or place == case.layout.sources.get("product")
        if said & _OF_SOMETHING_ELSE and not (goods or "type" in said):
            continue
        if {"paid", "payment"} & said or is_how_paid(header):
            continue
        sure = rf"{_NO_SALES}|{_FEES}|\A(?:{_BOOKED})\W*\z"
        doubtful = f"{_GIFTS}|{_ALONE}" if goods else f"{_GIFTS}|{_DOUBTFUL}"
        sure = sure if goods else f"{sure}|{_UNDOING}"
        words, texts = _saying(case, place, f"{sure}|{doubtful}", pc.is_valid)
        paying = _payments(first_words(case.sheet, place))
        if paying:
            yield from case.refuse_or_say(header, place, paying)
        if not texts or pc.all(pc.fill_null(_are(words, texts), True)).as_py():
            continue
        known = pa.array(texts).filter(pc.match_substring_regex(pa.array(texts), sure)).to_pylist()
        if known:
            yield from case.refuse_or_say(header, place, known)
        else:
            yield case.count_too(header, place, texts)


def refuse_taxes_by_text(case: Case) -> None:
    """Ask about rows that a text calls a tax, where no type tells.

    Errors: AmbiguousColumnError, where other rows have other texts.
    """
    for header, place in () if "document_type" in case.cells else _texts(case):
        if "tax" in meaning(header).any:
            continue
        words, texts = _saying(case, place, _TAXES)
        taxes = [text for text in texts if is_tax(text)]
        if taxes and pc.any(pc.and_(pc.is_valid(words), pc.invert(_are(words, taxes)))).as_py():
            _refuse_taxes(case, header, taxes, words)


def refuse_mixed_tax(case: Case) -> None:
    """Ask about amounts of which a column says that some have their tax in them, and others not.

    Errors: AmbiguousColumnError.
    """
    for header, place in case.others.items():
        words = first_words(case.sheet, place)
        if not 1 < len(words) <= 2 * _FEW:
            continue
        told = {word: meaning(word).any & {"gross", "net"} for word in words if len(word) < _SHORT}
        sides = [
            [word for word, said in told.items() if said == {side}] for side in ("gross", "net")
        ]
        if not all(sides):
            continue
        marked = _are(case.words(place), sides[0])
        raise case.ask(
            f"amount ('{case.header('amount')}')",
            f"'{header}' has {named(sides[0])} in {case.counted(marked)} beside {named(sides[1])}:"
            " amounts with their tax and without it are not added up",
            "export amounts without tax; if all of them are alike, write this",
            columns={"amount": case.as_it_stands},
        )


def _texts(case: Case) -> list[tuple[str, int]]:
    """Give the columns that may say what a row is."""
    product = case.layout.sources.get("product")
    ours = [(case.header("product"), product)] if isinstance(product, int) else []
    return [*case.layout.others.items(), *ours]


def _saying(
    case: Case, place: int, pattern: str, beside: Callable[[Any], Any] = is_positive
) -> tuple[Any, list[str]]:
    """Give a column, and those of its texts with a pattern in them that stand beside such an amount."""
    if not any(_has(chunk, pattern) for chunk in case.sheet.held(place).chunks):
        return None, []
    words = case.words(place)
    found = pc.fill_null(pc.match_substring_regex(words, pattern), False)
    return words, distinct(words, pc.and_(found, beside(case.amounts)))[:_MOST]


def _has(cells: Any, pattern: str) -> bool:
    """Say whether a short text has a pattern: what says nothing else is short."""
    texts = cells.dictionary if pa.types.is_dictionary(cells.type) else cells
    short = texts.filter(pc.less(pc.binary_length(texts), _SHORT))
    return bool(len(short)) and pc.any(pc.match_substring_regex(short, pattern)).as_py() is True


def _refuse_credits(case: Case, header: str, credited: Sequence[str], words: Any) -> None:
    raise case.ask(
        "amount",
        f"'{header}' has {named(credited)} in {case.counted(_are(words, credited))}, and their"
        " amounts have no sign",
        "say whether they are taken off (negative = {} takes nothing off)",
        columns={"amount": case.amount(negative={header: tuple(credited)})},
    )


def _refuse_taxes(case: Case, header: str, taxes: Sequence[str], words: Any) -> None:
    raise case.ask(
        "amount",
        f"'{header}' has {named(taxes)} in {case.counted(_are(words, taxes))}, and whether that is"
        " sales tax is not known",
        f'"{OTHER}" says that it is, and counts in no figure, "{INVOICE}" that it counts; write',
        columns={"document_type": quoted(header)},
        values={"document_type": {**dict.fromkeys(taxes, OTHER), OTHERS: INVOICE}},
    )


def _are(words: Any, texts: Sequence[str]) -> Any:
    return pc.fill_null(pc.is_in(words, value_set=pa.array(texts, pa.string())), False)
