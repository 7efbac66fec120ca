from __future__ import annotations

import pyarrow as pa
import pytest

from retention_cli.records.base import UnsettledError
from retention_cli.records.kinds.surveys import SurveyResponse
from retention_cli.records.scores.stated import counts_down, stated_in, without_scale


def settled(header, *scores, **known):
    columns = {name: [value] * len(scores) for name, value in known.items()}
    arrays = {k: pa.array(v, pa.string()) for k, v in {"score": scores, **columns}.items()}
    found = SurveyResponse.settle(arrays, {"score": header}, known)
    return {name: cells.to_pylist() for name, cells in found.columns.items()}, found.assumed


@pytest.mark.parametrize(
    ("header", "ends"),
    [
        ("How satisfied are you (1-10)?", (1, 10)),
        ("On a scale of 0 to 10, how satisfied are you?", (0, 10)),
        ("Zufriedenheit auf einer Skala von 1 bis 7", (1, 7)),
        ("Satisfaction de 1 à 5", (1, 5)),
        ("Satisfacción de 1 a 5", (1, 5)),
        ("CSAT [1\u20133]", (1, 3)),
        ("Satisfaction out of 100", (0, 100)),
        ("Satisfaction (/5)", (1, 5)),
        ("Satisfaction (1 = very poor, 5 = excellent)", (1, 5)),
        ("CSAT Q1-5", None),
        ("CSAT 2024-10", None),
        ("CSAT 1-10-2025", None),
        ("CSAT", None),
    ],
)
def test_a_header_may_state_the_scale(header, ends):
    assert stated_in(header) == ends


@pytest.mark.parametrize(
    ("header", "down"),
    [
        ("Satisfaction (1 = very satisfied, 5 = very dissatisfied)", True),
        ("Zufriedenheit: 1 (sehr zufrieden) bis 5 (sehr unzufrieden)", True),
        ("Satisfaction from 1 (best) to 5 (worst)", True),
        ("How dissatisfied are you?", True),
        ("Wie unzufrieden sind Sie?", True),
        ("Satisfaction (1 = very dissatisfied, 5 = very satisfied)", False),
        ("Satisfaction from 1 (worst) to 5 (best)", False),
        ("How satisfied or dissatisfied are you?", False),
        ("Wie zufrieden oder unzufrieden sind Sie?", False),
        ("CSAT", False),
    ],
)
def test_a_header_may_make_the_lowest_score_the_best(header, down):
    assert counts_down(header) is down


def test_answers_have_the_scale_of_their_header_and_it_is_said():
    columns, said = settled("How satisfied are you (1-10)?", "3", "5", None)
    assert (columns["scale_min"], columns["scale_max"]) == (["1", "1", None], ["10", "10", None])
    assert said[-1] == ("the scale of 1 to 10 is taken from header 'How satisfied are you (1-10)?'")


def test_what_is_told_goes_before_the_header():
    columns, _ = settled("How satisfied are you (1-10)?", "3", scale_max="5")
    assert columns["scale_max"] == ["5"]


def test_answers_that_name_their_scale_keep_it():
    columns, _ = settled("CSAT (1-7)", "4/5", "6")
    assert columns["scale_max"] == ["5", "7"]


def test_answers_in_words_speak_for_themselves():
    columns, _ = settled("How dissatisfied are you?", "very satisfied", "dissatisfied", "neutral")
    assert columns["score"] == ["5", "2", "3"]


def test_a_scale_that_counts_down_is_asked_about_and_the_lines_settle_it():
    header = "Satisfaction (1 = very satisfied, 5 = very dissatisfied)"
    with pytest.raises(UnsettledError) as asked:
        settled(header, "1", "5")
    assert asked.value.lines[:3] == ("[export.values.score]", '"1" = "5"', '"2" = "4"')
    assert asked.value.lines[-2:] == ("[export.constants]", 'scale_max = "5"')
    columns, _ = settled(header, "5", "1", scale_max="5")
    assert columns["score"] == ["5", "1"]


def test_nps_on_another_scale_is_asked_about():
    with pytest.raises(UnsettledError, match=r"scores go to 5, and those of NPS go to 10"):
        settled("How likely are you to recommend us (1-5)?", "5", "4")
    columns, _ = settled("How likely are you to recommend us (1-10)?", "10", "4")
    assert (columns["scale_min"], columns["scale_max"]) == (["0", "0"], ["10", "10"])


def test_a_scale_in_brackets_is_no_part_of_a_name():
    assert [without_scale(one) for one in ("CSAT (1-7)", "CSAT (June)")] == ["CSAT", "CSAT (June)"]
