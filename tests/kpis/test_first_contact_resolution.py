from __future__ import annotations

from fractions import Fraction

import pytest

from service_worlds import SEEDS, answer, created, figure, ids, of_world, resolved


def test_the_worked_case_by_contacts(backend):
    lines = (
        "T1,2025-06-02T09:00:00,,2025-06-02T12:00:00,1,0",
        "T2,2025-06-03T09:00:00,,2025-06-05T09:00:00,3,0",
        "T3,2025-06-04T18:00:00,,2025-06-05T10:00:00,1,0",
        "T4,2025-06-06T10:00:00,,2025-06-06T10:30:00,1,1",
        "T5,2025-06-09T10:00:00,,,,0",
        "T6,2025-05-30T10:00:00,,2025-06-02T11:00:00,1,0",
    )
    found = figure("first_contact_resolution", *lines, backend=backend)
    assert (found.value, found.sample_size) == (Fraction(3, 5), 5)
    assert found.parts["first_contact"].ids() == ["T1", "T3", "T6"]
    assert found.notes == ("by contacts",)


@pytest.mark.parametrize(
    ("lines", "header", "reason"),
    [
        (["1,2025-06-02"], "ticket_id,created_at", "no-contacts"),
        (["1,2025-06-02,1"], "ticket_id,created_at,contacts", "no-resolution"),
        (["1,2025-06-02,"], "ticket_id,resolved_at,contacts", "none-known"),
        (["1,2025-06-02,"], "ticket_id,created_at,first_contact_resolved", "none-known"),
    ],
)
def test_it_is_undefined_where_nothing_tells_it(lines, header, reason):
    assert answer(figure("first_contact_resolution", *lines, header=header)) == reason


@pytest.mark.parametrize("seed", SEEDS)
def test_by_flag_agrees_with_going_through_the_tickets(seed, backend):
    found, rows = of_world("first_contact_resolution", seed, backend)
    known = [row for row in created(rows) if row["first_contact_resolved"]]
    once = [row for row in known if row["first_contact_resolved"] == "yes"]
    assert found.value == Fraction(len(once), len(known))
    assert found.parts["first_contact"].ids() == ids(once)
    unknown = len(created(rows)) - len(known)
    assert any(str(unknown) in note for note in found.notes) == bool(unknown)


@pytest.mark.parametrize("seed", SEEDS)
def test_by_contacts_agrees_with_going_through_the_tickets(seed, backend):
    found, rows = of_world(
        "first_contact_resolution", seed, backend, without=("first_contact_resolved",)
    )
    known = [row for row in resolved(rows) if row["contacts"] is not None]
    once = [row for row in known if row["contacts"] == 1 and not row["reopened"]]
    assert found.value == Fraction(len(once), len(known))
    assert found.sample_size == len(known)
