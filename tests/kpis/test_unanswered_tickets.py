from __future__ import annotations

import pytest

from service_worlds import SEEDS, answer, created, figure, ids, of_world


def test_the_worked_case(backend):
    lines = ("1,2025-06-09T10:00:00,,,,", "2,2025-06-01T00:00:00,2025-06-01T00:00:01,,,")
    found = figure("unanswered_tickets", *lines, "3,2025-05-31T10:00:00,,,,", backend=backend)
    assert (found.value, found.sample_size) == (1, 2)


@pytest.mark.parametrize(
    ("header", "reason"),
    [("ticket_id,created_at", "no-response-column"), ("ticket_id,resolved_at", "no-creation")],
)
def test_it_is_undefined_where_nothing_tells_it(header, reason):
    assert answer(figure("unanswered_tickets", "1,2025-06-02", header=header)) == reason


@pytest.mark.parametrize("seed", SEEDS)
def test_agrees_with_going_through_the_tickets(seed, backend):
    found, rows = of_world("unanswered_tickets", seed, backend)
    waiting = [row for row in created(rows) if row["first_response_seconds"] is None]
    assert (found.value, found.sample_size) == (len(waiting), len(created(rows)))
    assert found.parts["unanswered"].ids() == ids(waiting)
