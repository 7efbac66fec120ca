from __future__ import annotations

from retention_cli.findings.across_files.spells import find
from retention_cli.findings.problems import Notice, Problem, Tally
from together import places, together


def test_nothing_is_told_of_spells_that_stand_apart():
    assert not list(find(together(customers=["ann,2025-01-01,"])))


def test_joined_and_overlapping_rows_are_told_apart():
    problems = Tally()
    problems.say(Notice("joined-spells", "m", 1, kind="customers", file="customers"))
    for row in (5, 6):
        problems.add(Problem(row, "overlapping-spells", "m", kind="customers", file="c.csv"))
    given = together(customers=["ann,2025-01-01,"], notices=problems.problems().notices)
    joined, overlapping = find(given)
    assert (joined.count, joined.message) == (
        1,
        "1 row continues an earlier row of the same customer, and is joined with it",
    )
    assert (overlapping.count, overlapping.message) == (
        2,
        "2 rows overlap with another row of the same customer, and are rejected, all of them",
    )
    assert places(overlapping) == [("row 5", "c.csv", 5), ("row 6", "c.csv", 6)]
