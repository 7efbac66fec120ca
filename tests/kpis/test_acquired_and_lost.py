from __future__ import annotations

import pytest

import worlds
from retention_cli.values.measures import Unit
from seeded import seeds

Q1 = worlds.PERIOD


def acquired_and_lost(rows, backend):
    return worlds.answer("acquired_and_lost", worlds.of_customers(rows), backend)


@pytest.mark.parametrize(
    ("lines", "ids"),
    [
        pytest.param([], [], id="nobody at all is 0"),
        pytest.param(["a 2025-02-01"], [], id="one who stays is none"),
        pytest.param(["a 2025-02-01 2025-04-01"], [], id="left the day after is none yet"),
        pytest.param(["a 2024-12-31 2025-02-01"], [], id="a starter is lost, not this"),
        pytest.param(
            ["a 2025-01-05 2025-01-10", "a 2025-02-01"], [], id="left and came back is none"
        ),
        pytest.param(
            ["a 2023-01-01 2024-01-01", "a 2025-02-01 2025-03-01"], [], id="one from before is none"
        ),
        pytest.param(["a 2025-01-01 2025-03-31"], ["a"], id="from the first day to the last"),
        pytest.param(["a 2025-02-01 2025-02-01"], ["a"], id="left on the day it started"),
    ],
)
def test_who_counts(lines, ids, backend):
    measure = acquired_and_lost(worlds.people(*lines), backend)
    assert measure.value == measure.sample_size == len(ids)
    assert measure.parts["acquired_and_lost"].unit is Unit.COUNT
    assert worlds.ids(measure) == {"acquired_and_lost": ids}


@pytest.mark.parametrize(
    ("counts", "value"),
    [
        pytest.param(
            {"2023-03-01": 180, "2023-03-01 2025-02-02": 20, "2025-02-01": 40},
            0,
            id="200 at the start, 20 lost, 40 gained",
        ),
        pytest.param(
            {
                "2023-03-01": 180,
                "2023-03-01 2025-02-02": 20,
                "2025-02-01": 35,
                "2025-02-01 2025-03-01": 5,
                "2023-01-01 2024-01-01, 2025-02-01": 3,
            },
            5,
            id="five of 40 acquired left again, three came back",
        ),
        pytest.param(
            {
                "2023-01-01": 950,
                "2023-01-01 2025-02-02": 50,
                "2025-02-01": 488,
                "2025-02-01 2025-03-01": 12,
            },
            12,
            id="500 join 1,000, and 12 of them leave",
        ),
    ],
)
def test_published_figures(counts, value, backend):
    assert acquired_and_lost(worlds.crowd(counts), backend).value == value


def test_a_flag_does_not_say_when_anybody_started(backend):
    rows = [{"customer_id": "a", "status": "ended"}, {"customer_id": "b", "status": "active"}]
    customers = worlds.table("customers", rows, without=("start_date", "end_date"))
    measure = worlds.answer("acquired_and_lost", {"customers": customers}, backend)
    assert (measure.value, measure.reason.code) == (None, "no-start-dates")
    assert measure.as_exported


def test_too_little_history_is_no_zero(backend):
    rows = [{"customer_id": "a", "invoice_date": Q1.start, "amount": 10_000}]
    measure = worlds.answer(
        "acquired_and_lost", {"invoices": worlds.table("invoices", rows)}, backend
    )
    assert (measure.value, measure.reason.code) == (None, "too-little-history")


@pytest.mark.parametrize("seed", seeds(6, 20))
def test_the_oracle_follows_each_new_customer(seed, backend):
    rows = worlds.spells(seed)
    begun = {}
    for row in rows:
        begun.setdefault(row["customer_id"], []).append(row["start_date"])
    new = {key for key, days in begun.items() if Q1.start <= min(days) <= Q1.last_day}
    expected = new - worlds.there(rows, Q1.end)
    assert worlds.ids(acquired_and_lost(rows, backend)) == {"acquired_and_lost": sorted(expected)}
