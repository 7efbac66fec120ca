"""Currencies beside amounts: what a sign or a code of them is, and the amount without it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.mapping.cells.known_words import told
from retention_cli.patterns import lazy_pattern
from retention_cli.records.word_classes import plain_words

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

_TOLD = told("currencies")
_SIGNS = {
    **{sign: code for code, signs in _TOLD["signs"].items() for sign in signs.split()},
    **dict.fromkeys(_TOLD["several"].split()),
}
_OF_SEVERAL = {sign: codes.split() for sign, codes in _TOLD["of_several"].items()}
_BARE: dict[str, str] = {codes[0]: sign for sign, codes in _OF_SEVERAL.items()}
_CODES = _TOLD["codes"].split()
_CURRENCIES = {
    **{sign.upper(): code for sign, code in _SIGNS.items()},
    **dict(zip(_CODES, _CODES, strict=True)),
}

# The patterns run in arrow (RE2): explicit classes, and \z for the end.
SPACES = " \u00a0\u202f\u2009"
SEPARATORS = f"{SPACES}'\u2019"
MINUS = "\u2212\u2013"
_OF_AMOUNTS = f"-+{MINUS}().,{SEPARATORS}"
_AMOUNT = f"[{_OF_AMOUNTS}]*[0-9][{_OF_AMOUNTS}0-9]*"
_POINTED = r"(?:kr|s?fr|rs)\."
"""Signs that may be shortened words, with the point of one."""
_NOTHING = f"[{SPACES}]*[-{MINUS}][{SPACES}]*"
"""What accounting formats show for 0: a dash behind the currency."""
_CURRENCY = "|".join([_POINTED, *(text.replace("$", r"\$") for text in (*_SIGNS, *_CODES))])
_ONE_CURRENCY = (
    rf"(?i)\A(?:[-+{MINUS}(]?(?:{_CURRENCY}){_AMOUNT}|(?:{_CURRENCY}){_NOTHING}"
    rf"|{_AMOUNT}(?:{_CURRENCY})[-{MINUS})]?)\z"
)
_ANY_CURRENCY = rf"(?i)[{SPACES}]?(?:{_POINTED}|[^{_OF_AMOUNTS}0-9]+)[{SPACES}]?"

_NO_AMOUNT = f"[^{_OF_AMOUNTS}0-9]"
"""What a cell with a currency has: to look for all of them takes milliseconds."""

_OF_HEADERS = "|".join(
    re.escape(text) for text in sorted({*_SIGNS, *_CODES}, key=len, reverse=True)
)
_LONGEST = 1_000
"""No header is longer that names a currency; a search in one of a million spaces takes for ever."""
_CODE = lazy_pattern(r"(?<![A-Za-z])[A-Z]{3}(?![A-Za-z])")
_USUAL = frozenset(("EUR", "USD", "GBP", "CHF", "JPY"))
_OF_TITLES = frozenset(_TOLD["of_titles"]["words"].split())
_IN_TITLE = lazy_pattern(
    rf"\b(?:in (?P<said>{'|'.join(_CODES)})|(?P<word>[^\W\d]+)\W{{1,3}}(?P<told>{'|'.join(_CODES)}|€|£))(?!\w)"
)
"""A title says `in EUR`, or has a word for a currency before its code: ALL and TOP are words too."""
_IN_HEADER = lazy_pattern(
    rf"(?P<name>.+?)[ _]*(?:[(\[] ?(?:in )?(?P<bracketed>{_OF_HEADERS}) ?[)\]]"
    rf"|[ _](?:in (?P<told>{_OF_HEADERS})|(?P<bare>EUR|USD|GBP|CHF|€|\$|£)))",
    re.IGNORECASE,
)
"""A header that ends with a currency. Without brackets TOP and ALL are words, and no codes."""


def code_of(text: str) -> str:
    """Give the code that a cell of currencies stands for: a sign of several stays as it is.

    Example:
        >>> code_of("eur"), code_of("€"), code_of("$")
        ('EUR', 'EUR', '$')
    """
    upper = text.upper()
    return upper if upper in {"$", "¥"} else _CURRENCIES.get(upper) or upper


def code_alone(text: str) -> str | None:
    """Give the code of a cell that has a sign or a code of one currency, and nothing else.

    Example:
        >>> code_alone("€ "), code_alone("usd"), code_alone("kr"), code_alone("5 €")
        ('EUR', 'USD', None, None)
    """
    return _CURRENCIES.get(text.strip().upper())


def may_be(shown: str, code: str) -> bool:
    """Tell whether a sign or a code of amounts may be of a currency: dollars have one sign.

    Example:
        >>> may_be("$", "CAD"), may_be("USD", "CAD"), may_be("€", "EUR"), may_be("€", "USD")
        (True, False, True, False)
    """
    several = _OF_SEVERAL.get(shown)
    return code in several if several else code_of(shown) == code


def is_of_several(sign: str) -> bool:
    """Tell whether a sign may stand for several currencies."""
    return sign in _OF_SEVERAL


def sign_alone(code: str) -> str:
    """Give the sign of several currencies that is taken for one of them, or the code of any other.

    Example:
        >>> sign_alone("USD"), sign_alone("EUR")
        ('$', 'EUR')
    """
    return _BARE.get(code, code)


def currency_at_end(header: str) -> tuple[str, str | None]:
    """Part a header from the currency that its amounts are in.

    Undefined: None for a header that names no currency, and for a sign of several.
    Example:
        >>> currency_at_end("Betrag (EUR)"), currency_at_end("Net in $"), currency_at_end("Total all")
        (('Betrag', 'EUR'), ('Net', 'USD'), ('Total all', None))
    """
    found = _IN_HEADER.fullmatch(header.strip()) if len(header) <= _LONGEST else None
    if found is None:
        return header, None
    sign = found["bracketed"] or found["told"] or found["bare"]
    return found["name"], _CURRENCIES[sign.upper()]


def currency_of_title(cells: Sequence[str]) -> str | None:
    """Give the one currency that a row above a table says its amounts are in.

    Example:
        >>> currency_of_title(["Currency: USD", ""]), currency_of_title(["Währung", "EUR"])
        ('USD', 'EUR')
        >>> currency_of_title(["All amounts in GBP"]), currency_of_title(["TOP 10"])
        ('GBP', None)
    """
    title = " ".join(filter(None, cells))
    found = _IN_TITLE.finditer(title) if len(title) <= _LONGEST else ()
    codes = {code_of(one["told"] or one["said"]) for one in found if _says(one)}
    several = len({*codes, *codes_in(title)}) > 1
    return None if several or not codes else codes.pop()


def _says(found: re.Match[str]) -> bool:
    return found["word"] is None or plain_words(found["word"]) in _OF_TITLES


def are_currencies(words: Collection[str]) -> bool:
    """Tell whether words are codes of currencies, one of them a usual one: CAD and ALL are others too.

    Example:
        >>> are_currencies(["USD", "BTC"]), are_currencies(["ALL", "TOP"]), are_currencies(["EUR", "x"])
        (True, False, False)
    """
    known = {*_CODES, *_TOLD["others"]["codes"].split()}
    return not _USUAL.isdisjoint(words) and known.issuperset(words)


def codes_in(name: str) -> list[str]:
    """Give the codes of currencies that a name has, in the order that they stand in.

    Example:
        >>> codes_in("sales_EUR_2025"), codes_in("SALES all")
        (['EUR'], [])
    """
    return [one for one in _CODE.findall(name) if one in _CODES]


def without_currency(column: Any) -> Any:
    """Take its one currency off each cell that has one.

    Example:
        >>> without_currency(pa.array(["1.234,50 €", "-$5", "CHF 5 EUR"])).to_pylist()
        ['1.234,50', '-5', 'CHF 5 EUR']
        >>> without_currency(pa.array(["$ -", "-"])).to_pylist()
        ['0', '-']
    """
    if not pc.any(pc.match_substring_regex(column, _NO_AMOUNT)).as_py():
        return column
    bare = pc.replace_substring_regex(column, _ANY_CURRENCY, "")
    return pc.if_else(
        pc.match_substring_regex(column, _ONE_CURRENCY),
        pc.replace_substring_regex(bare, rf"\A{_NOTHING}\z", "0"),
        column,
    )


def currency_of(
    column: pa.ChunkedArray | pa.StringArray,
) -> pa.ChunkedArray | pa.StringArray | None:
    """Give the currency code that each cell names by sign or by code, or None if none does.

    A bare $ is USD and a bare ¥ is JPY; kr belongs to several countries and names none.
    Example:
        >>> currency_of(pa.array(["$5", "5,00 EUR", "5"])).to_pylist()
        ['USD', 'EUR', None]
        >>> currency_of(pa.array(["5"])) is None
        True
    """
    if not pc.any(pc.match_substring_regex(column, _NO_AMOUNT)).as_py():
        return None
    written = pc.if_else(
        pc.match_substring_regex(column, _ONE_CURRENCY),
        pc.replace_substring_regex(column, f"[{_OF_AMOUNTS}0-9]+", ""),
        None,
    )
    known = pa.array(list(_CURRENCIES), pa.string())
    position = pc.index_in(pc.utf8_upper(written), value_set=known)
    codes = pa.array(list(_CURRENCIES.values()), pa.string()).take(position)
    return None if codes.null_count == len(codes) else codes
