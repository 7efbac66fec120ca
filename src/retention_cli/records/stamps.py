"""Times on a clock: what it showed, and its offset from UTC where that is known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Annotated, Any

import pyarrow as pa
import pyarrow.compute as pc
from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from retention_cli.patterns import lazy_pattern
from retention_cli.records.base import INSTANT, Column
from retention_cli.records.fields import PLAIN_DAY, filled_text, refuse_serial
from retention_cli.records.unread import why_unread

STAMP = pa.struct([("local", pa.timestamp("s")), ("offset", pa.int32())])
"""How a time is held while rows are checked: the time on the clock, and its seconds east of UTC."""

_CLOCK = r"T[0-9]{2}:[0-9]{2}:[0-9]{2}"
_INSTANT = lazy_pattern(
    rf"[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}(?:{_CLOCK}(?:[+-][0-9]{{2}}:[0-9]{{2}}(?::[0-9]{{2}})?)?)?"
)
_PLAIN_CLOCK = r"\A(?:T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9])?\z"
_PLAIN_OFFSET = r"\A(?:[+-](?:0[0-9]|1[0-4]):[0-5][0-9])?\z"
_CLOCK_AT, _OFFSET_AT = len("2025-06-02"), len("2025-06-02T09:00:00")


def offset_column(column: str) -> str:
    """Name the hidden column of the offsets of a column of times.

    Example:
        >>> offset_column("created_at")
        '_created_at_offset'
    """
    return f"_{column}_offset"


def later(first: Any, second: Any) -> Any:
    """Mark the rows whose first stamp is after their second; null where that cannot be told.

    It can where both have an offset, and where neither has.
    """
    (local, offset), (other, other_offset) = (_parts(stamps) for stamps in (first, second))
    alike = pc.equal(pc.is_null(offset), pc.is_null(other_offset))
    after = pc.greater(_in_utc(local, offset), _in_utc(other, other_offset))
    return pc.if_else(alike, after, pa.scalar(None, pa.bool_()))


def is_after(first: datetime, second: datetime) -> bool:
    """Tell whether one time is after another, where that can be told at all."""
    return (first.tzinfo is None) == (second.tzinfo is None) and first > second


def split(columns: Mapping[str, Any]) -> dict[str, Any]:
    """Write out times as those on the clock, with a hidden column of offsets where any is known."""
    made: dict[str, Any] = {}
    for name, values in columns.items():
        if values.type != STAMP:
            made[name] = values
            continue
        local, offset = _parts(values)
        made[name] = local
        if offset.null_count < len(offset):
            made[offset_column(name)] = offset
    return made


def _parts(stamps: Any) -> tuple[Any, Any]:
    return pc.struct_field(stamps, "local"), pc.struct_field(stamps, "offset")


def _in_utc(local: pa.Array, offset: pa.Array) -> pa.Array:
    """Count the seconds since 1970, in UTC where the offset is known."""
    return pc.subtract(pc.cast(local, pa.int64()), pc.fill_null(offset, 0))


def _read_instant(value: object) -> datetime | None:
    if value is None:
        return None
    text = filled_text(value)
    if not _INSTANT.fullmatch(text):
        refuse_serial(text)
        raise PydanticCustomError("bad-date", why_unread(text, "time"))
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise PydanticCustomError("bad-date", "is not a time of the calendar") from None


def _prove_instant(cells: pa.StringArray) -> pa.Array:
    day = pc.utf8_slice_codeunits(cells, 0, _CLOCK_AT)
    clock = pc.utf8_slice_codeunits(cells, _CLOCK_AT, _OFFSET_AT)
    offset = pc.utf8_slice_codeunits(cells, _OFFSET_AT)
    fits = pc.and_(
        pc.match_substring_regex(day, PLAIN_DAY),
        pc.and_(
            pc.match_substring_regex(clock, _PLAIN_CLOCK),
            pc.match_substring_regex(offset, _PLAIN_OFFSET),
        ),
    )
    nothing = pa.scalar(None, cells.type)
    local = pc.cast(
        pc.if_else(fits, pc.utf8_slice_codeunits(cells, 0, _OFFSET_AT), nothing), pa.timestamp("s")
    )
    east = _seconds_east(pc.if_else(pc.and_(fits, pc.not_equal(offset, "")), offset, nothing))
    return _held(local, east)


def _seconds_east(offsets: pa.Array) -> pa.Array:
    hours, minutes = (
        pc.cast(pc.utf8_slice_codeunits(offsets, start, start + 2), pa.int32()) for start in (1, 4)
    )
    seconds = pc.add(pc.multiply(hours, 3_600), pc.multiply(minutes, 60))
    west = pc.match_substring(offsets, "-")
    return pc.cast(pc.if_else(west, pc.negate(seconds), seconds), pa.int32())


def _held(local: pa.Array, offset: pa.Array) -> pa.StructArray:
    return pa.StructArray.from_arrays([local, offset], fields=list(STAMP), mask=pc.is_null(local))


def _stored(moments: Sequence[datetime | None]) -> pa.StructArray:
    """Hold times as the reader gave them."""
    local = [None if moment is None else moment.replace(tzinfo=None) for moment in moments]
    offsets = [None if moment is None else moment.utcoffset() for moment in moments]
    seconds = [None if offset is None else offset // timedelta(seconds=1) for offset in offsets]
    return _held(pa.array(local, pa.timestamp("s")), pa.array(seconds, pa.int32()))


Instant = Annotated[
    datetime | None,
    BeforeValidator(_read_instant),
    Column(STAMP, _prove_instant, _stored),
    INSTANT,
]
