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


@pytest.mark.parametrize(
    ("header", "how"),
    [
        pytest.param("ticket_id,created_at,first_contact_resolved", "by flag column", id="flag"),
        pytest.param(
            "ticket_id,created_at,first_contact_resolved,contacts,resolved_at",
            "by flag column",
            id="a flag goes before contacts",
        ),
        pytest.param("ticket_id,resolved_at,first_contact_resolved", "by flag column", id="closed"),
    ],
)
def test_a_flag_says_it_of_the_tickets_of_the_period(header, how, backend):
    flags = ("yes", "no", "", "yes", "yes")
    days = ("2025-06-02",) * 4 + ("2025-07-01",)
    blanks = "," * (header.count(",") - 2)
    lines = [
        f"{number},{day},{flag}{blanks}"
        for number, (day, flag) in enumerate(zip(days, flags, strict=True))
    ]
    found = figure("first_contact_resolution", *lines, header=header, backend=backend)
    assert (found.value, found.sample_size) == (Fraction(2, 3), 3)
    assert found.parts["first_contact"].ids() == ["0", "3"]
    assert found.parts["known"].ids() == ["0", "1", "3"]
    assert found.notes == (how, "tickets left out because it is unknown: 1")


def test_without_a_column_of_reopening_no_ticket_was_reopened(backend):
    header = "ticket_id,created_at,resolved_at,contacts"
    lines = ("1,2025-06-02,2025-06-02,1", "2,2025-06-02,2025-06-02,0", "3,2025-06-02,,1")
    found = figure("first_contact_resolution", *lines, header=header, backend=backend)
    assert (found.value, found.parts["first_contact"].ids()) == (Fraction(1, 2), ["1"])


def test_a_blank_in_the_column_of_reopening_is_not_reopened(backend):
    lines = ("1,2025-06-02,,2025-06-02,1,", "2,2025-06-02,,2025-06-02,1,2")
    found = figure("first_contact_resolution", *lines, backend=backend)
    assert found.parts["first_contact"].ids() == ["1"]


@pytest.mark.parametrize(("hits", "n"), [(120, 200), (320, 400), (750, 1_000)])
def test_published_rates(hits, n):
    header = "ticket_id,created_at,first_contact_resolved"
    lines = [f"{one},2025-06-02,{'yes' if one < hits else 'no'}" for one in range(n)]
    found = figure("first_contact_resolution", *lines, header=header)
    assert found.value == Fraction(hits, n)
    assert found.interval[0] < found.value < found.interval[1]
