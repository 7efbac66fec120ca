from __future__ import annotations

import pytest

from retention_cli.mapping.kinds import recognise
from retention_cli.mapping.questions import by_question, one_each, only_rated
from retention_cli.settings import ExportRule


def rule(**told):
    return ExportRule.model_validate({"file": "a.csv", "kind": "surveys"} | told)


def questions(*headers, told=None):
    rules = by_question(headers, "surveys", told, file="a.csv")
    return [one and one.columns.get("score") for one in rules]


def test_each_score_column_that_a_rule_names_is_a_rule_of_its_own():
    told = rule(columns={"score": ["Q1", "Q2"], "response_id": "Id"}, constants={"kind": "csat"})
    assert [(one.columns, one.constants) for one in one_each(told)] == [
        ({"score": name, "response_id": "Id"}, {"question": name, "kind": "csat"})
        for name in ("Q1", "Q2")
    ]


def test_a_rule_with_one_score_stays():
    told = rule(columns={"score": "Q1"})
    assert one_each(told) == [told]


@pytest.mark.parametrize(
    "headers",
    [
        pytest.param(("Id", "NPS"), id="one"),
        pytest.param(("Id", "NPS", "Rating"), id="one that does not tell its survey"),
        pytest.param(("Id", "CSAT", "Satisfaction"), id="two of one survey"),
        pytest.param(("Id", "CSAT", "NPS", "Kind"), id="a column of kinds"),
    ],
)
def test_one_column_of_scores_is_read_as_it_is(headers):
    assert questions(*headers) == [None]


def test_columns_that_each_tell_another_survey_are_an_answer_each():
    assert questions("Id", "NPS", "CSAT") == ["NPS", "CSAT"]
    assert questions("Id", "NPS", "CSAT", told=rule(columns={"score": "NPS"})) == ["NPS"]


@pytest.mark.parametrize(
    ("headers", "kind"),
    [
        (("Ticket ID", "Created At", "Satisfaction Rating"), "surveys"),
        (("Ticket ID", "Created At", "Resolved At", "Satisfaction Rating"), "tickets"),
        (("Ticket ID", "Created At", "Rating"), "tickets"),
        (("Ticket ID", "Created At", "Subject"), "tickets"),
    ],
)
def test_tickets_of_which_only_a_rating_is_known_are_answers(headers, kind):
    assert recognise(headers, file="a.csv") == kind
    assert only_rated(headers) is (kind == "surveys")
