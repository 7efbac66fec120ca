from __future__ import annotations

import random
from datetime import date, timedelta

import pyarrow as pa
import pytest

from retention_cli.findings.problems import Outcome
from retention_cli.settling.spells import joined, overlapping
from retention_cli.values.periods import Period
from seeded import seeds
from worlds import answer

SEEDS = seeds(13, 40)
FIRST = date(2025, 1, 1)


def day(number):
    return None if number is None else FIRST + timedelta(days=number)


def rng(seed):
    return random.Random(seed)  # noqa: S311  # a test has a seed and no secrets


def table(*spells, **columns):
    """Spells as (id, start, end), the days being numbers."""
    made = {
        "customer_id": pa.array([spell[0] for spell in spells], pa.string()),
        "start_date": pa.array([day(spell[1]) for spell in spells], pa.date32()),
        "end_date": pa.array([day(spell[2]) for spell in spells], pa.date32()),
    }
    made |= {name: pa.array(cells, pa.string()) for name, cells in columns.items()}
    made["_row"] = pa.array(range(2, len(spells) + 2), pa.int64())
    return pa.table(made)


def found(customers):
    places = [place for marked, _ in overlapping(customers) for place in marked.tolist()]
    assert places == sorted(places)
    return places


OVERLAPS = {
    "one spell": ([("ann", 0, 10)], []),
    "apart": ([("ann", 0, 10), ("ann", 20, 30)], []),
    "the next starts on the end date": ([("ann", 0, 10), ("ann", 10, 30)], []),
    "the next starts on the day after": ([("ann", 0, 10), ("ann", 11, 30)], []),
    "the next starts on the day before": ([("ann", 0, 10), ("ann", 9, 30)], [0, 1]),
    "an open spell before another": ([("ann", 0, None), ("ann", 400, 410)], [0, 1]),
    "an open spell after another": ([("ann", 0, 10), ("ann", 10, None)], []),
    "two open ones": ([("ann", 0, None), ("ann", 5, None)], [0, 1]),
    "contained": ([("ann", 0, 100), ("ann", 10, 20)], [0, 1]),
    "contained ones that do not meet": (
        [("ann", 0, 100), ("ann", 10, 20), ("ann", 50, 60)],
        [0, 1, 2],
    ),
    "the one after a contained one": (
        [("ann", 0, 100), ("ann", 10, 20), ("ann", 99, 200)],
        [0, 1, 2],
    ),
    "a chain": ([("ann", 0, 10), ("ann", 9, 20), ("ann", 19, 30)], [0, 1, 2]),
    "only the two that overlap": (
        [("ann", 0, 10), ("ann", 10, 20), ("ann", 19, 30), ("ann", 40, 50)],
        [1, 2],
    ),
    "an equal start": ([("ann", 0, 10), ("ann", 0, 20)], [0, 1]),
    "a spell without a day inside another": ([("ann", 0, 10), ("ann", 5, 5)], [0, 1]),
    "a spell without a day at the edges": (
        [("ann", 0, 10), ("ann", 0, 0), ("ann", 10, 10)],
        [],
    ),
    "other customers": ([("ann", 0, 10), ("bob", 5, 20), ("cy", 0, None)], []),
    "out of order": ([("ann", 50, 60), ("bob", 0, 9), ("ann", 0, 51)], [0, 2]),
    "no rows": ([], []),
}


@pytest.mark.parametrize(("spells", "expected"), OVERLAPS.values(), ids=OVERLAPS)
def test_spells_that_overlap(spells, expected):
    assert found(table(*spells)) == expected


def test_every_row_of_an_overlap_is_rejected_with_its_code():
    ((_, finding),) = overlapping(table(("ann", 0, 10), ("ann", 9, 30)))
    assert (finding.code, finding.outcome) == ("overlapping-spells", Outcome.REJECTED)
    assert finding.column == "start_date"
    assert finding.message == "overlaps with another row of the same customer"


def test_without_end_dates_every_second_spell_overlaps():
    customers = table(("ann", 0, None), ("bob", 0, None), ("ann", 30, None))
    assert found(customers.drop_columns(["end_date"])) == [0, 2]


def test_without_start_dates_there_are_no_spells():
    customers = table(("ann", 0, None), ("ann", 0, None)).drop_columns(["start_date", "end_date"])
    assert overlapping(customers) == []
    assert joined(customers) == (customers, 0)


def random_spells(rng):
    spells = []
    for _ in range(rng.randrange(1, 12)):
        start = rng.randrange(40)
        end = None if rng.random() < 0.2 else start + rng.randrange(12)
        spells.append((rng.choice("abc"), start, end))
    return spells


@pytest.mark.parametrize("seed", SEEDS)
def test_overlaps_are_what_comparing_all_pairs_finds(seed):
    spells = random_spells(rng(seed))
    expected = [
        a
        for a, one in enumerate(spells)
        if any(overlap(one, other) for b, other in enumerate(spells) if a != b)
    ]
    assert found(table(*spells)) == expected


def overlap(one, other):
    """Whether two spells share a day, or one without any day lies inside the other."""
    (name, start, end), (its_name, its_start, its_end) = one, other
    days = set(range(start, 99 if end is None else end))
    its_days = set(range(its_start, 99 if its_end is None else its_end))
    if name != its_name:
        return False
    if not days or not its_days:
        return start in its_days - {its_start} or its_start in days - {start}
    return bool(days & its_days)


