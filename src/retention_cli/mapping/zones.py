"""Clocks of a time zone: the hour that a night in spring does not have."""

from __future__ import annotations

from typing import Any

import pyarrow.compute as pc


def marked_gaps(stamps: Any, zone: str) -> Any:
    """Put a question mark before canonical stamps that no clock of the zone ever showed.

    They are refused then, under their own text.
    Example:
        >>> import pyarrow as pa
        >>> marked_gaps(pa.array(["2026-03-29T02:30:00"]), "Europe/Berlin").to_pylist()
        ['?2026-03-29T02:30:00']
    """
    local = pc.strptime(stamps, format="%Y-%m-%dT%H:%M:%S", unit="s", error_is_null=True)
    there = pc.assume_timezone(local, zone, ambiguous="earliest", nonexistent="earliest")
    gap = pc.fill_null(pc.not_equal(pc.local_timestamp(there), local), False)
    if not pc.any(gap).as_py():
        return stamps
    return pc.if_else(gap, pc.binary_join_element_wise("?", stamps, ""), stamps)
