"""Names of weekdays in English, German, French and Spanish, whole or as they are shortened."""

from __future__ import annotations

import unicodedata

_NAMES: tuple[tuple[str, ...], ...] = (
    ("monday", "mon", "montag", "mo", "lundi", "lun", "lunes"),
    ("tuesday", "tue", "tues", "dienstag", "di", "mardi", "mar", "martes"),
    ("wednesday", "wed", "mittwoch", "mi", "mercredi", "mer", "miercoles", "mie"),
    ("thursday", "thu", "thur", "thurs", "donnerstag", "do", "jeudi", "jeu", "jueves", "jue"),
    ("friday", "fri", "freitag", "fr", "vendredi", "ven", "viernes", "vie"),
    ("saturday", "sat", "samstag", "sonnabend", "sa", "samedi", "sam", "sabado", "sab"),
    ("sunday", "sun", "sonntag", "so", "dimanche", "dim", "domingo", "dom"),
)
_WEEKDAYS = {name: number for number, names in enumerate(_NAMES) for name in names}


def weekday_number(name: str) -> int | None:
    """Give the number of a weekday, Monday 0, whatever the case and accents of its name.

    Undefined: None for what is not a name of a weekday.
    Example:
        >>> [weekday_number(name) for name in ("Tue", "MITTWOCH", "sábado", "Tu")]
        [1, 2, 5, None]
    """
    parts = unicodedata.normalize("NFD", name.casefold())
    return _WEEKDAYS.get("".join(part for part in parts if not unicodedata.combining(part)))
