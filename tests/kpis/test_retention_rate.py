from __future__ import annotations

from datetime import timedelta
from fractions import Fraction

import pytest

import worlds
from retention_cli.values.periods import Period
from seeded import seeds

Q1 = worlds.PERIOD
BOUNDARIES = worlds.people(
    "K1 2024-01-01 2025-06-30",
    "K2 2024-01-01 2025-07-01",
    "K3 2024-01-01 2025-06-01",
    "K4 2024-01-01 2025-05-31",
    "K5 2025-06-01",
    "K6 2025-05-31",
    "K7 2025-06-30",
    "K8 2025-07-01",
    "K9 2025-06-10 2025-06-11",
)


def retention(rows, backend, period=Q1):
    return worlds.answer("retention_rate", worlds.of_customers(rows), backend, period=period)


@pytest.mark.parametrize(
    ("lines", "value", "counts"),
    [
        pytest.param(["a 2024-01-01", "b 2025-01-01"], 1, (1, 2, 1), id="joined on day one is new"),
        pytest.param(["a 2024-12-31"], 1, (1, 1, 0), id="joined on the eve is a starter"),
        pytest.param(["a 2024-01-01 2025-01-01"], 0, (1, 0, 0), id="left on day one is a loss"),
        pytest.param(
            ["a 2024-01-01 2024-12-31", "b 2024-01-01"], 1, (1, 1, 0), id="left on the eve is gone"
        ),
        pytest.param(
            ["a 2024-01-01 2025-03-31"], 0, (1, 0, 0), id="left on the last day is a loss"
        ),
        pytest.param(
            ["a 2024-01-01 2025-04-01"], 1, (1, 1, 0), id="left the day after is still there"
        ),
        pytest.param(
            ["a 2024-01-01", "b 2025-03-31"], 1, (1, 2, 1), id="joined on the last day is new"
        ),
        pytest.param(
            ["a 2024-01-01", "b 2025-04-01"], 1, (1, 1, 0), id="joined the day after is nobody yet"
        ),
        pytest.param(
            ["a 2024-01-01 2025-01-10", "a 2025-02-01"], 1, (1, 1, 0), id="left and came back stays"
        ),
        pytest.param(
            ["a 2024-01-01", "b 2025-02-01 2025-03-01"], 1, (1, 1, 0), id="came and left is in none"
        ),
        pytest.param(
            ["a 2023-01-01 2024-01-01", "a 2025-02-01", "b 2024-01-01"],
            1,
            (1, 2, 1),
            id="one who came back after long is new and nobody's loss",
        ),
    ],
)
def test_who_is_there_at_the_close_of_a_day(lines, value, counts, backend):
    measure = retention(worlds.people(*lines), backend)
    assert measure.value == value
    assert tuple(measure.parts[name].total for name in ("CS", "CE", "CN")) == counts
    assert measure.sample_size == counts[0]
    assert measure.basis == "dates"


@pytest.mark.parametrize(
    ("counts", "value"),
    [
        pytest.param(
            {"2023-01-01": 180, "2023-01-01 2025-02-02": 20, "2025-02-01": 40},
            Fraction(9, 10),
            id="200 at the start, 220 at the end, 40 new: 90 %",
        ),
        pytest.param(
            {"2023-01-01": 850, "2023-01-01 2025-02-02": 150, "2025-02-01": 100},
            Fraction(85, 100),
            id="1,000 at the start, 950 at the end, 100 new: 85 %",
        ),
        pytest.param(
            {"2023-01-01": 850, "2023-01-01 2025-02-02": 150, "2025-02-01": 250},
            Fraction(85, 100),
            id="1,000 at the start, 1,100 at the end, 250 new: 85 %",
        ),
        pytest.param(
            {"2023-01-01": 900, "2023-01-01 2025-02-02": 100},
            Fraction(9, 10),
            id="1,000 at the start, 900 still there: 90 %",
        ),
        pytest.param(
            {"2023-01-01": 631, "2023-01-01 2025-02-02": 369},
            Fraction(631, 1000),
            id="cohort of 1,000, 631 left after a year: 63.1 %",
        ),
        pytest.param(
            {"2023-01-01": 468, "2023-01-01 2025-02-02": 631 - 468},
            Fraction(468, 631),
            id="cohort of 631, 468 left after another year: 74.2 %",
        ),
        pytest.param(
            {
                "2023-01-01": 180,
                "2023-01-01 2025-02-02": 20,
                "2025-02-01": 35,
                "2025-02-01 2025-03-01": 5,
                "2023-01-01 2024-01-01, 2025-02-01": 3,
            },
            Fraction(9, 10),
            id="five joined and left, three came back: starters who stayed are 90 %",
        ),
    ],
)
def test_published_figures(counts, value, backend):
    assert retention(worlds.crowd(counts), backend).value == value


