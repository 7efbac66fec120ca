"""What stops a run as questions, and the answers as settings."""

from __future__ import annotations

import pytest

from retention_cli.errors import Ask, DataRefusedError, RetentionError
from retention_cli.runs.questions import Answers, Question, accepting, of_error, words_in

HEAD = ("[[export]]", 'file = "a/b.csv"', 'kind = "invoices"', "[export.columns]")


def error(*asks, snippet=()):
    made = DataRefusedError("b.csv: asks", "write in retention.toml:", snippet=snippet)
    made.file = "a/b.csv"
    return made.asking(asks)


def choices(*lines):
    found = list(of_error(error(snippet=lines)))
    return [(choice.said, choice.lines) for one in found for choice in one.choices]


def test_lines_to_paste_are_the_one_answer():
    lines = (*HEAD, 'amount = { from = "A", negate = true }')
    assert choices(*lines) == [('amount = { from = "A", negate = true }', lines)]


def test_lines_that_are_comments_are_other_answers():
    lines = (
        *HEAD,
        'amount = "A"',
        '# amount = "B"   where it is net',
        "# or leave it out: --ignore b.csv",
    )
    assert choices(*lines) == [
        ('amount = "A"', (*HEAD, 'amount = "A"')),
        ("where it is net", (*HEAD, 'amount = "B"')),
    ]


def test_a_name_that_is_open_is_no_question():
    assert choices(*HEAD[:3], "[export.values.score]", '"…" = "…"') == []


def test_values_are_given_word_by_word():
    lines = ("[export.values.status]", '"x = y" = "void"', "[export.constants]", 'scale_max = "…"')
    assert list(words_in(lines)) == [(1, '"x = y"', "void"), (3, "scale_max", None)]


def test_answers_about_one_file_are_one_rule():
    answers, question = Answers(), Question("a/b.csv", "", "", None, "invoices")
    answers.add(question, (*HEAD, 'amount = "A"'))
    answers.add(question, ("[export.columns]", 'cost = "C"'))
    answers.add(question, ("[export.values.status]", '"x" = "void"'))
    answers.add(question, ("[export.values.status]", '"y" = "void"'))
    answers.add(question, ('date_order = "dmy"',))
    (rule,) = answers.settings().export
    assert (rule.file, rule.kind) == ("b.csv", "invoices")
    assert rule.columns == {"amount": "A", "cost": "C"}
    assert rule.values == {"status": {"x": "void", "y": "void"}}
    assert answers.settings().date_order == "dmy"


def test_an_answer_that_cannot_be_followed_is_not_kept():
    answers, question = Answers(), Question("a/b.csv", "", "", None, "invoices")
    with pytest.raises(RetentionError):
        answers.add(question, ('date_order = "dym"',))
    assert answers.told == {}


def test_all_proposals_are_accepted_by_options():
    first = error(Ask("a.csv", "customers", "start_date", "Signed up", ("Signed up",)))
    second = error(
        Ask("b.csv", "surveys", ""), Ask("b.csv", "surveys", "score", "Q", optional=True)
    )
    assert accepting(first) is None
    first.also = (second,)
    assert accepting(first) == "--map 'customers.start_date=Signed up' --surveys b.csv"
    first.also = (second, error(Ask("c.csv", "surveys", "kind", "csat", constant=True)))
    assert accepting(first) is None
