"""Where a column comes from: a header, or how it is made of others."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import PlainValidator

from retention_cli.text.toml_values import refuse

if TYPE_CHECKING:
    from collections.abc import Callable


_DECIMALS = 4
_SIGNS = ("negate", "negative")
_BASES = (
    {"multiply"},
    {"multiply", "unit"},
    {"subtract"},
    {"from"},
    {"from", "unit"},
    {"debit", "credit"},
)
_RECIPES = (
    'write multiply = ["A", "B"], subtract = ["A", "B"], from = "A" with unit, round, once_per,'
    ' last, less, negative or negate, or debit = "A", credit = "B"'
)


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a column is made of others: a product, a difference, or one header in another unit.

    `round` is the number of decimals that are kept; `once_per` the header of an id on whose rows
    a total is repeated. `charged` are the headers of what is charged and of what is credited.
    `negative` names headers and those of their words that turn the sign of a row; None where nobody
    said. `negate` turns the sign of every row, or says that all signs are right.
    Presets may also take the first of several cells that is filled, or join texts, and count
    what is blank as nothing to subtract. `less` is taken off whatever the rest gives; None where
    nobody said. Of the rows of an id only those with the highest version under the header `last`
    count. A day has `parts`: a year, a month and a day, each a header or a number.
    """

    multiply: tuple[str, ...] = ()
    subtract: tuple[str, ...] = ()
    from_: str | None = None
    unit: str | None = None
    first: tuple[str, ...] = ()
    join: tuple[str, ...] = ()
    blank_is_zero: bool = False
    each: tuple[str, ...] = ()
    """Several columns of scores, each an answer of its own."""
    parts: tuple[tuple[str, str | int], ...] = ()
    round: int | None = None
    once_per: str | None = None
    charged: tuple[str, ...] = ()
    less: tuple[str, ...] | None = None
    last: str | None = None
    negative: dict[str, tuple[str, ...]] | None = None
    negate: bool | None = None

    @property
    def as_it_stands(self) -> bool:
        """Whether it says of one header that its cells are the amounts, and nothing else is."""
        return self == Recipe(from_=self.from_)


def _read(value: object) -> str | Recipe:
    if isinstance(value, str) and value.strip():
        return value
    if isinstance(value, list) and len(value) > 1 and all(isinstance(one, str) for one in value):
        return Recipe(each=tuple(dict.fromkeys(value)))
    given = dict(value) if isinstance(value, dict) else {}
    if {"year", "month", "day"} & set(given):
        return _day_of_parts(given)
    shaping = {**_shaping(given), **_signs(given)}
    if set(given) not in _BASES:
        raise refuse("neither the header of a column nor a recipe", _RECIPES)
    for name, part in given.items():
        many = name in {"multiply", "subtract"}
        texts = part if many and isinstance(part, list) else [part]
        if not all(isinstance(text, str) and text for text in texts) or (len(texts) > 1) != many:
            raise refuse(f"'{name}' takes {'two headers or more' if many else 'one text'}")
    charged = (given["debit"], given["credit"]) if "debit" in given else ()
    multiply, subtract = tuple(given.get("multiply", ())), tuple(given.get("subtract", ()))
    made = Recipe(multiply, subtract, given.get("from"), given.get("unit"), charged=charged)
    if "less" in shaping:
        shaping["less"] = tuple(shaping["less"])
    return replace(made, **shaping)


def _shaping(given: dict[str, Any]) -> dict[str, Any]:
    """Take out of a recipe what is done to the amounts that the rest of it gives."""
    found = {key: given.pop(key) for key in _SHAPING if key in given}
    for key, value in found.items():
        fits, takes = _SHAPING[key]
        if not fits(value):
            raise refuse(f"'{key}' takes {takes}")
    return found


_SHAPING: dict[str, tuple[Callable[[object], bool], str]] = {
    "round": (lambda value: type(value) is int and 0 <= value <= _DECIMALS, "0 to 4 decimals"),
    "once_per": (lambda value: isinstance(value, str) and bool(value), "the header of an id"),
    "last": (lambda value: isinstance(value, str) and bool(value), "the header of a version"),
    "less": (
        lambda value: isinstance(value, list) and all(isinstance(one, str) for one in value),
        "a list of headers",
    ),
    "blank_is_zero": (lambda value: isinstance(value, bool), "true or false"),
}


def _signs(given: dict[str, Any]) -> dict[str, Any]:
    """Take out of a recipe what it says of signs."""
    signs: dict[str, Any] = {key: given.pop(key) for key in _SIGNS if key in given}
    if not isinstance(signs.get("negate", True), bool):
        raise refuse("'negate' takes true or false")
    if "negative" in signs:
        signs["negative"] = _negative(signs["negative"])
    return signs


def _negative(value: object) -> dict[str, tuple[str, ...]]:
    given = value if isinstance(value, dict) else {"": None}
    words: dict[str, tuple[str, ...]] = {}
    for header, told in given.items():
        some: list[Any] = told if isinstance(told, list) else [told]
        if not header or not all(isinstance(word, str) and word for word in some):
            raise refuse("'negative' takes headers and words of theirs", '{ "S/H" = ["H"] }')
        words[header] = tuple(some)
    return words


def _day_of_parts(given: dict[str, object]) -> Recipe:
    hint = 'write { year = "Year", month = "Month", day = 1 }, with headers or numbers'
    if set(given) != {"year", "month", "day"} or not isinstance(given["year"], str):
        raise refuse("a day is made of a column for its year, a month and a day", hint)
    parts: list[tuple[str, str | int]] = []
    for name, most in (("year", 0), ("month", 12), ("day", 31)):
        part = given[name]
        is_header = isinstance(part, str) and part.strip()
        is_number = type(part) is int and 1 <= part <= most
        if not is_header and not is_number:
            raise refuse(f"'{name}' is neither a header nor such a number", hint)
        parts.append((name, part if isinstance(part, str | int) else ""))
    return Recipe(parts=tuple(parts))


Column = Annotated[str | Recipe, PlainValidator(_read)]
