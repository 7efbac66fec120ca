"""Days so far from the rest that they stand for no day: 1900-01-01, 1970-01-01, 9999-12-31."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from retention_cli.findings.across_files._days import (
    FAR_DAYS,
    FIRST_PLACEHOLDER,
    LAST_PLACEHOLDER,
    as_day,
    columns_of_days,
)
from retention_cli.findings.across_files._together import BLANK_DAY
from retention_cli.findings.problems import Notice
from retention_cli.text.wording import do, rows_text
from retention_cli.values.coverage import MAY_COME

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retention_cli.findings.across_files._together import Together

ALWAYS = True

_OPEN_ENDED = (date(2090, 1, 1) - date(1970, 1, 1)).days
"""Ends such as 2099-12-31 stand for none, and say nothing of where the middle of the others is."""


def find(together: Together) -> Iterator[Notice]:
    """Find days half a century before the middle one of their column, up to 1900, or in 9999.

    An end in 9999 is as good as none, and is left alone.
    """
    for kind, name, days in columns_of_days(together):
        known = days[(days > LAST_PLACEHOLDER) & (days < _OPEN_ENDED)]
        far = days <= LAST_PLACEHOLDER
        if len(known):
            place = (len(known) - 1) // 2
            middle = np.partition(known, place)[place]
            far |= days < middle - FAR_DAYS
        if name not in MAY_COME:
            far |= days >= FIRST_PLACEHOLDER
        rows = (days != BLANK_DAY) & far
        count = int(np.count_nonzero(rows))
        if not count:
            continue
        odd, times = np.unique(days[rows], return_counts=True)
        most = as_day(odd[np.argmax(times)])
        yield Notice(
            "placeholder-date",
            f"{rows_text(count)} {do(count, 'have')} {name} far from the rest, most often {most}: most"
            " likely a blank of the system that wrote it, and taken as a day",
            count,
            kind=kind,
            hint="export the real day, or leave the cell blank",
            examples=together.examples_of_days(kind, days, rows),
            column=name,
        )
