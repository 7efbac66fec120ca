"""Clocks of a time zone: the hour that one night does not have and another has twice."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pyarrow.compute as pc

from retention_cli.findings.problems import Notice
from retention_cli.mapping.cells.clocks import OFFSET, plainly

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_OFFSET_AT_END = re.compile(rf"(?:{OFFSET})\Z")
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


def offset_notes(columns: Iterable[Any], zone: str | None) -> Iterator[Notice]:
    """Say where times of one file are written with different offsets, and no zone is told."""
    found = set().union(*(offsets_in(column) for column in columns))
    if zone is None and len(found) > 1:
        named = ", ".join(sorted(found - {""}))
        none = " and with none" if "" in found else ""
        yield Notice(
            "mixed-offsets",
            f"its times are written with the offsets {named}{none}: each is taken as it is written",
            hint="say the zone that all are to be read in: --tz Europe/Berlin",
        )


def twice_notes(stamps: Any, zone: str, header: str) -> Iterator[Notice]:
    """Count the times that a clock of the zone showed twice, in the night when it goes back."""
    local = pc.strptime(stamps, format=_CANONICAL, unit="s", error_is_null=True)
    first, last = (
        pc.assume_timezone(local, zone, ambiguous=which, nonexistent="earliest")
        for which in ("earliest", "latest")
    )
    count = pc.sum(pc.not_equal(first, last)).as_py() or 0
    if count:
        times = "time occurs" if count == 1 else "times occur"
        yield Notice(
            "clock-change",
            f"{count:,} {times} twice in {zone}, when its clocks go back: the first is taken",
            count=count,
            column=header,
            hint="write times with their offset from UTC, such as 02:30+01:00",
        )


def marked_gaps(stamps: Any, zone: str) -> Any:
    """Put a question mark before canonical stamps that no clock of the zone ever showed.

    They are refused then, under their own text.
    Example:
        >>> import pyarrow as pa
        >>> marked_gaps(pa.array(["2026-03-29T02:30:00"]), "Europe/Berlin").to_pylist()
        ['?2026-03-29T02:30:00']
    """
    local = pc.strptime(stamps, format=_CANONICAL, unit="s", error_is_null=True)
    there = pc.assume_timezone(local, zone, ambiguous="earliest", nonexistent="earliest")
    gap = pc.fill_null(pc.not_equal(pc.local_timestamp(there), local), False)
    if not pc.any(gap).as_py():
        return stamps
    return pc.if_else(gap, pc.binary_join_element_wise("?", stamps, ""), stamps)
