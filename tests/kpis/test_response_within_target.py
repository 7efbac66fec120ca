from __future__ import annotations

from fractions import Fraction

import pytest

from retention_cli.settings import Settings
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


@pytest.mark.parametrize(
    ("header", "reason"),
    [("ticket_id,created_at", "no-response-column"), ("ticket_id,resolved_at", "no-creation")],
)
def test_it_is_undefined_where_nothing_tells_it(header, reason):
    found = figure("response_within_target", "1,2025-06-02", header=header, response_target=60)
    assert answer(found) == reason


def test_tickets_that_all_still_wait_give_no_figure(backend):
    found = within("1,2025-06-02T09:00:00,,,,", "2,2025-06-02T09:30:00,,,,", backend=backend)
    assert answer(found) == "no-tickets"
    assert found.reason.message.endswith("are unanswered, not yet past the target")


def test_the_wait_ends_with_the_data_and_not_with_the_period(backend):
    lines = ("1,2025-06-30T23:30:00,,,,", "2,2025-07-01T02:00:00,2025-07-01T03:00:00,,,")
    found = within(*lines, backend=backend)
    assert (found.value, found.sample_size) == (0, 1)


def test_waiting_counts_while_the_desk_is_open(backend):
    told = Settings.model_validate({"business_hours": {"monday": "09:00-10:00"}})
    lines = ("1,2025-06-02T09:30:00,,,,", "2,2025-06-02T09:00:00,2025-06-02T20:00:00,,,")
    for target, value, n in ((1_799, 0, 2), (1_800, 0, 1), (3_600, 1, 1)):
        found = figure(
            "response_within_target",
            *lines,
            settings=told,
            backend=backend,
            response_target=target,
        )
        assert (found.value, found.sample_size) == (value, n)


def test_the_interval_is_the_one_of_180_in_200():
    answers = ["2025-06-02T09:10:00"] * 180 + ["2025-06-02T12:00:00"] * 20
    lines = [f"{one},2025-06-02T09:00:00,{at},,," for one, at in enumerate(answers)]
    assert within(*lines).interval == pytest.approx((0.8506, 0.9343), abs=5e-5)
