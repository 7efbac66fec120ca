"""What real exports call columns and answers: `names/LANGUAGE.toml`, all languages together."""

from __future__ import annotations

import tomllib
from functools import cache, reduce
from pathlib import Path
from typing import TYPE_CHECKING, Any

from retention_cli.records.base import Headers

if TYPE_CHECKING:
    from collections.abc import Callable

    from retention_cli.records.base import Beside

_FOLDER = Path(__file__).with_name("names")


def headers(
    column: str,
    *,
    also: tuple[str, ...] = (),
    yes: Callable[[str], str | None] | None = None,
    beside: Beside | None = None,
) -> Headers:
    """Give the names of a column of a kind, and what all kinds call it; `also` are strong ones.

    Example:
        >>> "kundennummer" in headers("invoices.customer_id").strong
        True
    """
    every = f"every.{column.partition('.')[2]}"
    strong, weak, faint = (
        (*names(f"{column}.{sort}"), *names(f"{every}.{sort}"))
        for sort in ("strong", "weak", "faint")
    )
    return Headers((*also, *strong), weak, faint, yes, beside)


def names(place: str) -> tuple[str, ...]:
    """Give the names that stand in one place of all languages, English first.

    Example:
        >>> names("costs.foreign")[-2:]
        ('bezahlt am', 'date de paiement')
    """
    return tuple(name for text in said(place) for name in text.split(", "))


def said(place: str) -> tuple[str, ...]:
    """Give what stands in one place of each language that has it, English first.

    Example:
        >>> said("scales.fair_of_four")
        ('poor, fair, good, excellent',)
    """
    *tables, key = place.split(".")
    found = (
        reduce(lambda told, table: told.get(table, {}), tables, language)
        for language in _languages()
    )
    return tuple(told[key] for told in found if key in told)


@cache
def _languages() -> tuple[dict[str, Any], ...]:
    files = sorted(_FOLDER.glob("*.toml"), key=lambda file: (file.stem != "en", file.stem))
    return tuple(tomllib.loads(file.read_text("utf-8")) for file in files)
