"""Names of months in nine languages, whole or as they are shortened."""

from __future__ import annotations

import unicodedata

from retention_cli.mapping.cells.known_words import numbers_by_word

_MONTHS = numbers_by_word("months")


def month_number(name: str) -> int | None:
    """Give the number of a month, whatever the case and accents of its name.

    Undefined: None for what is not a name of a month, and for half of one.
    Example:
        >>> [month_number(name) for name in ("March", "MÄRZ", "août", "dic", "Marc")]
        [3, 3, 8, 12, None]
    """
    parts = unicodedata.normalize("NFD", name.casefold())
    return _MONTHS.get("".join(part for part in parts if not unicodedata.combining(part)))
