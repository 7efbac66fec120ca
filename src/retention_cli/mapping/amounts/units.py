"""Headers that say an amount is in hundredths, thousands, lakhs, millions or crores of its currency."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from retention_cli.patterns import lazy_pattern
from retention_cli.text.toml_text import quoted

if TYPE_CHECKING:
    from collections.abc import Sequence

_PARTS = lazy_pattern(r"[\s_()\[\]/;:-]+|,(?![0-9])")
_CAMEL = lazy_pattern(r"(?<=[a-z])(?=(?:Cents?|Pence|Thousands?)$)")
_FILLERS = {"in", "en", "de", "of", "em", "di", "d", "units"}
_CURRENCY = r"(?:eur|euros?|usd|us\$|gbp|chf|\$|€|£)"
_CURRENCIES = lazy_pattern(rf"(?:d')?{_CURRENCY}")
_SAYS_IN = lazy_pattern(r"(?i)\b(?:in|en|em)\b[^.]{1,24}$|\([^)]+\)\s*$")
_UNITS = {
    "cents": lazy_pattern(
        r"cents?|pence|rappen|centimes?|centimos?|centavos?|ct|cts|minor"
        r"|penn(?:y|ies)|kobo|paise|grosz[ey]?|centesimi|fils|[oø]re"
    ),
    "thousands": lazy_pattern(
        rf"[tk]{_CURRENCY}|{_CURRENCY}k|k|x ?'?1000|{_CURRENCY}?'?000'?s?|1[.,']?000|thousands?|tsd"
        r"|tausend|milliers|miles|migliaia|duizend|mil"
    ),
    "lakhs": lazy_pattern(r"lakhs?|lacs?|lakh'?s"),
    "crores": lazy_pattern(r"crores?"),
    "millions": lazy_pattern(
        rf"m(?:io|ln|n)?{_CURRENCY}|{_CURRENCY}m(?:n|io)?|mio|mln|millions?|millionen|millones"
        r"|milioni|miljoen"
    ),
}


@lru_cache(maxsize=1 << 12)
def unit_in(header: str) -> tuple[str, str] | None:
    """Part the name of an amount from the unit that its header says it is in.

    Undefined: None for a header that names no unit.
    Example:
        >>> unit_in("Umsatz in TEUR"), unit_in("amount_cents"), unit_in("Cost Center")
        (('Umsatz', 'thousands'), ('amount', 'cents'), None)
    """
    words = [word for word in _PARTS.split(_CAMEL.sub(" ", header.strip())) if word]
    units: list[str] = []
    money = any(_CURRENCIES.fullmatch(_plain(word)) for word in words)
    while words:
        word = _plain(words[-1])
        unit = next((name for name, form in _UNITS.items() if form.fullmatch(word)), None)
        unit = "millions" if money and word == "m" else unit
        if unit is None and word not in _FILLERS and not _CURRENCIES.fullmatch(word):
            break
        units += [unit] if unit else []
        words.pop()
    return (" ".join(words), units[0]) if words and len(units) == 1 else None


def source_text(header: str) -> str:
    """Write what a column is read from as the settings take it, in the unit that its header names.

    Example:
        >>> source_text("Total"), source_text("amount_cents")
        ('"Total"', '{ from = "amount_cents", unit = "cents" }')
    """
    found = unit_in(header)
    return recipe_with_unit(header, found[1]) if found else quoted(header)


def recipe_with_unit(header: str, unit: str) -> str:
    """Write the recipe of amounts in a unit."""
    return f"{{ from = {quoted(header)}, unit = {quoted(unit)} }}"


def unit_of_title(cells: Sequence[str]) -> tuple[str, str] | None:
    """Part a title of a table from the unit that it says all its amounts are in.

    Example:
        >>> unit_of_title(["Alle Angaben in TEUR", ""]), unit_of_title(["Filiale K"])
        (('Alle Angaben', 'thousands'), None)
    """
    title = " ".join(filter(None, cells))
    return unit_in(title) or unit_in(f"all {title}") if _SAYS_IN.search(title) else None


def rounding(column: str, header: str) -> str:
    """Write the line of the settings that rounds a column to the decimals an amount may have.

    Example:
        >>> rounding("amount", "Price")
        'amount = { from = "Price", round = 4 }'
    """
    return f"{column} = {{ from = {quoted(header)}, round = 4 }}"


def _plain(word: str) -> str:
    parts = unicodedata.normalize("NFKD", word.casefold().rstrip("."))
    return "".join(part for part in parts if not unicodedata.combining(part))
