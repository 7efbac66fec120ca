from __future__ import annotations

import pyarrow as pa
import pytest
from pydantic import ValidationError

from retention_cli.records.base import UnsettledError
from retention_cli.records.kinds.surveys import SurveyResponse


def settled(header="CSAT", known=None, **columns):
    arrays = {name: pa.array(cells, pa.string()) for name, cells in columns.items()}
    found = SurveyResponse.settle(arrays, {"score": header}, known or {})
    return {name: cells.to_pylist() for name, cells in found.columns.items()}, found.assumed


@pytest.mark.parametrize("header", ["NPS", "nps_score", "Net Promoter Score", "NPS-Score"])
def test_a_header_may_say_nps_and_its_scale_is_0_to_10(header):
    columns, _ = settled(header, score=["9", "3", None])
    assert columns["kind"] == ["nps"] * 3
    assert columns["scale_min"] == ["0", "0", None]
    assert columns["scale_max"] == ["10", "10", None]


@pytest.mark.parametrize("header", ["CSAT", "csat_score", "Satisfaction Rating"])
def test_a_header_may_say_csat(header):
    assert settled(header, score=["5"])[0]["kind"] == ["csat"]


def test_a_column_of_kinds_counts_more_than_the_header():
    columns, _ = settled("NPS", score=["5", "9"], kind=["csat", "nps"])
    assert columns["kind"] == ["csat", "nps"]
    assert columns["scale_max"] == ["5", "10"]


@pytest.mark.parametrize(
    ("known", "columns"),
    [
        pytest.param({"scale_max": "5"}, {"scale_max": ["5", "5"]}, id="the settings"),
        pytest.param({}, {"scale_max": ["5", "7"]}, id="the file"),
    ],
)
def test_a_scale_that_does_not_go_to_ten_is_csat(known, columns):
    found, assumed = settled("Score", known, score=["4", "5"], **columns)
    assert found["kind"] == ["csat", "csat"]
    assert "does not go to 10" in assumed[0]


def test_nothing_that_tells_the_kind_is_refused_with_a_hint():
    with pytest.raises(UnsettledError, match="CSAT or NPS") as caught:
        settled("Score", score=["4", "10"])
    assert 'kind = "csat"' in caught.value.hint


@pytest.mark.parametrize(
    ("scores", "scale"),
    [
        pytest.param(["1", "5"], ("1", "5"), id="one to five"),
        pytest.param(["4", "5.0"], ("1", "5"), id="five with a decimal"),
        pytest.param(["1", "7"], ("1", "7"), id="one to seven"),
        pytest.param(["6", "2"], ("1", "7"), id="six"),
        pytest.param(["1", "8"], ("0", "10"), id="eight"),
        pytest.param(["0", "5"], ("0", "10"), id="a nought"),
    ],
)
def test_scores_tell_the_scale_of_csat(scores, scale):
    columns, assumed = settled(score=scores)
    assert (columns["scale_min"][0], columns["scale_max"][0]) == scale
    assert f"scale to {scale[1]}" in assumed[-1]


@pytest.mark.parametrize("scores", [["1", "4"], ["5", "11"], ["-1", "5"], ["50", "100"]])
def test_scores_that_do_not_tell_their_scale_are_refused_with_a_hint(scores):
    with pytest.raises(UnsettledError, match="do not show their scale") as caught:
        settled(score=scores)
    assert "scale_max" in caught.value.hint


def test_good_and_bad_are_a_scale_of_two():
    columns, _ = settled(score=["Good", " bad ", "5"])
    assert columns["score"] == ["1", "0", "5"]
    assert columns["scale_min"] == ["0", "0", "1"]
    assert columns["scale_max"] == ["1", "1", "5"]


def test_offered_is_no_answer_and_has_no_scale():
    columns, _ = settled(score=["Offered", "unoffered", "-", None, "5"])
    assert columns["score"] == [None, None, None, None, "5"]
    assert columns["scale_max"] == [None, None, None, None, "5"]


def test_a_survey_that_nobody_answered_has_no_scale():
    columns, _ = settled(score=[None, "offered"])
    assert columns["scale_max"] == [None, None]


