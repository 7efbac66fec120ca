from __future__ import annotations

from fractions import Fraction

import pytest

from service_worlds import SEEDS, answer, created, figure, of_world


def within(*lines, target=3_600, backend="pandas"):
    return figure("response_within_target", *lines, backend=backend, response_target=target)


def test_without_a_target_it_is_undefined():
    found = figure("response_within_target", "1,2025-06-02T09:00:00,,,,")
    assert answer(found) == "no-response-target"
    assert "response_target" in found.reason.hint


def test_exactly_on_the_target_is_within_it(backend):
    lines = (
        "1,2025-06-02T09:00:00,2025-06-02T10:00:00,,,",
        "2,2025-06-02T09:00:00,2025-06-02T10:00:01,,,",
    )
    assert within(*lines, backend=backend).value == Fraction(1, 2)


def test_who_waits_past_the_target_is_a_miss_and_who_does_not_yet_is_left_out(backend):
    lines = (
        "1,2025-06-02T09:00:00,2025-06-02T09:30:00,,,",
        "2,2025-06-02T09:00:00,,,,",
        "3,2025-06-02T11:30:00,,,,",
        "4,2025-06-02T12:00:00,,,,",
    )
    found = within(*lines, backend=backend)
    assert (found.value, found.sample_size) == (Fraction(1, 2), 2)
    assert found.parts["still_waiting"].ids() == ["3", "4"]
    assert found.notes == ("unanswered tickets left out, not yet past the target: 2",)


@pytest.mark.parametrize("seed", SEEDS)
def test_agrees_with_going_through_the_tickets(seed, backend):
    found, rows = of_world("response_within_target", seed, backend, response_target=14_400)
    counted = []
    for row in created(rows):
        answered = row["first_response_seconds"] is not None
        if answered or row["waiting_seconds"] > 14_400:
            counted.append(answered and row["first_response_seconds"] <= 14_400)
    assert (found.value, found.sample_size) == (Fraction(sum(counted), len(counted)), len(counted))
