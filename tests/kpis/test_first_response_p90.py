from __future__ import annotations

from fractions import Fraction

import pytest

from service_worlds import SEEDS, answer, created, figure, ids, of_world

CLOCK = (
    "T1,2025-06-02T09:00:00,2025-06-02T09:30:00,,,",
    "T2,2025-06-03T09:00:00,2025-06-03T11:00:00,,,",
    "T3,2025-06-04T18:00:00,2025-06-05T08:00:00,,,",
    "T4,2025-06-06T10:00:00,2025-06-06T10:10:00,,,",
    "T5,2025-06-09T10:00:00,,,,",
    "T6,2025-05-30T10:00:00,2025-06-02T10:00:00,,,",
)


def inclusive(seconds, share):
    """The quantile by the ranks of a school book."""
    ordered = sorted(seconds)
    rank = (len(ordered) - 1) * share
    below = int(rank)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] * (1 - (rank - below)) + ordered[above] * (rank - below)


def test_the_worked_case_by_the_clock(backend):
    found = figure("first_response_p90", *CLOCK, backend=backend)
    assert (found.value, found.sample_size) == (37_440, 4)
    assert found.parts["answered"].ids() == ["T1", "T2", "T3", "T4"]


@pytest.mark.parametrize(
    ("lines", "header", "reason"),
    [
        pytest.param(["1,2025-06-02T09:00:00,,,,"], None, "none-answered", id="none answered"),
        pytest.param(["1,2025-06-02"], "ticket_id,resolved_at", "no-creation", id="no creation"),
        pytest.param(
            ["1,2025-06-02"], "ticket_id,created_at", "no-response-column", id="no column"
        ),
        pytest.param(
            ["1,2025-06-02"], "ticket_id,first_response_at", "no-creation", id="stamp only"
        ),
    ],
)
def test_it_is_undefined_where_nothing_tells_it(lines, header, reason):
    told = {"header": header} if header else {}
    assert answer(figure("first_response_p90", *lines, **told)) == reason


def test_durations_without_dates_are_one_period_of_their_own():
    header = "ticket_id,first_response_duration"
    found = figure("first_response_p90", "1,60", "2,60", header=header)
    assert (found.value, found.as_exported) == (60, True)


@pytest.mark.parametrize("seed", SEEDS)
def test_agrees_with_going_through_the_tickets(seed, backend):
    found, rows = of_world("first_response_p90", seed, backend)
    answered = [row for row in created(rows) if row["first_response_seconds"] is not None]
    seconds = [row["first_response_seconds"] for row in answered]
    assert found.value == inclusive(seconds, Fraction(9, 10))
    assert found.parts["answered"].ids() == ids(answered)
