from __future__ import annotations

from fractions import Fraction

import pytest

from service_worlds import SEEDS, answer, figure, ids, of_world, resolved


def test_a_ticket_counts_in_the_month_it_was_resolved_in(backend):
    lines = (
        "1,2025-05-31T10:00:00,,2025-06-01T10:00:00,,",
        "2,2025-06-30T10:00:00,,2025-07-01T10:00:00,,",
    )
    found = figure("resolution_time", *lines, backend=backend)
    assert (found.value, found.parts["resolved"].ids()) == (86_400, ["1"])


def test_a_duration_says_when_a_ticket_was_resolved():
    header = "ticket_id,created_at,resolution_duration"
    found = figure("resolution_time", "1,2025-05-31T23:00:00,7200", header=header)
    assert (found.value, found.sample_size) == (7_200, 1)


@pytest.mark.parametrize(
    ("lines", "header", "reason"),
    [
        (["1,2025-06-02"], "ticket_id,created_at", "no-resolution"),
        (["1,2025-06-02,"], "ticket_id,created_at,resolved_at", "none-resolved"),
    ],
)
def test_it_is_undefined_where_nothing_tells_it(lines, header, reason):
    assert answer(figure("resolution_time", *lines, header=header)) == reason


@pytest.mark.parametrize("seed", SEEDS)
def test_agrees_with_going_through_the_tickets(seed, backend):
    found, rows = of_world("resolution_time", seed, backend)
    seconds = [row["resolution_seconds"] for row in resolved(rows)]
    assert found.value == Fraction(sum(seconds), len(seconds))
    assert found.parts["resolved"].ids() == ids(resolved(rows))


def test_a_resolution_without_a_creation_takes_an_unknown_time():
    header = "ticket_id,resolved_at"
    assert answer(figure("resolution_time", "1,2025-06-02", header=header)) == "no-creation"


def test_tickets_without_a_duration_are_left_out_and_counted(backend):
    header = "ticket_id,resolved_at,resolution_duration"
    lines = ("1,2025-06-02,60", "2,2025-06-02,", "3,2025-07-02,", "4,2025-06-03,180")
    found = figure("resolution_time", *lines, header=header, backend=backend)
    assert (found.value, found.sample_size) == (120, 2)
    assert found.notes == ("tickets left out, resolved after an unknown time: 1",)
