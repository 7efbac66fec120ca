"""Spells of one customer beside each other: overlapping ones are refused, touching ones joined."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.findings.problems import Outcome, Problem
from retention_cli.frames.columns import FILE, ROW, as_codes
from retention_cli.records.kinds.customers import without_a_day
from retention_cli.settling.repeats import highest_so_far
from retention_cli.settling.versions import UNORDERED, UPDATED, problem_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention_cli.settling.repeats import Marked
from retention_cli.settling.versions import Files

OVERLAPPING = "overlapping-spells"
_OPENING = ("start_date", ROW, FILE)
_FOREVER = np.iinfo(np.int64).max // 4
_STAYS, _REPLACED, _TORN = range(3)


def overlapping(customers: pa.Table) -> list[Marked]:
    """Find spells of one customer that overlap: all of them are rejected.

    A spell that starts before another one ends overlaps it, even one that ends on its first day.
    """
    found = _sharing_days(customers)
    if not len(found):
        return []
    message = "overlaps with another row of the same customer"
    return [(found, Problem(0, OVERLAPPING, message, column="start_date"))]


def corrected(customers: pa.Table, files: Files) -> list[Marked]:
    """Find spells of several files that overlap: one spell, whose start was corrected.

    The later file's row counts. Where it is not known which file is later, all are rejected.
    """
    places = _sharing_days(customers)
    if not len(places):
        return []
    some = customers.take(pa.array(places))
    codes, starts, ends = _spans(some)
    ranks = files.ranks[some[FILE].to_numpy()]
    fates = np.zeros(len(places), dtype=np.int64)
    for code in np.unique(codes):
        mine = np.flatnonzero(codes == code)
        spans = list(zip(ranks[mine], starts[mine], ends[mine], strict=True))
        fates[mine] = _fates(spans)
    skipped, rejected = Outcome.SKIPPED, Outcome.REJECTED
    overlaps = "overlaps with a row of the same customer in"
    said = (
        (_REPLACED, UPDATED, skipped, f"{overlaps} a later file, which counts"),
        (_TORN, OVERLAPPING, rejected, f"{overlaps} another file{UNORDERED}"),
    )
    return [
        (
            places[fates == fate],
            problem_of(code, message, "start_date", outcome),
        )
        for fate, code, outcome, message in said
    ]


def _fates(spans: Sequence[tuple[int, int, int]]) -> list[int]:
    """Say of each spell of one customer, given as rank, start and end, what becomes of it."""
    fates = [_STAYS] * len(spans)
    for place in sorted(range(len(spans)), key=lambda one: spans[one], reverse=True):
        rank, start, end = spans[place]
        against = [
            other
            for other, (rank_of, start_of, end_of) in enumerate(spans)
            if other != place
            and rank_of >= rank
            and fates[other] != _REPLACED
            and _overlap((start, end), (start_of, end_of))
        ]
        if any(spans[other][0] == rank or fates[other] == _TORN for other in against):
            fates[place] = _TORN
        elif against:
            fates[place] = _REPLACED
    return fates


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    first, second = sorted((one, other))
    return second[0] < first[1]


def _sharing_days(customers: pa.Table) -> np.ndarray:
    """Give the places of spells that overlap with another one of their customer."""
    if "start_date" not in customers.column_names:
        return np.array([], dtype=np.int64)
    codes, starts, ends, order = _in_order(customers)
    same = codes[1:] == codes[:-1]
    into_next = np.append(same & (starts[1:] < ends[:-1]), False)
    into_earlier = starts < highest_so_far(codes, ends, before=-_FOREVER)
    return np.sort(order[into_next | into_earlier])


def joined(customers: pa.Table) -> tuple[pa.Table, int]:
    """Join spells that touch: the next starts on the end date, or on the day after.

    Spells overlap where ids of one customer were joined, or where that is allowed.

    Shape: the table with one row a spell, and how many rows were joined to an earlier one. A
        spell starts with its first row; all else that is said of the customer is of its last.
    """
    if not {"start_date", "end_date"}.issubset(customers.column_names):
        return customers, 0
    codes, starts, ends, order = _in_order(customers)
    same, reached = codes[1:] == codes[:-1], ends[:-1]
    if (same & (starts[1:] < reached)).any():
        reached = highest_so_far(codes, ends, before=-_FOREVER)[1:]
    touching = np.insert(same & (starts[1:] <= reached + 1), 0, False)
    count = int(touching.sum())
    if not count:
        return customers, 0
    first = np.flatnonzero(~touching)
    by_end = np.lexsort((ends, np.cumsum(~touching)))
    last = by_end[np.append(first[1:] - 1, len(order) - 1)]
    table = customers.take(pa.array(order[first]))
    for place, name in enumerate(customers.column_names):
        if name not in _OPENING:
            closing = customers[name].take(pa.array(order[last]))
            table = table.set_column(place, name, closing)
    return table.take(pc.sort_indices(pa.array(order[first]))), count


def _in_order(customers: pa.Table) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Give codes of ids, starts, ends (in days) and places, sorted by id and start."""
    codes, starts, ends = _spans(customers)
    order = np.lexsort((ends, starts, codes))
    return codes[order], starts[order], ends[order], order


def _spans(customers: pa.Table) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Give codes of ids, starts and ends, in days.

    A spell that ended on a day nobody knows shares no day with a later one, and touches none.
    """
    coded = as_codes(customers["customer_id"])
    codes = coded.indices.to_numpy(zero_copy_only=False).astype(np.int64)
    starts = customers["start_date"].cast(pa.int32()).to_numpy().astype(np.int64)
    ends = np.full(len(codes), _FOREVER)
    if "end_date" in customers.column_names:
        days = customers["end_date"].cast(pa.int32()).cast(pa.int64())
        ends = pc.fill_null(days, _FOREVER).to_numpy()
    unknown = np.asarray(without_a_day(customers))
    return codes, starts, np.where(unknown, starts - 1, ends)
