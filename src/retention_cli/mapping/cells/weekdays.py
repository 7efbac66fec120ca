"""Names of weekdays in English, German, French and Spanish, whole or as they are shortened."""

from __future__ import annotations

import unicodedata

from retention_cli.mapping.cells.known_words import numbers_by_word

_WEEKDAYS = numbers_by_word("weekdays")


def weekday_number(name: str) -> int | None:
    """Give the number of a weekday, Monday 0, whatever the case and accents of its name.

    Undefined: None for what is not a name of a weekday.
    Example:
        >>> [weekday_number(name) for name in ("Tue", "MITTWOCH", "sábado", "Tu")]
        [1, 2, 5, None]
    """
    parts = unicodedata.normalize("NFD", name.casefold())
    return _WEEKDAYS.get("".join(part for part in parts if not unicodedata.combining(part)))
