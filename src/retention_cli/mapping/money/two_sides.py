"""Headers of ledgers: what is charged in one column, and what is credited in another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli.mapping.headers import folded
from retention_cli.patterns import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Sequence

_AMOUNT = "amount|amounts|betrag|umsatz|montant|importe|importo|bedrag|valor|total|sum|value"
_CODE = "eur|usd|gbp|chf|cad|aud|[a-z]{3}"
_DEBITS = "debits?|debited|dr|soll|debe|debitos?|dare|debet|debiti|charged|charges"
_CREDITS = "credits?|credited|cr|haben|haber|creditos?|avere|kredit|crediti"
_SIDES = tuple(
    lazy_pattern(f"(?:{_AMOUNT})?(?:in)?(?:{side})(?:{_AMOUNT})?(?:in)?(?:{_CODE})?")
    for side in (_DEBITS, _CREDITS)
)


def charged_headers(headers: Sequence[str]) -> tuple[str, str] | None:
    """Give the headers of what is charged and of what is credited, where each is there once.

    Example:
        >>> charged_headers(["Datum", "Soll", "Haben"])
        ('Soll', 'Haben')
    """
    found = [[one for one in headers if side.fullmatch(folded(one))] for side in _SIDES]
    return (found[0][0], found[1][0]) if [len(some) for some in found] == [1, 1] else None
