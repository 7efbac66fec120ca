from __future__ import annotations

from fractions import Fraction

import pytest

import worlds
from seeded import seeds

Q1 = worlds.PERIOD


def churn(rows, backend):
    return worlds.answer("churn_rate", worlds.of_customers(rows), backend)


@pytest.mark.parametrize(
    ("lines", "value", "counts"),
    [
        pytest.param(["a 2024-01-01"], 0, (1, 0), id="who stays is not churn"),
        pytest.param(
            ["a 2024-01-01 2025-04-01"], 0, (1, 0), id="who leaves later is not churn yet"
        ),
        pytest.param(
            ["a 2024-01-01", "b 2025-02-01 2025-03-01"], 0, (1, 0), id="who came and left is none"
        ),
        pytest.param(
            ["a 2024-01-01 2025-01-10", "a 2025-03-31"], 0, (1, 0), id="who came back is none"
        ),
        pytest.param(["a 2024-01-01 2025-01-01"], 1, (1, 1), id="who left on day one is churn"),
        pytest.param(
            ["a 2024-01-01 2025-03-31"], 1, (1, 1), id="who left on the last day is churn"
        ),
    ],
)
def test_who_is_churn(lines, value, counts, backend):
    measure = churn(worlds.people(*lines), backend)
    assert measure.value == value
    assert tuple(measure.parts[name].total for name in ("CS", "lost")) == counts


@pytest.mark.parametrize(
    ("counts", "value"),
    [
        pytest.param(
            {"2023-01-01": 450, "2023-01-01 2025-02-02": 50}, Fraction(1, 10), id="500 to 450: 10 %"
        ),
        pytest.param(
            {"2023-01-01": 485, "2023-01-01 2025-02-02": 15}, Fraction(3, 100), id="15 of 500: 3 %"
        ),
        pytest.param(
            {"2023-01-01": 95, "2023-01-01 2025-02-02": 5}, Fraction(1, 20), id="100 to 95: 5 %"
        ),
        pytest.param(
            {"2023-01-01": 90, "2023-01-01 2025-02-02": 5}, Fraction(1, 19), id="95 to 90: 5.26 %"
        ),
        pytest.param(
            {
                "2023-01-01": 950,
                "2023-01-01 2025-02-02": 50,
                "2025-02-01": 488,
                "2025-02-01 2025-03-01": 12,
            },
            Fraction(5, 100),
            id="50 of 1,000 and 12 of 500 new ones: 5 %, not 6.2 %",
        ),
        pytest.param(
            {
                "2023-01-01": 89,
                "2023-01-01 2025-02-02": 10,
                "2023-01-01 2025-02-02, 2025-03-01": 1,
                "2025-02-01 2025-03-01": 1,
            },
            Fraction(10, 100),
            id="12 left of 100, one came back and one was new: 10 %",
        ),
    ],
)
def test_published_figures(counts, value, backend):
    assert churn(worlds.crowd(counts), backend).value == value


def test_3245_of_52430_are_619_in_ten_thousand(backend):
    found = churn(worlds.crowd({"2023-01-01": 49_185, "2023-01-01 2025-02-02": 3_245}), backend)
    assert found.value == Fraction(3_245, 52_430)
    assert round(float(found.value), 4) == 0.0619
    assert found.sample_size == 52_430


def test_the_interval_is_that_of_retention_turned_round(backend):
    found = churn(worlds.crowd({"2023-01-01": 180, "2023-01-01 2025-02-02": 20}), backend)
    assert found.interval == pytest.approx((1 - 0.9343, 1 - 0.8506), abs=5e-5)


def test_without_starters_there_is_no_rate(backend):
    measure = churn(worlds.people("a 2025-01-01"), backend)
    assert (measure.value, measure.reason.code, measure.sample_size) == (None, "no-starters", 0)


def test_a_flag_gives_churn_as_exported(backend):
    rows = [{"customer_id": f"c{n}", "status": "ended" if n < 3 else "active"} for n in range(12)]
    customers = worlds.table("customers", rows, without=("start_date", "end_date"))
    measure = worlds.answer("churn_rate", {"customers": customers}, backend)
    assert (measure.value, measure.basis, measure.as_exported) == (Fraction(1, 4), "flag", True)


@pytest.mark.parametrize("seed", seeds(6, 20))
def test_the_oracle_crosses_off_everyone_who_is_still_there(seed, backend):
    rows = worlds.spells(seed)
    starters = worlds.there(rows, Q1.start)
    lost = set(starters)
    for key in worlds.there(rows, Q1.end):
        lost.discard(key)
    measure = churn(rows, backend)
    assert measure.value == Fraction(len(lost), len(starters))
    assert worlds.ids(measure) == {"CS": sorted(starters), "lost": sorted(lost)}
