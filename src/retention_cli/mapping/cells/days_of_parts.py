"""Days whose year, month and day are in columns of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.mapping.cells.calendar_names import month_number
from retention_cli.mapping.cells.cells import each_distinct
from retention_cli.patterns import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

PARTS = ("year", "month", "day")
_WHOLE = lazy_pattern(r"([0-9]{1,4})(?:\.0+)?")


def days_of_parts(told: Mapping[str, str | int], columns: Sequence[Any]) -> Any:
    """Write the day that each row has in its parts; a part may be the same number in all rows.

    A row without any of its parts is blank. One that lacks a part, or whose parts are none, stays
    as they were, joined, and is not a date.
    Example:
        >>> parts = {"year": "Year", "month": "Month", "day": 1}
        >>> columns = [pa.array(["2024", None, "2024"]), pa.array(["Mar", None, "13th"])]
        >>> days_of_parts(parts, columns).to_pylist()
        ['2024-03-01', None, '2024 13th 1']
    """
    left = iter(columns)
    parts = [next(left) if isinstance(told[name], str) else str(told[name]) for name in PARTS]
    blank = [pc.is_null(column) for column in columns]
    nothing = blank[0]
    for one in blank[1:]:
        nothing = pc.and_(nothing, one)
    numbers = [
        _number(part, name) if not isinstance(part, str) else part.zfill(_WIDTHS[name])
        for name, part in zip(PARTS, parts, strict=True)
    ]
    days = pc.binary_join_element_wise(*numbers, "-")
    filled = [part if isinstance(part, str) else pc.fill_null(part, "") for part in parts]
    as_written = pc.binary_join_element_wise(*filled, " ")
    return pc.if_else(nothing, pa.scalar(None, pa.string()), pc.coalesce(days, as_written))


_WIDTHS = {"year": 4, "month": 2, "day": 2}


def _number(column: Any, part: str) -> Any:
    def read(text: str) -> str | None:
        found = _WHOLE.fullmatch(text)
        number = int(found[1]) if found else month_number(text) if part == "month" else None
        short = part == "year" and found is not None and len(found[1]) < _WIDTHS["year"]
        return None if number is None or short else f"{number:0{_WIDTHS[part]}}"

    return each_distinct(column, read, pa.string())
