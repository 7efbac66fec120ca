"""Names of months in nine languages, whole or as they are shortened."""

from __future__ import annotations

import unicodedata

_NAMES = {
    1: "january jan januar janner jaenner janvier janv enero ene gennaio gen janeiro januari stycznia styczen",
    2: "february feb februar feber fevrier fevr fev febrero febbraio fevereiro februari luty lutego",
    3: "march mar marz maerz mrz mars marzo marco maart mrt marzec marca marts",
    4: "april apr avril avr abril abr aprile kwiecien kwietnia",
    5: "may mai mayo maggio mag maio mei maj maja",
    6: "june jun juni juin junio giugno giu junho czerwiec czerwca",
    7: "july jul juli juillet juil julio luglio lug julho lipiec lipca",
    8: "august aug aout agosto ago augustus sierpien sierpnia augusti",
    9: "september sep sept septembre septiembre setiembre set settembre setembro wrzesien wrzesnia",
    10: "october oct oktober okt octobre octubre ottobre ott outubro out pazdziernik pazdziernika",
    11: "november nov novembre noviembre novembro",
    12: "december dec dezember dez decembre diciembre dic dicembre dezembro grudzien grudnia desember",
}
_MONTHS = {name: number for number, names in _NAMES.items() for name in names.split()}


def month_number(name: str) -> int | None:
    """Give the number of a month, whatever the case and accents of its name.

    Undefined: None for what is not a name of a month, and for half of one.
    Example:
        >>> [month_number(name) for name in ("March", "MÄRZ", "août", "dic", "Marc")]
        [3, 3, 8, 12, None]
    """
    parts = unicodedata.normalize("NFD", name.casefold())
    return _MONTHS.get("".join(part for part in parts if not unicodedata.combining(part)))
