from __future__ import annotations

import pytest

from retention_cli.mapping.plan import lay_out
from retention_cli.mapping.preparing import Prepared
from retention_cli.mapping.survey_rows import without_other_rows
from retention_cli.reading import read_bytes


def left_out(header, *rows, kind="surveys", preset=False):
    (sheet,) = read_bytes("\n".join([header, *rows]).encode(), name="a.csv", delimiter=",")
    layout = lay_out(sheet.headers, kind=kind, file="a.csv")
    ready = without_other_rows(Prepared(sheet), layout, preset=preset)
    kept = ready.sheet.numbers.to_pylist()
    skipped = [(one.row, one.code) for one in ready.skipped]
    assert sorted([*kept, *(row for row, _ in skipped)]) == sheet.numbers.to_pylist()
    return skipped


@pytest.mark.parametrize(
    ("header", "rows"),
    [
        pytest.param("customer_id,nps", ("a,9", "b,"), id="an answer that is blank"),
        pytest.param("responded_at,nps,kind", ("2025-06-01,9,nps",), id="a kind is not a total"),
        pytest.param("nps,team", ("9,Total",), id="one column of ours alone"),
        pytest.param("response_id,csat", ("1,5", "2,Average"), id="an answer in words"),
        pytest.param("response_id,nps,comment", ("1,9,", "2,8,Total"), id="a comment"),
        pytest.param("response_id,nps,status", ("1,9,Complete", "2,8,Done"), id="finished ones"),
        pytest.param("response_id,nps,plan", ("1,9,Test", "2,8,Preview"), id="of another column"),
        pytest.param("customer_id,nps,x", (",,note", "a,9,"), id="above an answer"),
        pytest.param("response_id,nps,Progress", ("1,9,20", "2,8,30"), id="of another progress"),
    ],
)
def test_answers_stay(header, rows):
    assert left_out(header, *rows) == []


@pytest.mark.parametrize(
    ("header", "rows", "skipped"),
    [
        pytest.param(
            "response_id,nps,Status",
            ("1,9,Complete", "2,0,Preview", "3,0,Survey test", "4,7,Partial", "5,8,Complete"),
            [(3, "test-row"), (4, "test-row"), (5, "not-finished")],
            id="by their status",
        ),
        pytest.param(
            "response_id,nps,Finished",
            ("1,9,TRUE", "2,0,False", "3,8,True"),
            [(3, "not-finished")],
            id="by a flag",
        ),
        pytest.param(
            "response_id,nps,Progress",
            ("1,9,100", "2,0,20", "3,8,99.5", "4,8,x"),
            [(3, "not-finished"), (4, "not-finished")],
            id="by their progress",
        ),
        pytest.param(
            "customer_id,nps,Change",
            ("a,9,1", ",,Y = 2*X", ",,1000"),
            [(3, "footer"), (4, "footer")],
            id="footers",
        ),
        pytest.param(
            "customer_id,nps,Change",
            ("a,9,1", "Average,9,", "Total,,1"),
            [(3, "totals-row"), (4, "totals-row")],
            id="means and totals",
        ),
        pytest.param(
            "responded_at,nps,team",
            ("2025-06-01,9,A", ",9,Gesamt"),
            [(3, "totals-row")],
            id="in another column",
        ),
    ],
)
def test_other_rows_are_left_out_and_say_why(header, rows, skipped):
    assert left_out(header, *rows) == skipped


def test_a_preset_has_rules_of_its_own_for_tests():
    assert left_out("response_id,nps,Status", "1,9,Test", "2,8,Complete", preset=True) == []


def test_other_kinds_are_left_alone():
    assert left_out("customer_id,start_date,status", "a,2025-01-01,Test", kind="customers") == []
