from __future__ import annotations

import pytest

from retention_cli.errors import AmbiguousColumnError, DataRefusedError
from retention_cli.mapping.answer_counts import weighed
from retention_cli.mapping.plan import lay_out
from retention_cli.reading import read_bytes
from retention_cli.settings import ExportRule


def laid_out(header, *rows, columns=None, kind="surveys"):
    (sheet,) = read_bytes("\n".join([header, *rows]).encode(), name="a.csv", delimiter=",")
    rule = ExportRule.model_validate({"file": "a.csv", "kind": kind, "columns": columns or {}})
    return weighed(sheet, lay_out(sheet.headers, kind=kind, file="a.csv", rule=rule))


def counted(*given, **told):
    return laid_out(*given, **told).sources.get("answer_count")


@pytest.mark.parametrize(
    ("header", "rows"),
    [
        pytest.param("Response ID,NPS,Responses", ("a,9,4", "b,8,2"), id="answers with ids"),
        pytest.param("Ticket ID,CSAT,Count", ("1,5,4", "2,4,2"), id="answers to tickets"),
        pytest.param("NPS,Comment,Votes", ("9,fine,4", "8,so so,2"), id="answers with comments"),
        pytest.param("NPS,Responses", ("9,1", "8,1"), id="each once"),
        pytest.param("N°,NPS", ("1,9", "2,8"), id="a number of each"),
        pytest.param("NPS,Responses", ("9,x", "8,y"), id="words"),
        pytest.param("NPS,Age", ("9,44", "9,31"), id="scores that repeat"),
        pytest.param("Date,NPS,Age", ("2025-06-01,9,44", "2025-06-01,8,31"), id="dated answers"),
    ],
)
def test_a_list_of_answers_is_not_weighed(header, rows):
    assert counted(header, *rows) is None


@pytest.mark.parametrize(
    ("header", "rows"),
    [
        pytest.param("NPS,Responses", ("9,4", "8,2"), id="scores"),
        pytest.param("NPS,Anzahl", ("9,4", "8,2"), id="in German"),
        pytest.param("NPS,Número de respuestas", ("9,4", "8,2"), id="the number of answers"),
        pytest.param("NPS,# of responses", ("9,4", "8,2"), id="a sign of numbers"),
        pytest.param("Date,NPS,Count", ("2025-06-01,9,4", "2025-06-01,8,2"), id="scores of a day"),
        pytest.param("Team,NPS,Votes", ("A,9,4", "A,8,2", "B,7,1"), id="scores of teams"),
        pytest.param("NPS,Réponses,Share", ("9,4,66 %", "8,2,33 %"), id="with shares"),
        pytest.param("CSAT,Responses", ("Good,1200", "Bad,2"), id="words"),
    ],
)
def test_a_table_of_scores_is(header, rows):
    layout = laid_out(header, *rows)
    place = layout.sources["answer_count"]
    assert place not in layout.others.values()
    assert layout.reasons["answer_count"] == "it says how often each score was given"


@pytest.mark.parametrize(
    ("header", "rows", "column"),
    [
        pytest.param(
            "Date,NPS,Responses",
            ("2025-06-01,9,4", "2025-06-02,8,2"),
            "Responses",
            id="a row a day",
        ),
        pytest.param("Team,CSAT,Count", ("A,5,4", "B,4,2"), "Count", id="a row a team"),
        pytest.param("Customer ID,CSAT,Count", ("A,5,4", "B,4,2"), "Count", id="a row a customer"),
        pytest.param("NPS,Responses", ("9,4",), "Responses", id="a single row"),
        pytest.param("NPS,Responses,Votes", ("9,4,3", "8,2,2"), "Responses", id="two counts"),
        pytest.param("NPS,Share", ("8,10%", "9,20%", "10,70%"), "Share", id="each score once"),
    ],
)
def test_what_may_be_a_table_of_means_is_asked_about(header, rows, column):
    with pytest.raises(AmbiguousColumnError) as refused:
        laid_out(header, *rows)
    assert f'answer_count = "{column}"' in refused.value.snippet
    assert "a.csv: answer_count: " in refused.value.message


def test_what_the_settings_say_is_not_asked_again():
    told = {"answer_count": "Responses"}
    rows = ("2025-06-01,9,4", "2025-06-02,8,2")
    assert counted("Date,NPS,Responses", *rows, columns=told) == 2


def test_a_table_of_promoters_is_refused():
    with pytest.raises(DataRefusedError, match="'Promoters' and 'Detractors'"):
        laid_out("Month,Promoters,Passives,Detractors,NPS", "2025-06,5,3,2,9")


def test_other_kinds_are_left_alone():
    assert counted("customer_id,Responses", "a,4", "b,5", kind="customers") is None