def test_the_interval_is_the_one_of_180_in_200(backend):
    found = retention(worlds.crowd({"2023-01-01": 180, "2023-01-01 2025-02-02": 20}), backend)
    assert found.interval == pytest.approx((0.8506, 0.9343), abs=5e-5)


def test_the_ids_behind_the_parts_are_told(backend):
    found = retention(BOUNDARIES, backend, Period.parse("2025-06"))
    assert found.value == Fraction(1, 2)
    assert worlds.ids(found) == {
        "CS": ["K1", "K2", "K3", "K6"],
        "CE": ["K2", "K5", "K6", "K7"],
        "CN": ["K5", "K7"],
    }


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param([], id="no customers at all"),
        pytest.param(["a 2025-01-01", "b 2025-02-01"], id="all of them joined in the period"),
        pytest.param(["a 2023-01-01 2024-12-31"], id="all of them left before it"),
    ],
)
def test_without_starters_there_is_no_rate(lines, backend):
    measure = retention(worlds.people(*lines), backend)
    assert measure.value is None
    assert measure.reason.code == "no-starters"
    assert "start" in measure.reason.message
    assert measure.sample_size == 0


def test_a_flag_takes_everyone_as_there_at_the_start(backend):
    rows = [{"customer_id": f"c{n}", "status": "ended" if n < 3 else "active"} for n in range(12)]
    rows.append({"customer_id": "c12", "status": None})
    customers = worlds.table("customers", rows, without=("start_date", "end_date"))
    measure = worlds.answer("retention_rate", {"customers": customers}, backend)
    assert measure.value == Fraction(10, 13)
    assert measure.basis == "flag"
    assert measure.as_exported
    assert measure.notes == ("customers with a blank status, who count as not flagged: 1",)


def test_a_status_that_says_neither_is_no_basis(backend):
    rows = [{"customer_id": "a", "status": "paused"}, {"customer_id": "b", "status": "active"}]
    customers = worlds.table("customers", rows, without=("start_date", "end_date"))
    measure = worlds.answer("retention_rate", {"customers": customers}, backend)
    assert measure.reason.code == "unknown-status"
    assert "'paused'" in measure.reason.message


def test_activity_that_begins_too_late_tells_nothing_of_the_start(backend):
    rows = [
        {"customer_id": "a", "invoice_date": Q1.start - timedelta(days=by), "amount": 10_000}
        for by in (300, 200, 100, 5)
    ]
    measure = worlds.answer("retention_rate", {"invoices": worlds.table("invoices", rows)}, backend)
    assert measure.reason.code == "too-little-history"
    assert measure.basis == "activity"


@pytest.mark.parametrize("seed", seeds(6, 20))
def test_the_oracle_counts_people_one_by_one(seed, backend):
    rows = worlds.spells(seed)
    first, last = worlds.there(rows, Q1.start), worlds.there(rows, Q1.end)
    measure = retention(rows, backend)
    assert measure.value == Fraction(len(first & last), len(first))
    assert worlds.ids(measure) == {
        "CS": sorted(first),
        "CE": sorted(last),
        "CN": sorted(last - first),
    }
