from __future__ import annotations

import pytest

import worlds
from retention_cli.values.measures import Unit
from seeded import seeds

Q1 = worlds.PERIOD


def reactivated(rows, backend):
    return worlds.answer("customers_reactivated", worlds.of_customers(rows), backend)


@pytest.mark.parametrize(
    ("lines", "ids"),
    [
        pytest.param([], [], id="nobody at all is 0"),
        pytest.param(["a 2024-01-01"], [], id="one who stayed is none"),
        pytest.param(["a 2025-02-01"], [], id="one who is new is none"),
        pytest.param(
            ["a 2024-01-01 2025-01-10", "a 2025-02-01"], [], id="left and came back within is none"
        ),
        pytest.param(
            ["a 2025-01-05 2025-01-10", "a 2025-02-01"], [], id="new and came back within is none"
        ),
        pytest.param(
            ["a 2023-01-01 2024-01-01", "a 2025-02-01 2025-03-01"], [], id="back and gone is none"
        ),
        pytest.param(
            ["a 2023-01-01 2024-01-01", "a 2025-04-01"], [], id="back the day after is none yet"
        ),
        pytest.param(
            ["a 2024-01-01 2024-12-31", "a 2025-03-31"], ["a"], id="gone on the eve, back at last"
        ),
        pytest.param(
            ["a 2023-01-01 2023-01-01", "a 2025-01-01"], ["a"], id="a spell of one day is a spell"
        ),
    ],
)
def test_who_counts(lines, ids, backend):
    measure = reactivated(worlds.people(*lines), backend)
    assert measure.value == measure.sample_size == len(ids)
    assert measure.parts["reactivated"].unit is Unit.COUNT
    assert worlds.ids(measure) == {"reactivated": ids}


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
            3,
            id="five of 40 acquired left again, three came back",
        ),
        pytest.param(
            {
                "2023-01-01": 950,
                "2023-01-01 2025-02-02": 50,
                "2025-02-01": 488,
                "2025-02-01 2025-03-01": 12,
            },
            0,
            id="500 join 1,000, and 12 of them leave",
        ),
    ],
)
def test_published_figures(counts, value, backend):
    assert reactivated(worlds.crowd(counts), backend).value == value


def test_a_flag_does_not_say_when_anybody_started(backend):
    rows = [{"customer_id": "a", "status": "ended"}, {"customer_id": "b", "status": "active"}]
    customers = worlds.table("customers", rows, without=("start_date", "end_date"))
    measure = worlds.answer("customers_reactivated", {"customers": customers}, backend)
    assert (measure.value, measure.reason.code) == (None, "no-start-dates")
    assert measure.as_exported


def test_too_little_history_is_no_zero(backend):
    rows = [{"customer_id": "a", "invoice_date": Q1.start, "amount": 10_000}]
    measure = worlds.answer(
        "customers_reactivated", {"invoices": worlds.table("invoices", rows)}, backend
    )
    assert (measure.value, measure.reason.code) == (None, "too-little-history")


@pytest.mark.parametrize("seed", seeds(6, 20))
def test_the_oracle_looks_for_an_older_spell(seed, backend):
    rows = worlds.spells(seed)
    back = worlds.there(rows, Q1.end) - worlds.there(rows, Q1.start)
    expected = {
        row["customer_id"]
        for row in rows
        if row["customer_id"] in back and row["start_date"] <= Q1.previous().last_day
    }
    assert worlds.ids(reactivated(rows, backend)) == {"reactivated": sorted(expected)}
