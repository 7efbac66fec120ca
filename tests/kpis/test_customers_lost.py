from __future__ import annotations

import pytest

import worlds
from retention_cli.values.measures import Unit
from seeded import seeds

Q1 = worlds.PERIOD


def lost(rows, backend):
    return worlds.answer("customers_lost", worlds.of_customers(rows), backend)


@pytest.mark.parametrize(
    ("lines", "ids"),
    [
        pytest.param([], [], id="nobody at all is 0"),
        pytest.param(["a 2025-02-01"], [], id="nobody at the start is 0"),
        pytest.param(["a 2024-01-01 2025-04-01"], [], id="left the day after is none yet"),
        pytest.param(["a 2024-01-01 2024-12-31"], [], id="left on the eve was lost before"),
        pytest.param(["a 2025-02-01 2025-03-01"], [], id="came and left is none"),
        pytest.param(["a 2024-01-01 2025-01-10", "a 2025-02-01"], [], id="came back is none"),
        pytest.param(["a 2024-01-01 2025-01-01"], ["a"], id="left on day one"),
        pytest.param(["a 2024-01-01 2025-03-31"], ["a"], id="left on the last day"),
        pytest.param(
            ["a 2024-01-01 2025-01-10", "a 2025-02-01 2025-03-01"], ["a"], id="left twice is one"
        ),
        pytest.param(
            ["a 2024-01-01 2025-01-10", "a 2025-04-01"], ["a"], id="came back only afterwards"
        ),
    ],
)
def test_who_counts(lines, ids, backend):
    measure = lost(worlds.people(*lines), backend)
    assert measure.value == measure.sample_size == len(ids)
    assert measure.parts["lost"].unit is Unit.COUNT
    assert worlds.ids(measure) == {"lost": ids}


@pytest.mark.parametrize(
    ("counts", "value"),
    [
        pytest.param(
            {"2023-03-01": 180, "2023-03-01 2025-02-02": 20, "2025-02-01": 40},
            20,
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
            20,
            id="five of 40 acquired left again, three came back",
        ),
        pytest.param(
            {
                "2023-01-01": 950,
                "2023-01-01 2025-02-02": 50,
                "2025-02-01": 488,
                "2025-02-01 2025-03-01": 12,
            },
            50,
            id="500 join 1,000, and 12 of them leave",
        ),
    ],
)
def test_published_figures(counts, value, backend):
    assert lost(worlds.crowd(counts), backend).value == value


def test_a_flag_says_who_was_lost(backend):
    rows = [{"customer_id": "a", "status": "ended"}, {"customer_id": "b", "status": "active"}]
    customers = worlds.table("customers", rows, without=("start_date", "end_date"))
    measure = worlds.answer("customers_lost", {"customers": customers}, backend)
    assert (measure.value, measure.basis, measure.as_exported) == (1, "flag", True)
    assert worlds.ids(measure) == {"lost": ["a"]}


def test_too_little_history_is_no_zero(backend):
    rows = [{"customer_id": "a", "invoice_date": Q1.start, "amount": 10_000}]
    measure = worlds.answer("customers_lost", {"invoices": worlds.table("invoices", rows)}, backend)
    assert (measure.value, measure.reason.code) == (None, "too-little-history")


@pytest.mark.parametrize("seed", seeds(6, 20))
def test_the_oracle_compares_both_ends(seed, backend):
    rows = worlds.spells(seed)
    expected = worlds.there(rows, Q1.start) - worlds.there(rows, Q1.end)
    assert worlds.ids(lost(rows, backend)) == {"lost": sorted(expected)}
