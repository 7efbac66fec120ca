from __future__ import annotations

from retention_cli.findings.problems import (
    KEPT_EXAMPLES,
    KEPT_PROBLEMS,
    Notice,
    Outcome,
    Problem,
    Tally,
)


def problem(row=2, *, code="bad-date", file="a.csv", kind="customers", **more):
    return Problem(row, code, f"{file} row {row}", kind=kind, file=file, **more)


def test_problems_of_one_sort_are_one_issue():
    tally = Tally()
    for row in (2, 3, 4):
        tally.add(problem(row))
    (issue,) = tally.problems().notices
    assert (issue.count, issue.message) == (3, "a.csv row 2")
    assert [one.row for one in issue.examples] == [2, 3, 4]


def test_another_file_kind_code_column_or_outcome_is_another_sort():
    tally = Tally()
    tally.add(problem(column="start_date"))
    tally.add(problem(column="start_date", file="b.csv"))
    tally.add(problem(column="start_date", kind="invoices"))
    tally.add(problem(column="start_date", code="bad-number"))
    tally.add(problem(column="end_date"))
    tally.add(problem(column="start_date", outcome=Outcome.SKIPPED))
    assert [issue.count for issue in tally.problems().notices] == [1] * 6


def test_one_file_read_as_two_kinds_keeps_their_problems_apart():
    tally = Tally()
    tally.add(problem(2, kind="surveys"))
    tally.add(problem(3, kind="customers"))
    assert [(issue.kind, issue.examples[0].row) for issue in tally.problems().notices] == [
        ("customers", 3),
        ("surveys", 2),
    ]


def test_only_the_first_problems_and_examples_are_kept_and_all_are_counted():
    tally = Tally()
    for row in range(2 * KEPT_PROBLEMS):
        tally.add(problem(row))
    problems = tally.problems()
    (issue,) = tally.problems().notices
    assert [one.row for one in problems] == list(range(KEPT_PROBLEMS))
    assert [one.row for one in issue.examples] == list(range(KEPT_EXAMPLES))
    assert issue.count == problems.count(Outcome.REJECTED) == 2 * KEPT_PROBLEMS


def test_outcomes_are_counted_apart():
    tally = Tally()
    tally.add(problem())
    tally.add(problem(code="repeated-row", outcome=Outcome.SKIPPED))
    tally.say(Notice("no-rows", "none", 7, kind="customers", file="a.csv"))
    problems = tally.problems()
    assert problems.count(Outcome.REJECTED) == problems.count(Outcome.SKIPPED) == 1
    assert problems.count(Outcome.WARNING) == 7
    assert problems.count(Outcome.REJECTED, Outcome.WARNING) == 8
    assert problems.count() == 0


def test_a_warning_is_an_issue_and_no_problem_of_a_row():
    tally = Tally()
    tally.say(Notice("equal-rows", "2 equal", 2, kind="invoices", file="a.csv", hint="drop"))
    (issue,) = tally.problems().notices
    assert (issue.outcome, issue.message, issue.hint) == (Outcome.WARNING, "2 equal", "drop")
    assert list(tally.problems()) == []


def test_an_issue_says_how_to_mend_it():
    tally = Tally()
    tally.add(problem(code="bad-quotes"))
    assert tally.problems().notices[0].hint == "double a quote inside a quoted field"


def test_issues_come_in_the_order_of_file_outcome_code_and_column():
    tally = Tally()
    for file, code, column in (
        ("b.csv", "bad-date", None),
        ("a.csv", "bad-number", "amount"),
        ("a.csv", "bad-date", "start_date"),
        ("a.csv", "bad-date", None),
    ):
        tally.add(problem(file=file, code=code, column=column))
    tally.say(Notice("aaa", "", 1, kind="customers", file="a.csv"))
    assert [(i.file, i.code, i.column) for i in tally.problems().notices] == [
        ("a.csv", "bad-date", None),
        ("a.csv", "bad-date", "start_date"),
        ("a.csv", "bad-number", "amount"),
        ("a.csv", "aaa", None),
        ("b.csv", "bad-date", None),
    ]
