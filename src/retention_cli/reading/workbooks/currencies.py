"""Currencies that formats show beside numbers; where a column has several, its cells say which."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from retention_cli.patterns import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

BUILT_IN_MONEY = frozenset(("5", "6", "7", "8", "42", "44"))
"""Built-in formats of money; a workbook whose own sign is not a dollar writes their codes out."""

_REGIONS = {
    "US": ("USD", 0x409, 0x540A),
    "CA": ("CAD", 0x1009, 0xC0C),
    "AU": ("AUD", 0xC09),
    "NZ": ("NZD", 0x1409),
    "SG": ("SGD", 0x4809, 0x1004),
    "HK": ("HKD", 0xC04, 0x3C09),
    "TW": ("TWD", 0x404),
    "MX": ("MXN", 0x80A),
    "AR": ("ARS", 0x2C0A),
    "CL": ("CLP", 0x340A),
    "CO": ("COP", 0x240A),
    "SE": ("SEK", 0x41D, 0x81D),
    "NO": ("NOK", 0x414, 0x814),
    "DK": ("DKK", 0x406),
    "IS": ("ISK", 0x40F),
    "JP": ("JPY", 0x411),
    "CN": ("CNY", 0x804),
    "CH": ("CHF", 0x807, 0x100C, 0x810),
}
"""The currencies of regions, and the numbers of their languages in Windows."""
_OF_SEVERAL = frozenset(("$", "kr", "kr.", "¥", "￥", "fr.", "sfr."))
"""Signs of several currencies, of which the language tells one."""
_IN_BRACKETS = lazy_pattern(r"\[\$([^\]-]+)(?:-([^\]]*))?")
_LOCALE = lazy_pattern(r"[0-9A-Fa-f]{1,8}")
_LANGUAGE = lazy_pattern(r"[A-Za-z]{2,3}(?:[-_][A-Za-z]{4})?[-_]([A-Za-z]{2})")
_AROUND = lazy_pattern(r'"([^"]*)"|\\(.)|[_*].|\[[^\]]*\]', re.DOTALL)
_CODE = lazy_pattern(r"(?<![A-Za-z])[A-Z]{3}(?![A-Za-z])")
_THOUSANDS_OR_DECIMALS = 3
_SEVERAL = 2


def currency_in(code: str) -> str | None:
    """Give the sign or the code of the currency that a format of numbers shows.

    Example:
        >>> currency_in('#,##0.00 [$€-407];-0'), currency_in('"$"#,##0'), currency_in("0.00 CHF")
        ('€', '$', 'CHF')
        >>> currency_in('0 "pieces"'), currency_in("[$-409]0.00")
        (None, None)
        >>> currency_in("[$$-1009]0.00"), currency_in("[$kr-sv-SE]0"), currency_in("[$$-409]0.00")
        ('CAD', 'SEK', 'USD')
    """
    first = code.split(";", maxsplit=1)[0]
    found = _IN_BRACKETS.search(first)
    if found is not None:
        sign = found[1].strip()
        return _of_language(sign, found[2] or "") if sign.lower() in _OF_SEVERAL else sign or None
    shown = _AROUND.sub(lambda part: part[1] or part[2] or "", first)
    sign = next((one for one in shown if unicodedata.category(one) == "Sc"), None)
    told = _CODE.search(shown)
    return sign or (told[0] if told else None)


def _of_language(sign: str, language: str) -> str:
    """Tell a sign of several currencies by the language that stands beside it."""
    told = _LANGUAGE.fullmatch(language)
    number = int(language, 16) & 0xFFFF if _LOCALE.fullmatch(language) else 0
    found = (
        str(currency)
        for region, (currency, *numbers) in _REGIONS.items()
        if number in numbers or (told and told[1].upper() == region)
    )
    return next(found, sign)


def mixed_places(currencies: Mapping[int, Iterable[str]]) -> frozenset[int]:
    """Give the columns whose cells are in several currencies."""
    return frozenset(at for at, found in currencies.items() if len(set(found)) >= _SEVERAL)


def with_currency(number: str, currency: str) -> str:
    """Write a number as text with its currency, so that its point is not taken for one of thousands.

    Example:
        >>> with_currency("20", "€"), with_currency("1.234", "USD"), with_currency("-1.5", "zł")
        ('20.00 €', '1.2340 USD', '-1.5 zł')
    """
    _, point, decimals = number.partition(".")
    if not point:
        number += ".00"
    elif len(decimals) == _THOUSANDS_OR_DECIMALS:
        number += "0"
    return f"{number} {currency}"
