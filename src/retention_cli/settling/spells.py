"""Spells of one customer beside each other: overlapping ones are refused, touching ones joined."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.findings.problems import Problem
from retention_cli.frames.columns import FILE, ROW, as_codes

if TYPE_CHECKING:
    from retention_cli.settling.repeats import Marked

_OPENING = ("start_date", ROW, FILE)
_FOREVER = np.iinfo(np.int64).max // 4


def overlapping(customers: pa.Table) -> list[Marked]:
    """Find spells of one customer that overlap: all of them are rejected.

    A spell that starts before another one ends overlaps it, even one that ends on its first day.
    """
    if "start_date" not in customers.column_names:
        return []
    codes, starts, ends, order = _in_order(customers)
    same = codes[1:] == codes[:-1]
    into_next = np.append(same & (starts[1:] < ends[:-1]), False)
    latest = _latest_end_before(codes, ends)
    into_earlier = starts < latest
    found = np.sort(order[into_next | into_earlier])
    message = "overlaps with another row of the same customer"
    return [(found, Problem(0, "overlapping-spells", message, column="start_date"))]


def joined(customers: pa.Table) -> tuple[pa.Table, int]:
    """Join spells that touch: the next starts on the end date, or on the day after.

    Shape: the table with one row a spell, and how many rows were joined to an earlier one. A
        spell starts with its first row; all else that is said of the customer is of its last.
    """
    if not {"start_date", "end_date"}.issubset(customers.column_names):
        return customers, 0
    codes, starts, ends, order = _in_order(customers)
    touching = np.insert((codes[1:] == codes[:-1]) & (starts[1:] <= ends[:-1] + 1), 0, False)
    count = int(touching.sum())
    if not count:
        return customers, 0
    first = np.flatnonzero(~touching)
    last = np.append(first[1:] - 1, len(order) - 1)
    table = customers.take(pa.array(order[first]))
    for place, name in enumerate(customers.column_names):
        if name not in _OPENING:
            closing = customers[name].take(pa.array(order[last]))
            table = table.set_column(place, name, closing)
    return table.take(pc.sort_indices(pa.array(order[first]))), count


def _in_order(customers: pa.Table) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Give codes of ids, starts, ends (in days) and places, sorted by id and start."""
    coded = as_codes(customers["customer_id"])
    codes = coded.indices.to_numpy(zero_copy_only=False).astype(np.int64)
    starts = customers["start_date"].cast(pa.int32()).to_numpy().astype(np.int64)
    if "end_date" in customers.column_names:
        days = customers["end_date"].cast(pa.int32()).cast(pa.int64())
        ends = pc.fill_null(days, _FOREVER).to_numpy()
    else:
        ends = np.full(len(codes), _FOREVER)
    order = np.lexsort((ends, starts, codes))
    return codes[order], starts[order], ends[order], order


def _latest_end_before(codes: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """Give, for each spell, the latest end of the customer's spells that start before it."""
    latest = pd.Series(ends).groupby(codes, sort=False).cummax()
    before = latest.groupby(codes, sort=False).shift(1)
    return before.fillna(-_FOREVER).to_numpy().astype(np.int64)
