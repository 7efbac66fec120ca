"""Days that are yet to come."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retention_cli.findings.across_files._days import (
    FIRST_PLACEHOLDER,
    as_day,
    columns_of_days,
)
from retention_cli.findings.problems import Notice
from retention_cli.text.wording import do, rows_text
from retention_cli.values.coverage import MAY_COME

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retention_cli.findings.across_files._together import Together

ALWAYS = True


def find(together: Together) -> Iterator[Notice]:
    """Find days after today in columns that tell of the past."""
    if together.as_of is None:
        return
    today = int(np.datetime64(together.as_of, "D").astype(np.int64))
    for kind, name, days in columns_of_days(together):
        rows = (days > today) & (days < FIRST_PLACEHOLDER)
        count = int(np.count_nonzero(rows))
        if name in MAY_COME or not count:
            continue
        latest = as_day(days[rows].max())
        yield Notice(
            "future-date",
            f"{rows_text(count)} {do(count, 'have')} {name} after {together.as_of}, up to {latest}:"
            " these rows change no figure of an earlier period",
            count,
            kind=kind,
            hint="is the order of day and month right?",
            examples=together.examples_of_days(kind, days, rows),
            column=name,
        )
