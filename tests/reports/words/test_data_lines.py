from __future__ import annotations

from dataclasses import replace

from reports import sample
from reports.golden import agrees
from retention_cli.findings.problems import Outcome, Problem, Tally
from retention_cli.reports.words.data_lines import data_lines, problem_lines, read_lines


def test_golden():
    assert agrees("data-lines.txt", "\n".join(data_lines(sample.card())) + "\n")


def test_the_rows_of_every_file_are_in_the_sums():
    lines = read_lines(sample.card().exports)
    assert "471 rows = 465 accepted + 5 rejected + 1 skipped" in lines[0]
    assert "10,236 rows = 10,186 accepted + 2 rejected + 48 skipped" in lines[1]
    assert [line.split()[0] for line in lines[2:4]] == [
        "invoices-2024-03.csv",
        "invoices-2025-06.csv",
    ]


def test_three_files_of_a_kind_are_listed_and_four_are_summed_up():
    files = [one for one in sample.card().exports if one.kind == "invoices" and not one.rejected]
    assert len(read_lines(files[:3])) == 3
    assert len(read_lines(files[:4])) == 1
    said = read_lines(files[:4], verbose=True)
    assert len(said) == 5
    assert said[-1].endswith("invoices · utf-8 · delimiter ; · header in row 1")


def test_rejected_rows_come_before_skipped_ones_and_warnings():
    lines = problem_lines(sample.problems())
    assert "(3 rows like this rejected)" in lines[0]
    assert "(2 rows like this rejected in 2 files)" in lines[1]
    assert lines[2].endswith("(skipped)")
    assert lines[3].startswith("invoices: 1 row names a customer")


def test_a_message_that_names_its_file_is_not_given_it_twice():
    assert problem_lines(sample.problems())[0].count("customers.csv") == 1


def test_many_sorts_of_problems_are_cut_short_and_counted():
    tally = Tally()
    for number in range(28):
        tally.add(
            Problem(
                number,
                f"code-{number}",
                "c.csv: x",
                kind="costs",
                file="c.csv",
                outcome=Outcome.REJECTED,
            )
        )
    problems = tally.problems()
    assert problem_lines(problems)[-1] == "and 8 more kinds; --verbose lists them"
    assert len(problem_lines(problems, verbose=True)) == 28


def test_there_is_nothing_to_say_of_nothing():
    assert data_lines(replace(sample.plain_card(), exports=())) == []