GOOD = {"score": "5", "kind": "csat", "scale_min": "1", "scale_max": "5"}


@pytest.mark.parametrize(
    "cells",
    [
        pytest.param({}, id="top"),
        pytest.param({"score": None, "responded_at": None}, id="not answered"),
        pytest.param({"kind": "nps", "scale_min": "0", "scale_max": "10", "score": "0"}, id="NPS"),
        pytest.param({"score": "4.0"}, id="four and no tenths"),
    ],
)
def test_answers_on_their_scale_are_left_alone(cells):
    assert SurveyResponse.model_validate(GOOD | cells)


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        pytest.param({"score": "6"}, "score-off-scale", id="above"),
        pytest.param({"score": "0"}, "score-off-scale", id="below"),
        pytest.param({"score": "4.5"}, "bad-number", id="between"),
        pytest.param({"score": "7.5", "kind": "nps"}, "bad-number", id="NPS between"),
        pytest.param({"kind": "nps"}, "score-off-scale", id="NPS of one to five"),
        pytest.param({"kind": "ces"}, "unknown-kind", id="another survey"),
        pytest.param({"responded_at": None}, "missing-value", id="an answer without its day"),
    ],
)
def test_an_answer_that_cannot_be_says_why(cells, code):
    with pytest.raises(ValidationError) as caught:
        SurveyResponse.model_validate(GOOD | cells)
    assert [found["type"] for found in caught.value.errors()] == [code]


def test_words_are_a_scale_of_two_whatever_the_file_says_of_its_scale():
    columns, _ = settled(score=["good", "4", "bad"], scale_max=["5"] * 3, scale_min=["1"] * 3)
    assert columns["score"] == ["1", "4", "0"]
    assert columns["scale_min"] == ["0", "1", "0"]
    assert columns["scale_max"] == ["1", "5", "1"]


def test_words_are_no_answer_to_nps():
    columns, _ = settled("NPS", score=["good", "bad", "9"])
    assert columns["score"] == ["good", "bad", "9"]
    with pytest.raises(ValidationError, match="not a whole number"):
        SurveyResponse.model_validate({name: cells[0] for name, cells in columns.items()})


def test_a_scale_that_is_blank_for_nps_is_0_to_10_and_for_csat_is_not_known():
    columns, _ = settled(
        score=["9", "4", "5", None],
        kind=["nps", "csat", "csat", "nps"],
        scale_max=[None, "5", None, None],
    )
    assert columns["scale_min"] == ["0", "1", None, None]
    assert columns["scale_max"] == ["10", "5", None, None]


def test_a_lowest_score_that_the_file_has_stays_and_a_blank_one_is_filled_in():
    columns, _ = settled(score=["3", "4"], scale_min=["0", None], scale_max=["5", "5"])
    assert columns["scale_min"] == ["0", "1"]


def test_a_scale_to_ten_with_a_decimal_goes_from_0():
    columns, _ = settled(score=["9"], scale_max=["10.0"])
    assert columns["scale_min"] == ["0"]
    with pytest.raises(UnsettledError, match="CSAT or NPS"):
        settled("Score", score=["9"], scale_max=["10.0"])


def test_a_scale_column_without_a_scale_tells_no_kind():
    with pytest.raises(UnsettledError, match="CSAT or NPS"):
        settled("Score", score=["9", "8"], scale_max=[None, None])


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("Would you recommend us {}?", "nps"),
        ("Weiterempfehlung", "nps"),
        ("Zufriedenheit", "csat"),
        ("Satisfacción", "csat"),
    ],
)
def test_a_question_may_tell_the_kind(header, kind):
    columns, (because, *_) = settled(header, score=["5"])
    assert columns["kind"] == [kind]
    assert because == f"kind {kind} is taken from header '{header}'"


def test_columns_in_chunks_are_settled_alike():
    score = pa.chunked_array([["9", None], ["good"]], pa.string())
    kind = pa.chunked_array([["nps", "nps"], ["csat"]], pa.string())
    found = SurveyResponse.settle({"score": score, "kind": kind}, {"score": "Score"}, {}).columns
    assert found["scale_max"].to_pylist() == ["10", None, "1"]
    assert found["score"].to_pylist() == ["9", None, "1"]