# joining


def spells_of(customers):
    return list(
        zip(
            customers["customer_id"].to_pylist(),
            [(start - FIRST).days for start in customers["start_date"].to_pylist()],
            [None if e is None else (e - FIRST).days for e in customers["end_date"].to_pylist()],
            strict=True,
        )
    )


JOINS = {
    "apart by a day": ([("ann", 0, 10), ("ann", 12, 20)], [("ann", 0, 10), ("ann", 12, 20)]),
    "on the day after": ([("ann", 0, 10), ("ann", 11, 20)], [("ann", 0, 20)]),
    "on the end date": ([("ann", 0, 10), ("ann", 10, 20)], [("ann", 0, 20)]),
    "into an open one": ([("ann", 0, 10), ("ann", 10, None)], [("ann", 0, None)]),
    "three in a chain": (
        [("ann", 0, 10), ("ann", 10, 20), ("ann", 21, 30)],
        [("ann", 0, 30)],
    ),
    "a chain, a gap, a chain": (
        [("ann", 0, 1), ("ann", 1, 2), ("ann", 9, 10), ("ann", 10, None)],
        [("ann", 0, 2), ("ann", 9, None)],
    ),
    "not with another customer": (
        [("ann", 0, 10), ("bob", 10, 20)],
        [("ann", 0, 10), ("bob", 10, 20)],
    ),
    "in any order of rows": (
        [("bob", 5, 6), ("ann", 21, 30), ("ann", 0, 10), ("ann", 10, 20)],
        [("bob", 5, 6), ("ann", 0, 30)],
    ),
    "in the order of the rows that start them": (
        [("ann", 0, 10), ("bob", 0, 9), ("ann", 10, 20), ("ann", 50, 60)],
        [("ann", 0, 20), ("bob", 0, 9), ("ann", 50, 60)],
    ),
    "no rows": ([], []),
}


@pytest.mark.parametrize(("spells", "expected"), JOINS.values(), ids=JOINS)
def test_spells_that_touch_become_one(spells, expected):
    result, count = joined(table(*spells))
    assert spells_of(result) == expected
    assert count == len(spells) - len(expected)


def test_a_table_without_touching_spells_stays_as_it_is():
    customers = table(("ann", 0, 10), ("ann", 12, 20))
    result, count = joined(customers)
    assert result is customers
    assert count == 0


def test_a_joined_spell_says_what_its_last_row_says():
    customers = table(
        ("ann", 10, None), ("ann", 0, 10), status=["active", "ended"], segment=["new", "old"]
    )
    result, _ = joined(customers)
    assert result.column_names == customers.column_names
    assert result.to_pylist() == [
        {
            "customer_id": "ann",
            "start_date": day(0),
            "end_date": None,
            "status": "active",
            "segment": "new",
            "_row": 3,
        }
    ]


def test_without_end_dates_nothing_is_joined():
    customers = table(("ann", 0, None), ("ann", 5, None)).drop_columns(["end_date"])
    assert joined(customers) == (customers, 0)


def disjoint_spells(rng):
    """Spells of a few customers that never overlap and often touch."""
    spells = []
    for name in "abcdefgh":
        start = rng.randrange(60)
        for _ in range(rng.randrange(1, 5)):
            end = start + rng.randrange(1, 40)
            spells.append((name, start, end))
            start = end + rng.choice((0, 0, 1, 1, 2, 20))
        if rng.random() < 0.5:
            spells.append((name, start, None))
    rng.shuffle(spells)
    return spells


def days_there(spells):
    """The customers of each day, by walking over all days one by one."""
    return [
        {name for name, start, end in spells if start <= d and (end is None or d < end)}
        for d in range(300)
    ]


@pytest.mark.parametrize("seed", SEEDS)
def test_joining_keeps_who_was_there_but_for_the_day_between(seed):
    spells = disjoint_spells(rng(seed))
    after = spells_of(joined(table(*spells))[0])
    gaps = {(name, end) for name, _, end in spells if end is not None}
    starts = {(name, start) for name, start, _ in spells}
    bridged = {(name, end) for name, end in gaps if (name, end + 1) in starts}
    expected = [
        there | {name for name, end in bridged if end == d}
        for d, there in enumerate(days_there(spells))
    ]
    assert days_there(after) == expected
    assert all(
        start > end + 1
        for name, _, end in after
        for other, start, _ in after
        if name == other and end is not None and start >= end
    )


@pytest.mark.parametrize("seed", seeds(10, 30))
def test_retention_of_a_period_is_unchanged_by_joining(seed):
    # A gap of one day is bridged; where a period begins or ends in it, joining tells.
    spells = [spell for spell in disjoint_spells(rng(seed)) if spell[2] not in {30, 89}]
    customers = table(*spells)
    period = Period(day(31), day(90))
    before = answer("retention_rate", {"customers": customers}, period=period)
    after = answer("retention_rate", {"customers": joined(customers)[0]}, period=period)
    assert (before.value, before.sample_size) == (after.value, after.sample_size)
