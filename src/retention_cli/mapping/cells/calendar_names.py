"""Names of months and weekdays in many languages, whole or as they are shortened."""

from __future__ import annotations

import unicodedata

from retention_cli.mapping.cells.known_words import numbers_by_word

_MONTHS, _WEEKDAYS = numbers_by_word("months"), numbers_by_word("weekdays")


def month_number(name: str) -> int | None:
    """Give the number of a month, in any case and with any accents.

    Undefined: None for what is not a name of a month, and for half of one.
    Example:
        >>> [month_number(name) for name in ("March", "MÄRZ", "août", "dic", "Marc")]
        [3, 3, 8, 12, None]
    """
    return _MONTHS.get(_plain(name))


def weekday_number(name: str) -> int | None:
    """Give the number of a weekday, Monday 0; None for what is not a name of one.

    Example:
        >>> [weekday_number(name) for name in ("Tue", "MITTWOCH", "sábado", "Tu")]
        [1, 2, 5, None]
    """
    return _WEEKDAYS.get(_plain(name))


def _plain(name: str) -> str:
    parts = unicodedata.normalize("NFD", name.casefold())
    return "".join(part for part in parts if not unicodedata.combining(part))
