"""Small checked tables and frames for examples and tests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa

from retention_cli import records
from retention_cli.dataset.dataset import Dataset
from retention_cli.dataset.membership import Membership, by_dates
from retention_cli.dataset.ticket_times import timed
from retention_cli.frames.frames import Frame, from_arrow
from retention_cli.kpis.computing import compute
from retention_cli.reading.delimited.csv import read_csv
from retention_cli.reading.text import TextBatch
from retention_cli.settings import Settings
from retention_cli.settling.validating import validate_batch
from retention_cli.values.periods import Period

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from retention_cli.values.measures import Measure


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


def frame(kind: str, *lines: str, backend: str = "arrow") -> Frame:
    """Give lines of canonical CSV as the frame that a KPI is given.

    Example:
        >>> from retention_cli.frames.frames import has
        >>> has(frame("surveys", "score,scale_max", "5,5"), "score")
        True
    """
    return from_arrow(table(kind, *lines), backend)


def membership(*spells: str, backend: str = "arrow") -> Membership:
    """Make a membership by dates from spells written `id start [end]`.

    Example:
        >>> membership("ann 2024-05-01", "bob 2024-06-01 2025-02-10").basis
        'dates'
    """
    rows = (",".join([*spell.split(), ""][:3]) for spell in spells)
    customers = table("customers", "customer_id,start_date,end_date", *rows)
    return by_dates(customers, backend=backend)


def figure(
    name: str, period: str, *, settings: Mapping[str, Any] | None = None, **exports: Sequence[str]
) -> Measure:
    """Compute a KPI of a period from exports of a few lines of canonical CSV, the header first.

    Example:
        >>> people = ("customer_id,start_date,end_date", "ann,2024-05-01,2025-02-10")
        >>> figure("churn_rate", "2025-Q1", customers=people).value
        Fraction(1, 1)
    """
    tables = {kind: table(kind, *lines) for kind, lines in exports.items()}
    if "tickets" in tables:
        tables["tickets"] = timed(tables["tickets"])
    told = {**dict(Settings()), **(settings or {})}
    dataset = Dataset(tables, window=told["activity_window"])
    wanted = (name,)
    return compute(wanted, dataset=dataset, period=Period.parse(period), settings=told)[name]
