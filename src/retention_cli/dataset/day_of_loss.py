"""On which day a customer is lost, and after how long one who comes back is new again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.errors import DataRefusedError
from retention_cli.frames.columns import as_codes

if TYPE_CHECKING:
    from retention_cli.settings import Window

RECORDED = "recorded"
FRESH = "fresh"
"""The column of spells that begin so long after the one before that the customer is new again."""

_TOLD_BY = {"notice": "notice_date", "paid": "renewal_date"}
_SAID = {
    "notice": "a customer is lost on the day of notice (lost_on)",
    "paid": "a customer is lost at the end of the paid period, the day before renewal (lost_on)",
}
_NONE = np.iinfo(np.int64).min // 4


def with_day_of_loss(customers: pa.Table, lost_on: str) -> tuple[pa.Table, tuple[str, ...]]:
    """Put the ends of spells where the settings say that a customer is lost, and say so.

    Formula: notice: the notice date, where it is before the end or there is none; never before the
        start. paid: of who has an end, the day before renewal where that is later.
    Errors: DataRefusedError where no column tells.
    """
    if lost_on == RECORDED or "start_date" not in customers.column_names:
        return customers, ()
    column = _TOLD_BY[lost_on]
    if column not in customers.column_names:
        raise DataRefusedError(
            f"lost_on is '{lost_on}', and the customers have no {column}",
            f"map the column: --map {column}=HEADER, or remove lost_on from retention.toml",
        )
    told, start = customers[column], customers["start_date"]
    has_ends = "end_date" in customers.column_names
    ends = customers["end_date"] if has_ends else pa.nulls(len(customers), pa.date32())
    if lost_on == "notice":
        days = pc.max_element_wise(pc.min_element_wise(told, ends), start)
        found = pc.if_else(pc.is_valid(told), days, ends)
    else:
        paid = pc.subtract(told.cast(pa.int32()), pa.scalar(1, pa.int32())).cast(pa.date32())
        found = pc.if_else(pc.is_valid(ends), pc.max_element_wise(paid, ends), ends)
    rest = pc.sum(pc.and_(pc.is_valid(found), pc.is_null(told))).as_py() or 0
    said = f"{_SAID[lost_on]}; by their end_date, because there is no {column}: {rest:,}"
    place = customers.column_names.index("end_date") if has_ends else len(customers.column_names)
    if has_ends:
        customers = customers.remove_column(place)
    return customers.add_column(place, "end_date", found), (said if rest else _SAID[lost_on],)


def with_fresh(spells: pa.Table, moved: Any) -> pa.Table:
    """Mark the spells that begin later than `moved` gives for the end of those before them.

    Example:
        >>> days = lambda *told: pa.array(told, pa.int32()).cast(pa.date32())
        >>> table = pa.table({"customer_id": ["a", "a"], "start_date": days(0, 90), "end_date": days(9, None)})
        >>> with_fresh(table, lambda ends: days(*(end + 30 for end in ends.cast(pa.int32()).to_pylist())))[FRESH].to_pylist()
        [False, True]
    """
    code = as_codes(spells["customer_id"]).indices.to_numpy().astype(np.int64)
    start = spells["start_date"].cast(pa.int32()).to_numpy().astype(np.int64)
    open_ended = np.asarray(pc.is_null(spells["end_date"]))
    end = pc.fill_null(spells["end_date"].cast(pa.int32()), 0).to_numpy().astype(np.int64)
    end[open_ended] = np.iinfo(np.int32).max
    order = np.lexsort((start, code))
    # Highest end so far of each customer: customers lie further apart than any two days.
    stride = np.int64(1) << 33
    reached = np.maximum.accumulate(code[order] * stride + end[order]) - code[order] * stride
    before = np.concatenate([[_NONE], reached[:-1]])
    first = np.concatenate([[True], code[order][1:] != code[order][:-1]])
    silent = ~first & (before != np.iinfo(np.int32).max)
    late = np.zeros(len(order), np.bool_)
    ends = pa.array(before[silent].astype(np.int32), pa.int32()).cast(pa.date32())
    latest = moved(ends).cast(pa.int32()).to_numpy()
    late[silent] = start[order][silent] > latest
    found = np.zeros(len(order), np.bool_)
    found[order] = late
    return spells.append_column(FRESH, pa.array(found))


def new_again(window: Window) -> str:
    """Say that customers who come back late are new.

    Example:
        >>> from retention_cli.settings import Window
        >>> new_again(Window(months=12))
        'who comes back after more than 12 months is new again (new_after)'
    """
    return f"who comes back after more than {window} is new again (new_after)"
