"""Dates half-exchanged by a spreadsheet: it took 03/06 for another day, and left 06/25 as text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import pyarrow.compute as pc

from retention_cli.mapping.cells.clocks import plainly, without_time

if TYPE_CHECKING:
    from collections.abc import Sequence

# The patterns below run in arrow (RE2): no back references there, and \z for the end.
_ISO = r"\A(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})\z"
_DOTTED = r"\A(?P<day>[0-9]{1,2})\.(?P<month>[0-9]{1,2})\.(?P<year>[0-9]{4})\z"
_TEXT = r"\A(?P<one>[0-9]{1,2})[-/.](?P<two>[0-9]{1,2})[-/.](?:[0-9]{4}|[0-9]{2})\z"
_SLASHED = r"\A(?P<one>[0-9]{1,2})[-/](?P<two>[0-9]{1,2})[-/](?:[0-9]{4}|[0-9]{2})\z"
_MONTHS = 12
_SWAPS = (
    (r"\A([0-9]{4})-([0-9]{2})-(0[1-9]|1[0-2])([ T].*)?\z", r"\1-\3-\2\4"),
    (r"\A(0?[1-9]|1[0-2])\.([0-9]{1,2})\.([0-9]{4})([ T,].*)?\z", r"\2.\1.\3\4"),
)


class Exchange(NamedTuple):
    """A cell that most likely has its day and month exchanged, and a text that was left alone."""

    date: str
    text: str


def exchange_in(column: Any) -> Exchange | None:
    """Say whether a spreadsheet exchanged day and month in some cells of a column.

    It takes 06/03 for a date where that is one in its own order, and leaves 06/25 as text where
    that is none. So no date has a day above 12, and every text has a part above 12.
    Example:
        >>> import pyarrow as pa
        >>> exchange_in(pa.array(["2025-03-06", "06/25/2025"]))
        Exchange(date='2025-03-06', text='06/25/2025')
        >>> exchange_in(pa.array(["2025-03-16", "06/25/2025"]))
    """
    days = pc.unique(without_time(plainly(column))).drop_null()
    for dates, texts in ((_ISO, _TEXT), (_DOTTED, _SLASHED)):
        read, left = _parts(days, dates, ("day", "month")), _parts(days, texts, ("one", "two"))
        if read and left:
            swapped = [cell for cell, day, month in read if day != month]
            all_small = all(day <= _MONTHS for _, day, _ in read)
            all_large = all(max(one, two) > _MONTHS for _, one, two in left)
            found = swapped and all_small and all_large
            return Exchange(min(swapped), min(cell for cell, _, _ in left)) if found else None
    return None


def may_be_exchanged(column: Any) -> bool:
    """Tell whether all dates of a column may be: it follows one of the same file that proves it.

    Example:
        >>> import pyarrow as pa
        >>> may_be_exchanged(pa.array(["2025-03-06"])), may_be_exchanged(pa.array(["2025-03-16"]))
        (True, False)
    """
    days = pc.unique(without_time(plainly(column))).drop_null()
    dates = _parts(days, _ISO, ("day", "month"))
    return bool(dates) and all(day <= _MONTHS for _, day, _ in dates)


def exchanged_back(column: Any) -> Any:
    """Put day and month of the dates of such a column where they were.

    Example:
        >>> import pyarrow as pa
        >>> exchanged_back(pa.array(["2025-03-06 10:00:00", "06/25/2025"])).to_pylist()
        ['2025-06-03 10:00:00', '06/25/2025']
    """
    has_dates = pc.any(pc.match_substring_regex(column, _SWAPS[0][0])).as_py()
    pattern, swap = _SWAPS[0] if has_dates else _SWAPS[1]
    return pc.replace_substring_regex(column, pattern, swap)


def _parts(days: Any, form: str, names: Sequence[str]) -> list[tuple[str, int, int]]:
    """Give the cells of a form with two of their numbers."""
    found = pc.extract_regex(days, form)
    there = pc.is_valid(found)
    first, second = (pc.struct_field(found, name).filter(there).to_pylist() for name in names)
    cells = days.filter(there).to_pylist()
    return [(cell, int(a), int(b)) for cell, a, b in zip(cells, first, second, strict=True)]
