"""Headers of sales tax, and of amounts that have it in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli.mapping.cells.currencies import currency_at_end
from retention_cli.mapping.headers import folded, is_named
from retention_cli.mapping.words.meaning import meaning, words_of
from retention_cli.patterns import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Sequence

_TAX = lazy_pattern(
    r"(?:total|order|invoice|sales|line|item|state|local|city|county|summe|betrag|importe|montant"
    r"|cuota|imposta|valor|bedrag)?(?:de|du|del|della)?(?:sales)?"
    r"(?:tax(?:es)?|vat|gst|hst|pst|qst|cgst|sgst|igst|mwst|ust|mehrwertsteuer|umsatzsteuer|steuer"
    r"|tva|iva|btw|moms|igv|itbis|impuestos?|impostos?|imposta)"
    r"(?:amount|amt|betrag|total|totale|summe|collected|charged|bedrag|importe|montant)?"
)
_RATES = {"tipoiva", "tipodeiva", "taxaiva", "taxadeiva", "mwstschlussel"}
_AT_RATE = lazy_pattern(r"[0-9]+(?:[.,][0-9]+)? ?%")


_WITHHELD = lazy_pattern(
    r"(?:retencion|ritenut[ae]|retencao|withh[eo]ld|retenuea?lasource|irpf|quellensteuer)"
)


def is_withheld(header: str) -> bool:
    """Say whether a header is of tax that whoever pays keeps back.

    Example:
        >>> is_withheld("Retención IRPF"), is_withheld("Retention rate")
        (True, False)
    """
    return "%" not in header and _WITHHELD.match(folded(header)) is not None


def is_tax(header: str) -> bool:
    """Say whether a header is of amounts of sales tax, and not of their rate.

    Example:
        >>> [is_tax(header) for header in ("MwSt-Betrag", "Tax (EUR)", "IVA 21 %", "VAT %", "Tax ID")]
        [True, True, True, False, False]
    """
    name = _AT_RATE.sub("", currency_at_end(header)[0])
    return "%" not in name and _TAX.fullmatch(folded(name)) is not None


def names_tax(header: str) -> bool:
    """Say whether a header has a word for sales tax, whatever it says of it.

    Example:
        >>> names_tax("Excl. BTW"), names_tax("Net")
        (True, False)
    """
    return any(map(_TAX.fullmatch, words_of(header)))


def is_tax_rate(header: str) -> bool:
    """Say whether a header is of the rate of sales tax.

    Example:
        >>> [is_tax_rate(header) for header in ("USt-Satz", "Tax Rate (%)", "VAT %", "VAT", "Rate")]
        [True, True, True, False, False]
    """
    said = meaning(header).words
    rate = {"rate", "percent"}
    named = any("tax" in word for word in said) and any(rate & word for word in said)
    return named or folded(header) in _RATES


def gross_header(headers: Sequence[str]) -> str | None:
    """Give the first header that is of amounts with their sales tax.

    Example:
        >>> gross_header(["Rechnungsdatum", "Brutto-Betrag"])
        'Brutto-Betrag'
    """
    return next((header for header in headers if is_named(header, "invoices.amount.gross")), None)
