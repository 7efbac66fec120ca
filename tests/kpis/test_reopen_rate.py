from __future__ import annotations

from fractions import Fraction

import pytest

from service_worlds import SEEDS, answer, figure, ids, of_world, resolved

HEADER = "ticket_id,resolved_at,reopened"


def test_a_count_above_0_is_reopened_and_a_blank_is_not(backend):
    lines = (
        "1,2025-06-02,1",
        "2,2025-06-02,0",
        "3,2025-06-02,",
        "4,2025-06-02,3",
        "5,2025-07-01,1",
    )
    found = figure("reopen_rate", *lines, header=HEADER, backend=backend)
    assert (found.value, found.parts["reopened"].ids()) == (Fraction(1, 2), ["1", "4"])


@pytest.mark.parametrize(
    ("lines", "header", "reason"),
    [
        (["1,2025-06-02"], "ticket_id,resolved_at", "no-reopen-column"),
        (["1,2025-06-02,1"], "ticket_id,created_at,reopened", "no-resolution"),
        (["1,2025-07-02,1"], HEADER, "none-resolved"),
    ],
)
def test_it_is_undefined_where_nothing_tells_it(lines, header, reason):
    assert answer(figure("reopen_rate", *lines, header=header)) == reason


@pytest.mark.parametrize("seed", SEEDS)
def test_agrees_with_going_through_the_tickets(seed, backend):
    found, rows = of_world("reopen_rate", seed, backend)
    again = [row for row in resolved(rows) if row["reopened"]]
    assert found.value == Fraction(len(again), len(resolved(rows)))
    assert found.parts["reopened"].ids() == ids(again)


def test_one_in_five_lies_within_its_interval(backend):
    lines = [f"{one},2025-06-02,{int(one < 2)}" for one in range(10)]
    found = figure("reopen_rate", *lines, header=HEADER, backend=backend)
    assert (found.value, found.sample_size) == (Fraction(1, 5), 10)
    assert found.interval == pytest.approx((0.0567, 0.5098), abs=5e-5)
