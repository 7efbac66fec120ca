"""Currencies that formats show beside numbers: where a column has several, its cells say which."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from retention_cli.patterns import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

BUILT_IN_MONEY = frozenset(("5", "6", "7", "8", "42", "44"))
"""Built-in formats of money; a workbook whose own sign is not a dollar writes their codes out."""

_IN_BRACKETS = lazy_pattern(r"\[\$([^\]-]+)")
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
    """
    first = code.split(";", maxsplit=1)[0]
    found = _IN_BRACKETS.search(first)
    if found is not None:
        return found[1].strip() or None
    shown = _AROUND.sub(lambda part: part[1] or part[2] or "", first)
    sign = next((one for one in shown if unicodedata.category(one) == "Sc"), None)
    told = _CODE.search(shown)
    return sign or (told[0] if told else None)


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
