from __future__ import annotations

from retention_cli.findings.problems import (
    KEPT_EXAMPLES,
    KEPT_PROBLEMS,
    MENDING,
    Outcome,
    Problem,
    Problems,
)


def problem(row=2, *, code="bad-date", file="a.csv", kind="customers", **more):
    return Problem(kind, file, row, code, f"{file} row {row}", **more)


def test_problems_of_one_sort_are_one_issue():
    problems = Problems()
    problems.extend(problem(row) for row in (2, 3, 4))
    (issue,) = problems.issues()
    assert (issue.count, issue.message) == (3, "a.csv row 2")
    assert [one.row for one in issue.examples] == [2, 3, 4]


def test_another_file_kind_code_column_or_outcome_is_another_sort():
    problems = Problems()
    problems.add(problem(column="start_date"))
    problems.add(problem(column="start_date", file="b.csv"))
    problems.add(problem(column="start_date", kind="invoices"))
    problems.add(problem(column="start_date", code="bad-number"))
    problems.add(problem(column="end_date"))
    problems.add(problem(column="start_date", outcome=Outcome.SKIPPED))
    assert [issue.count for issue in problems.issues()] == [1] * 6


def test_one_file_read_as_two_kinds_keeps_their_problems_apart():
    problems = Problems()
    problems.add(problem(2, kind="surveys"))
    problems.add(problem(3, kind="customers"))
    assert [(issue.kind, issue.examples[0].row) for issue in problems.issues()] == [
        ("customers", 3),
        ("surveys", 2),
    ]


def test_only_the_first_problems_and_examples_are_kept_and_all_are_counted():
    problems = Problems()
    problems.extend(problem(row) for row in range(2 * KEPT_PROBLEMS))
    (issue,) = problems.issues()
    assert [one.row for one in problems] == list(range(KEPT_PROBLEMS))
    assert [one.row for one in issue.examples] == list(range(KEPT_EXAMPLES))
    assert issue.count == problems.count(Outcome.REJECTED) == 2 * KEPT_PROBLEMS


def test_outcomes_are_counted_apart():
    problems = Problems()
    problems.add(problem())
    problems.add(problem(code="repeated-row", outcome=Outcome.SKIPPED))
    problems.warn(kind="customers", file="a.csv", code="no-rows", message="none", count=7)
    assert problems.count(Outcome.REJECTED) == problems.count(Outcome.SKIPPED) == 1
    assert problems.count(Outcome.WARNING) == 7
    assert problems.count(Outcome.REJECTED, Outcome.WARNING) == 8
    assert problems.count() == 0


def test_a_warning_is_an_issue_and_no_problem_of_a_row():
    problems = Problems()
    problems.warn(
        kind="invoices", file="a.csv", code="equal-rows", message="2 equal", count=2, hint="drop"
    )
    (issue,) = problems.issues()
    assert (issue.outcome, issue.message, issue.hint) == (Outcome.WARNING, "2 equal", "drop")
    assert list(problems) == []


def test_an_issue_says_how_to_mend_it():
    problems = Problems()
    problems.add(problem(code="bad-quotes"))
    assert problems.issues()[0].hint == MENDING["bad-quotes"]


def test_issues_come_in_the_order_of_file_outcome_code_and_column():
    problems = Problems()
    for file, code, column in (
        ("b.csv", "bad-date", None),
        ("a.csv", "bad-number", "amount"),
        ("a.csv", "bad-date", "start_date"),
        ("a.csv", "bad-date", None),
    ):
        problems.add(problem(file=file, code=code, column=column))
    problems.warn(kind="customers", file="a.csv", code="aaa", message="", count=1)
    assert [(i.file, i.code, i.column) for i in problems.issues()] == [
        ("a.csv", "bad-date", None),
        ("a.csv", "bad-date", "start_date"),
        ("a.csv", "bad-number", "amount"),
        ("a.csv", "aaa", None),
        ("b.csv", "bad-date", None),
    ]
