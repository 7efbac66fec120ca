"""Small checked tables and frames for examples and tests."""

from __future__ import annotations

import pyarrow as pa

from retention_cli import records
from retention_cli.dataset.membership import Membership, by_dates
from retention_cli.dataset.ticket_times import timed
from retention_cli.frames.frames import Frame, from_arrow
from retention_cli.kpis.ingredients import cohort as cohorts
from retention_cli.kpis.ingredients import service as services
from retention_cli.reading.delimited.csv import read_csv
from retention_cli.reading.text import TextBatch
from retention_cli.settling.validating import validate_batch
from retention_cli.values.periods import Period

_TIMES = "ticket_id,created_at,first_response_at"


def table(kind: str, *lines: str) -> pa.Table:
    """Check lines of canonical CSV, the header first, against the model of a kind.

    Shape: the kind's columns that the header names, and `_row`.
    Errors: ValueError for a row that the model refuses.
    Example:
        >>> table("customers", "customer_id,start_date", "ann,2024-05-01").num_rows
        1
    """
    sheet = read_csv("\n".join(lines).encode(), file=kind, delimiter=",")
    model = records.model(kind)
    blanks = [pa.array([], pa.string())] * len(sheet.headers)
    batch = (
        sheet.batches[0]
        if sheet.batches
        else TextBatch(
            pa.RecordBatch.from_arrays(blanks, names=list(sheet.headers)), pa.array([], pa.int64())
        )
    )
    named = pa.RecordBatch.from_arrays(batch.columns.columns, names=list(sheet.headers))
    checked = validate_batch(model, TextBatch(named, batch.rows))
    if checked.refused or sheet.torn:
        raise ValueError(f"refused: {checked.refused or sheet.torn}")
    return checked.table


def frame(kind: str, *lines: str, backend: str = "pandas") -> Frame:
    """Give lines of canonical CSV as the frame that a KPI is given.

    Example:
        >>> from retention_cli.frames.frames import has
        >>> has(frame("surveys", "score,scale_max", "5,5"), "score")
        True
    """
    return from_arrow(table(kind, *lines), backend)


def membership(*spells: str, backend: str = "pandas") -> Membership:
    """Make a membership by dates from spells written `id start [end]`.

    Example:
        >>> membership("ann 2024-05-01", "bob 2024-06-01 2025-02-10").basis
        'dates'
    """
    rows = (",".join([*spell.split(), ""][:3]) for spell in spells)
    customers = table("customers", "customer_id,start_date,end_date", *rows)
    return by_dates(customers, backend=backend)


def service(
    period: str, *lines: str, header: str = _TIMES, backend: str = "pandas"
) -> services.Service:
    """Make the tickets of a period from lines `id,created,first response`, or of another header.

    Example:
        >>> service("2025-06", "1,2025-06-02T09:00:00,").as_exported
        False
    """
    tickets = from_arrow(timed(table("tickets", header, *lines)), backend)
    return services.service(tickets=tickets, period=Period.parse(period))


def cohort(period: str, *spells: str, backend: str = "pandas") -> cohorts.Cohort:
    """Make the cohort of a period from spells written `id start [end]`.

    Example:
        >>> cohort("2025-Q1", "ann 2024-05-01").starters
        1
    """
    return cohorts.cohort(
        membership=membership(*spells, backend=backend), period=Period.parse(period)
    )
