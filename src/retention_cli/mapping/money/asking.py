"""The one question about a file whose money is not settled, with the lines that settle it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from retention_cli.errors import AmbiguousColumnError
from retention_cli.mapping.place import Place
from retention_cli.settings import Recipe
from retention_cli.text.toml_text import quoted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from retention_cli.mapping.layout import Layout
    from retention_cli.reading.text import TextSheet
    from retention_cli.settings import ExportRule

_SHAPING = ("unit", "once_per", "last", "less", "round", "negative", "negate")


def lines(
    sheet: TextSheet,
    *,
    columns: Mapping[str, str] | None = None,
    values: Mapping[str, Mapping[str, str]] | None = None,
    leave_out: Mapping[str, Sequence[str]] | None = None,
    rule: ExportRule | None = None,
    kind: str = "invoices",
) -> tuple[str, ...]:
    """Write lines for `retention.toml`.

    They begin as the `rule` of the file in the settings does: two of one file and kind are one.
    Shape: `columns` gives the TOML of each of our columns, `values` words of theirs and ours,
        `leave_out` the words of their columns whose rows are left out.
    """
    place = Place(rule.file, rule.sheet) if rule else Place(sheet.file, sheet.sheet)
    written = [f"{column} = {source}" for column, source in (columns or {}).items()]
    known = rule.leave_out if rule else {}
    out = {header: (*known.get(header, ()), *words) for header, words in (leave_out or {}).items()}
    found = (*place.head(kind), *([f"leave_out = {_value(out)}"] if out else []))
    found = (*found, *(("[export.columns]", *written) if written else ()))
    for column, words in (values or {}).items():
        told = (f"{quoted(word)} = {quoted(ours)}" for word, ours in words.items())
        found = (*found, f"[export.values.{column}]", *told)
    return found


def question(
    file: str, column: str, why: str, hint: str, answer: tuple[str, ...]
) -> AmbiguousColumnError:
    """Make the question about a column of a file, with the lines that answer it."""
    return AmbiguousColumnError(file, column, why, f"{hint} in retention.toml:", snippet=answer)


def value_line(column: str, word: str, ours: str) -> str:
    """Write the line that says what a word of a column is.

    Example:
        >>> value_line("status", "Refused", "void")
        '[export.values.status] "Refused" = "void"'
    """
    return f"[export.values.{column}] {quoted(word)} = {quoted(ours)}"


def recipe_text(recipe: Recipe) -> str:
    """Write a recipe of an amount as the settings take it.

    Example:
        >>> recipe_text(Recipe(from_="Betrag", negative={"S/H": ("H",)}))
        '{ from = "Betrag", negative = { "S/H" = ["H"] } }'
        >>> recipe_text(Recipe(charged=("Soll", "Haben"), negate=True))
        '{ debit = "Soll", credit = "Haben", negate = true }'
    """
    parts: list[tuple[str, object]] = [
        ("from", recipe.from_),
        *zip(("debit", "credit"), recipe.charged, strict=False),
        ("multiply", recipe.multiply or None),
        ("subtract", recipe.subtract or None),
        *((name, getattr(recipe, name)) for name in _SHAPING),
        ("blank_is_zero", recipe.blank_is_zero or None),
    ]
    told = ", ".join(f"{name} = {_value(value)}" for name, value in parts if value is not None)
    return f"{{ {told} }}"


def _value(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return f"[{', '.join(map(quoted, value))}]"
    if isinstance(value, dict):
        told = ", ".join(f"{quoted(header)} = {_value(words)}" for header, words in value.items())
        return f"{{ {told} }}" if told else "{}"
    return quoted(value) if isinstance(value, str) else str(value)


def amount_as_told(layout: Layout, headers: Sequence[str], rule: ExportRule | None) -> Recipe:
    """Give how the amount of a file is read, to be written anew; what no one told is not in it."""
    source = layout.sources["amount"]
    told = rule.columns.get("amount") if rule else None
    less = told.less if isinstance(told, Recipe) else None
    return (
        replace(source, less=less) if isinstance(source, Recipe) else Recipe(from_=headers[source])
    )
