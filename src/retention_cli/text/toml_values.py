"""Values of a TOML file, and what is said of one that does not fit."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field
from pydantic_core import PydanticCustomError

from retention_cli.errors import nearest
from retention_cli.patterns import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


Text = Annotated[str, Field(strict=True, pattern=r"\S")]
Count = Annotated[int, Field(strict=True, gt=0)]
Day = Annotated[date, Field(strict=True)]

SECONDS = {"second": 1, "minute": 60, "hour": 3_600, "day": 86_400}
SECONDS |= {f"{word}s": length for word, length in SECONDS.items()}
SECONDS |= {"s": 1, "sec": 1, "m": 60, "min": 60, "h": 3_600, "d": 86_400}
"""How many seconds the words for a unit of time stand for."""
_MOST_DIGITS = 30
_QUANTITY = lazy_pattern(r"([+-]?[0-9]+(?:\.[0-9]+)?) *(%|[A-Za-z]+(?: [a-z]+)?)")
_BARE = lazy_pattern(r"[+-]?[0-9]+(\.[0-9]+)?|[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WHYS = {
    "string_type": "{found} is not text",
    "string_pattern_mismatch": "the text is empty",
    "int_type": "{found} is not a whole number",
    "greater_than": "{found} is not above {gt}",
    "date_type": "{found} is not a day",
    "path_type": "{found} is not the name of a file",
    "too_short": "the list is empty",
    **dict.fromkeys(("literal_error", "enum"), "{found} is not {expected}"),
    "tuple_type": "{found} is not a list",
    **dict.fromkeys(("dict_type", "model_type"), "{found} is not a table"),
}


def explained(found: Mapping[str, Any]) -> tuple[str, str | None]:
    """Give the reason and the hint of one error of a model."""
    value, code, context = found["input"], found["type"], found.get("ctx", {})
    if code not in _WHYS:
        return found["msg"], context.get("hint")
    why = _WHYS[code].format(found=shown(value), **context)
    if code in {"literal_error", "enum"}:
        guess = nearest(str(value), re.findall("'([^']*)'", context["expected"]))
        return why, f"did you mean '{guess}'?" if guess else None
    if code == "tuple_type" and isinstance(value, dict):
        return why, f"write [[{named(found['loc'])}]]"
    if code == "string_type" and not isinstance(value, dict | list):
        return why, f'write "{shown(value)}"'
    return why, unquoted(value) if code in {"int_type", "date_type"} else None


def refuse(why: str, hint: str | None = None) -> PydanticCustomError:
    """Make what a reader of a value raises: in our words, which no upgrade changes."""
    return PydanticCustomError("bad-value", "{why}", {"why": why, "hint": hint})


def named(where: Iterable[object]) -> str:
    """Write the way to a key without positions."""
    return ".".join(part for part in where if isinstance(part, str))


def shown(value: object) -> str:
    """Write a value as it is in the file."""
    if isinstance(value, dict | list | tuple):
        return "a table" if isinstance(value, dict) else "a list"
    return f'"{value}"' if isinstance(value, str) else str(value).lower().replace("infinity", "inf")


def number(value: object, hint: str | None = None) -> Fraction:
    """Read a number exactly; neither true, nan nor a number in quotes is one."""
    if isinstance(value, int | Fraction) and not isinstance(value, bool):
        return Fraction(value)
    if not isinstance(value, Decimal) or not value.is_finite():
        raise refuse(f"{shown(value)} is not a number", unquoted(value) or hint)
    if abs(value.adjusted()) > _MOST_DIGITS:
        raise refuse(f"{value} has more than {_MOST_DIGITS} digits")
    return Fraction(value)


def currency_code(value: object) -> str:
    """Read the code of a currency."""
    if isinstance(value, str) and re.fullmatch(r"[A-Z]{3}", value):
        return value
    raise refuse(f"{shown(value)} is not a currency code", 'write three capitals: "EUR"')


def quantity(written: str) -> tuple[Fraction, str] | None:
    """Part a number from the unit behind it.

    Example:
        >>> quantity("92%"), quantity("1500.50 EUR"), quantity("0.9")
        ((Fraction(92, 1), '%'), (Fraction(3001, 2), 'EUR'), None)
    """
    found = _QUANTITY.fullmatch(written.strip())
    return (Fraction(found[1]), found[2]) if found else None


def unquoted(value: object) -> str | None:
    """Give the hint for a number or a day that is in quotes."""
    bare = isinstance(value, str) and _BARE.fullmatch(value)
    return f"write {value} without quotes" if bare else None
