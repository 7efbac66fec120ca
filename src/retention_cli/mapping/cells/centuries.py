"""Years of two digits, once the settings say in which hundred years they lie."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.mapping.cells.cells import each_distinct
from retention_cli.patterns import lazy_pattern

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable

_AT_END = r"(?P<year>[0-9]{2})(?P<after>(?:[ T,].*)?)"
_DAYS = r"[0-9]{1,2}/[0-9]{1,2}/|[0-9]{1,2}\.[0-9]{1,2}\."
_NAMES = r"[0-9]{1,2}(?P<mark>[-/.])[^\W\d_]{3,10}\.?(?P=mark)|[0-9]{1,2}\.? [^\W\d_]{3,10}\.? "
_LAST = lazy_pattern(rf"(?P<before>{_DAYS}|{_NAMES}){_AT_END}")
_DASHED_LAST = lazy_pattern(rf"(?P<before>[0-9]{{1,2}}-[0-9]{{1,2}}-){_AT_END}")
_FIRST = lazy_pattern(
    r"(?P<before>)(?P<year>[0-9]{2})(?P<after>([-/])[0-9]{1,2}\4[0-9]{1,2}(?:[ T,].*)?)"
)


_DASHED = lazy_pattern(r"([0-9]{2})-([0-9]{1,2})-([0-9]{2})(?:[ T,].*)?")
_MAY_BE_DASHED = r"\A[0-9]{2}-[0-9]{1,2}-[0-9]{2}(?:[ T,]|\z)"


class YearPlace(NamedTuple):
    """Where dashed dates of two-digit years have their year, by all cells of a file.

    Shape: `first` is None where no cell proves it; `open_cell` is one that may be read either way
        then, with its `readings`.
    """

    first: bool | None = None
    open_cell: str | None = None
    readings: tuple[str, ...] = ()


def year_place(columns: Iterable[Any], first: int) -> YearPlace:
    """Say where dates such as 02-17-11 have their year, and which one is open where none says.

    Proof is a cell that is a day with its year in one place and none with it in the other.
    Example:
        >>> year_place([pa.array(["02-03-11", "02-17-11"])], 1950).first
        False
        >>> year_place([pa.array(["24-02-01"])], 1950).readings
        ('2001-02-24', '2024-02-01')
    """
    dashed: set[str] = set()
    for column in columns:
        may = pc.match_substring_regex(column, _MAY_BE_DASHED)
        dashed.update(pc.unique(column.filter(may)).to_pylist())
    found = {cell: _readings(cell, first) for cell in sorted(dashed)}
    proofs = {bool(began) for began, ended in found.values() if bool(began) != bool(ended)}
    if len(proofs) == 1:
        return YearPlace(first=proofs.pop())
    doubtful = next((cell for cell, (began, ended) in found.items() if began and ended), None)
    if doubtful is None:
        return YearPlace()
    began, ended = found[doubtful]
    return YearPlace(open_cell=doubtful, readings=tuple(sorted({*began, *ended})))


def _readings(cell: str, first: int) -> tuple[list[str], list[str]]:
    """Give the days that a dashed cell may be with its year first, and with its year last."""
    parts = _DASHED.fullmatch(cell)
    if parts is None:
        return [], []
    one, two, three = (int(part) for part in parts.groups())
    return _days((one, two, three), first=first), _days(
        (three, two, one), (three, one, two), first=first
    )


def _days(*parts: tuple[int, int, int], first: int) -> list[str]:
    days = []
    for year, month, day in parts:
        with suppress(ValueError):
            days.append(date(_whole(year, first), month, day).isoformat())
    return days


def _whole(year: int, first: int) -> int:
    return first + (year - first) % 100


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
    return f"{found['before']}{_whole(int(found['year']), first)}{found['after']}"
