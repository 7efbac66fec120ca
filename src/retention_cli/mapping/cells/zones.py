"""Offsets that times are written with, and the hour that a clock shows twice."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.findings.problems import Notice
from retention_cli.mapping.cells.cells import each_distinct
from retention_cli.mapping.cells.clocks import OFFSET, offset_all_day, offset_at, plainly
from retention_cli.patterns import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_OFFSET_AT_END = lazy_pattern(rf"(?:{OFFSET})\Z")
_LONGEST_OFFSET = 6
_CANONICAL = "%Y-%m-%dT%H:%M:%S"


def offsets_in(column: Any) -> set[str]:
    """Give the offsets that the times of a column are written with; "" where one has none.

    Example:
        >>> import pyarrow as pa
        >>> sorted(offsets_in(pa.array(["2025-06-01 10:00", "20250601T100000Z", "2025-06-01"])))
        ['', 'Z']
    """
    column = plainly(column)
    times = column.filter(pc.fill_null(pc.match_substring(column, ":"), False))
    tails = pc.unique(pc.utf8_slice_codeunits(times, -_LONGEST_OFFSET)).to_pylist()
    ends = (_OFFSET_AT_END.search(tail) for tail in tails)
    return {end[0].strip() if end else "" for end in ends}


def offset_notes(
    columns: Iterable[Any], zone: str | None, *, are_days: bool = False
) -> Iterator[Notice]:
    """Say where times of one file are written with different offsets, and no zone is told.

    Of those that are read as days no time passes between them.
    """
    found = set().union(*(offsets_in(column) for column in columns))
    if zone is None and len(found) > 1:
        named = ", ".join(sorted(found - {""}))
        none = " and with none" if "" in found else ""
        if not are_days and none:
            none += ": how long it was from one with an offset to one without is not known"
        elif not are_days:
            none = ": times between them are exact"
        yield Notice(
            "mixed-offsets",
            f"its times are written with the offsets {named}{none}; days are as they are written",
            hint="say the zone that all are to be read in: --tz Europe/Berlin",
        )


def twice_notes(cells: Any, stamps: Any, zone: str, header: str) -> Iterator[Notice]:
    """Count the times that a clock of the zone showed twice, in the night when it goes back.

    `cells` is a column as it was written, `stamps` the same times on the clock of the zone. An
    offset in the cell says which of the two it is.
    """
    there = ZoneInfo(zone)
    days = pc.utf8_slice_codeunits(stamps, 0, len("YYYY-MM-DD"))
    counted = pc.strptime(days, format="%Y-%m-%d", unit="s", error_is_null=True)
    days = pc.cast(pc.cast(counted, pa.date32()), pa.int32())
    restless = each_distinct(days, lambda day: offset_all_day(day, there) is None, pa.bool_())
    restless = pc.fill_null(restless, False)
    if not pc.any(restless).as_py():
        return
    told = pc.match_substring_regex(plainly(cells.filter(restless)), rf":.*(?:{OFFSET})\z")
    open_stamps = stamps.filter(restless).filter(pc.invert(told))
    clocks = pc.utf8_slice_codeunits(open_stamps, 0, len("YYYY-MM-DDTHH:MM:SS"))
    local = pc.strptime(clocks, format=_CANONICAL, unit="s", error_is_null=True)
    twice = each_distinct(pc.cast(local, pa.int64()), partial(_comes_twice, zone=there), pa.bool_())
    count = pc.sum(twice).as_py() or 0
    if count:
        times = "time occurs" if count == 1 else "times occur"
        yield Notice(
            "clock-change",
            f"{count:,} {times} twice in {zone}, when its clocks go back: the first is taken",
            count=count,
            column=header,
            hint="write times with their offset from UTC, such as 02:30+01:00",
        )


def _comes_twice(second: int, zone: ZoneInfo) -> bool:
    first, last = (offset_at(second, zone, fold=fold, shown=True) for fold in (0, 1))
    return first is not None and last is not None and first != last
