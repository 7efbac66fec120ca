"""Which of the files of a kind is later: the settings, dates in names and dates in cells say it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.loading.named_dates import NamedDate, date_in_name
from retention_cli.values.coverage import MAY_COME, PLANS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention_cli.loading.loaded_export import LoadedExport

_NO_DATE: NamedDate = (date.min, "")
_NEVER = -(1 << 62)
_DAY_SECONDS = 86_400


def ranks(parts: Sequence[LoadedExport], *, as_of: date | None) -> list[int]:
    """Rank the files of one kind: a higher rank is later, one rank is what nothing tells apart.

    First of all counts `order` of the settings, which is 1 where they do not say; then the dates
    in the names where all files have one; then the latest date in the cells up to `as_of`. Days
    that are often known beforehand, as ends are, count only where no other day tells.
    """
    if len(parts) == 1:
        return [0]
    named = [_date_in_name(part) for part in parts]
    if None in named:
        named = [None] * len(parts)
    keys = [
        (
            part.order,
            name or _NO_DATE,
            _latest(part, PLANS | MAY_COME, as_of),
            _latest(part, PLANS, as_of),
        )
        for part, name in zip(parts, named, strict=True)
    ]
    in_order = sorted(set(keys))
    return [in_order.index(key) for key in keys]


def _date_in_name(part: LoadedExport) -> NamedDate | None:
    return date_in_name(part.sheet.sheet or "") or date_in_name(part.sheet.file)


def _latest(part: LoadedExport, without: frozenset[str], as_of: date | None) -> int:
    """Give the latest second of the past that any cell of some columns has."""
    found, table = [_NEVER], part.table
    for name in (set(part.model.model_fields) & set(table.column_names)) - without:
        column = table[name]
        if pa.types.is_date(column.type) or pa.types.is_timestamp(column.type):
            seconds = column.cast(pa.timestamp("s")).cast(pa.int64())
            if as_of is not None:
                seconds = seconds.filter(pc.less(seconds, _midnight_after(as_of)))
            latest = pc.max(seconds).as_py()
            found += [] if latest is None else [latest]
    return max(found)


def _midnight_after(day: date) -> int:
    return (day.toordinal() + 1 - date(1970, 1, 1).toordinal()) * _DAY_SECONDS
