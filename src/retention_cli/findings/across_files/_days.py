"""The columns of days that exports have."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from retention_cli.findings.across_files._together import days_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retention_cli.findings.across_files._together import Together

FAR_DAYS = 18_262
"""Fifty years."""
LAST_PLACEHOLDER = -25_203
"""The last day of 1900: earlier ones are blanks of some system."""
FIRST_PLACEHOLDER = 2_567_655
"""The first day of 9000: later ones stand for never."""
_MADE_BY_US = {"created_on", "resolved_on"}


def columns_of_days(together: Together) -> Iterator[tuple[str, str, np.ndarray]]:
    """Give each column of days as exported: kind, name, and days counted from 1970."""
    for kind, table in sorted(together.tables.items()):
        for name, column in zip(table.column_names, table.columns, strict=True):
            timed = pa.types.is_date(column.type) or pa.types.is_timestamp(column.type)
            if timed and name not in _MADE_BY_US:
                yield kind, name, days_of(column)


def as_day(number: int) -> str:
    """Write a day counted from 1970."""
    return str(np.datetime64(int(number), "D"))
