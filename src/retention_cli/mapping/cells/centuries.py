"""Years of two digits, once the settings say in which hundred years they lie."""

from __future__ import annotations

import re
from functools import partial
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.mapping.cells.cells import each_distinct

_AT_END = r"(?P<year>[0-9]{2})(?P<after>(?:[ T,].*)?)"
_DAYS = r"[0-9]{1,2}/[0-9]{1,2}/|[0-9]{1,2}\.[0-9]{1,2}\."
_NAMES = r"[0-9]{1,2}(?P<mark>[-/.])[^\W\d_]{3,10}\.?(?P=mark)|[0-9]{1,2}\.? [^\W\d_]{3,10}\.? "
_LAST = re.compile(rf"(?P<before>{_DAYS}|{_NAMES}){_AT_END}")
_DASHED_LAST = re.compile(rf"(?P<before>[0-9]{{1,2}}-[0-9]{{1,2}}-){_AT_END}")
_FIRST = re.compile(
    r"(?P<before>)(?P<year>[0-9]{2})(?P<after>([-/])[0-9]{1,2}\4[0-9]{1,2}(?:[ T,].*)?)"
)


def with_centuries(days: Any, first: int, order: str | None) -> Any:
    """Write years of two digits in four, from the hundred years that begin with `first`.

    The year stands last, or first where dates were told to be `ymd`. 24-02-01 may have it at
    either end: it stays as it is until an order is told.
    Example:
        >>> with_centuries(pa.array(["5.6.26", "05-Jun-98 14:05", "24-02-01"]), 1950, None).to_pylist()
        ['5.6.2026', '05-Jun-1998 14:05', '24-02-01']
        >>> with_centuries(pa.array(["24-02-01"]), 1950, "ymd").to_pylist()
        ['2024-02-01']
    """
    forms = {None: (_LAST,), "ymd": (_FIRST, _LAST)}.get(order, (_LAST, _DASHED_LAST))
    whole = partial(_in_four_digits, forms=forms, first=first)
    return pc.coalesce(each_distinct(days, whole, pa.string()), days)


def _in_four_digits(day: str, forms: tuple[re.Pattern[str], ...], first: int) -> str | None:
    found = next(filter(None, (form.fullmatch(day) for form in forms)), None)
    if found is None:
        return None
    year = first + (int(found["year"]) - first) % 100
    return f"{found['before']}{year}{found['after']}"
