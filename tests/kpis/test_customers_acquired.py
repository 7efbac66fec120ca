from __future__ import annotations

import pytest

import worlds
from retention_cli.values.measures import Unit
from seeded import seeds

Q1 = worlds.PERIOD


def acquired(rows, backend):
    return worlds.answer("customers_acquired", worlds.of_customers(rows), backend)


@pytest.mark.parametrize(
    ("lines", "ids"),
    [
        pytest.param([], [], id="nobody at all is 0"),
        pytest.param(["a 2024-12-31"], [], id="started on the eve is none"),
        pytest.param(["a 2025-04-01"], [], id="started the day after is none"),
        pytest.param(["a 2023-01-01 2024-01-01", "a 2025-02-01"], [], id="came back is none"),
        pytest.param(["a 2025-01-01"], ["a"], id="started on day one"),
        pytest.param(["a 2025-03-31"], ["a"], id="started on the last day"),
        pytest.param(["a 2025-02-01 2025-03-01"], ["a"], id="started and left again"),
        pytest.param(["a 2025-02-01 2025-02-01"], ["a"], id="left on the day it started"),
        pytest.param(["a 2025-01-09 2025-02-01", "a 2025-03-01"], ["a"], id="started twice is one"),
    ],
)
def test_who_counts(lines, ids, backend):
    measure = acquired(worlds.people(*lines), backend)
    assert measure.value == measure.sample_size == len(ids)
    assert measure.parts["acquired"].unit is Unit.COUNT
    assert worlds.ids(measure) == {"acquired": ids}


@pytest.mark.parametrize(
    ("counts", "value"),
    [
        pytest.param(
            {"2023-03-01": 180, "2023-03-01 2025-02-02": 20, "2025-02-01": 40},
            40,
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
            40,
            id="five of 40 acquired left again, three came back",
        ),
        pytest.param(
            {
                "2023-01-01": 950,
                "2023-01-01 2025-02-02": 50,
                "2025-02-01": 488,
                "2025-02-01 2025-03-01": 12,
            },
            500,
            id="500 join 1,000, and 12 of them leave",
        ),
    ],
)
def test_published_figures(counts, value, backend):
    assert acquired(worlds.crowd(counts), backend).value == value


def test_a_flag_does_not_say_when_anybody_started(backend):
    rows = [{"customer_id": "a", "status": "ended"}, {"customer_id": "b", "status": "active"}]
    customers = worlds.table("customers", rows, without=("start_date", "end_date"))
    measure = worlds.answer("customers_acquired", {"customers": customers}, backend)
    assert (measure.value, measure.reason.code) == (None, "no-start-dates")
    assert measure.as_exported


def test_too_little_history_is_no_zero(backend):
    rows = [{"customer_id": "a", "invoice_date": Q1.start, "amount": 10_000}]
    measure = worlds.answer(
        "customers_acquired", {"invoices": worlds.table("invoices", rows)}, backend
    )
    assert (measure.value, measure.reason.code) == (None, "too-little-history")


@pytest.mark.parametrize("seed", seeds(6, 20))
def test_the_oracle_looks_at_the_first_spell_of_each(seed, backend):
    rows = worlds.spells(seed)
    begun = {}
    for row in rows:
        begun.setdefault(row["customer_id"], []).append(row["start_date"])
    expected = [key for key, days in begun.items() if Q1.start <= min(days) <= Q1.last_day]
    assert worlds.ids(acquired(rows, backend)) == {"acquired": sorted(expected)}
