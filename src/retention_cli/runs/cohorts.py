"""From files to the cohorts of all customers ever."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from retention_cli.errors import DataRefusedError, UnknownNameError
from retention_cli.results.cohorts import Cohorts
from retention_cli.results.facts import fields_of
from retention_cli.runs.reading import reading
from retention_cli.scoring.cohorts import EVERY, cohort_table

if TYPE_CHECKING:
    from retention_cli.runs.options import Request
    from retention_cli.runs.reading import Reading


def cohorts(request: Request, *, every: str = "month") -> Cohorts:
    """Lay out who stayed, and what they paid, by when they first started.

    Errors: UnknownNameError for another length than month, quarter and year; DataRefusedError
        without a date, and for files that cannot be used.
    """
    if every not in EVERY:
        raise UnknownNameError("length", every, EVERY, where="--every: ")
    with reading(request) as read:
        return laid_out(request, read, every)


def laid_out(request: Request, read: Reading, every: str) -> Cohorts:
    """Lay out the cohorts of what was read.

    Errors: DataRefusedError without a date.
    """
    if not read.days:
        raise DataRefusedError(
            "cohorts need dates, and nothing has a date up to today",
            "add start dates to the customers, or invoices",
        )
    # Cohorts are of no period: what is said of one is not said of them.
    facts = replace(read.facts, period=None, assumed=(), unfinished=None, outside=None)
    min_n = request.settings.min_n
    table = cohort_table(read.dataset, read.days, as_of=request.day, every=every, min_n=min_n)
    return Cohorts(every=every, min_n=min_n, **fields_of(facts) | fields_of(table))
