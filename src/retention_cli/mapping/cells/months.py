"""Names of months in English, German, French and Spanish, whole or as they are shortened."""

from __future__ import annotations

import unicodedata

_NAMES: tuple[tuple[str, ...], ...] = (
    ("january", "jan", "januar", "janner", "jaenner", "janvier", "janv", "enero", "ene"),
    ("february", "feb", "februar", "feber", "fevrier", "fevr", "fev", "febrero"),
    ("march", "mar", "marz", "maerz", "mrz", "mars", "marzo"),
    ("april", "apr", "avril", "avr", "abril", "abr"),
    ("may", "mai", "mayo"),
    ("june", "jun", "juni", "juin", "junio"),
    ("july", "jul", "juli", "juillet", "juil", "julio"),
    ("august", "aug", "aout", "agosto", "ago"),
    ("september", "sep", "sept", "septembre", "septiembre", "setiembre", "set"),
    ("october", "oct", "oktober", "okt", "octobre", "octubre"),
    ("november", "nov", "novembre", "noviembre"),
    ("december", "dec", "dezember", "dez", "decembre", "diciembre", "dic"),
)
_MONTHS = {name: number for number, names in enumerate(_NAMES, start=1) for name in names}


def month_number(name: str) -> int | None:
    """Give the number of a month, whatever the case and accents of its name.

    Undefined: None for what is not a name of a month, and for half of one.
    Example:
        >>> [month_number(name) for name in ("March", "MÄRZ", "août", "dic", "Marc")]
        [3, 3, 8, 12, None]
    """
    parts = unicodedata.normalize("NFD", name.casefold())
    return _MONTHS.get("".join(part for part in parts if not unicodedata.combining(part)))
