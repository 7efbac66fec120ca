"""Which survey an answer belongs to, and on which scale it is."""

from __future__ import annotations

import pyarrow as pa
import pytest

from retention_cli.records.base import UnsettledError
from retention_cli.records.kinds.surveys import SurveyResponse


def settled(scores, *, header="score", known=None, **columns):
    given = {"score": pa.array(scores, pa.string())}
    given |= {name: pa.array(cells, pa.string()) for name, cells in columns.items()}
    headers = {"score": header} | dict.fromkeys(columns, "")
    found = SurveyResponse.settle(given, headers, known or {})
    return {name: column.to_pylist() for name, column in found.columns.items()}, found.assumed


@pytest.mark.parametrize(
    ("scores", "low", "high"),
    [
        pytest.param(["1", "5", "3"], "1", "5", id="a five as the highest"),
        pytest.param(["1", "6"], "1", "7", id="a six means seven"),
        pytest.param(["7", "2"], "1", "7", id="a seven"),
        pytest.param(["8", "2"], "0", "10", id="above seven means ten"),
        pytest.param(["0", "3"], "0", "10", id="a zero means ten"),
        pytest.param(["4.0", "5.0"], "1", "5", id="decimals that say nothing"),
    ],
)
def test_the_scores_tell_their_scale(scores, low, high):
    found, assumed = settled(scores, header="CSAT")
    assert (set(found["scale_min"]), set(found["scale_max"])) == ({low}, {high})
    assert any("scale" in note for note in assumed)


@pytest.mark.parametrize("scores", [["11"], ["-1", "3"], ["1", "4"], ["100", "50"]])
def test_scores_that_fit_no_scale_or_several_are_refused(scores):
    with pytest.raises(UnsettledError) as refused:
        settled(scores, header="CSAT")
    assert "scale_max" in refused.value.hint


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("NPS", "nps"),
        ("nps_score", "nps"),
        ("Net Promoter Score", "nps"),
        ("CSAT", "csat"),
        ("SatisfactionScore", "csat"),
    ],
)
def test_the_header_tells_the_kind(header, kind):
    found, _ = settled(["5", "1"], header=header)
    assert set(found["kind"]) == {kind}


def test_a_scale_that_does_not_go_to_ten_is_no_nps():
    found, assumed = settled(["5", "1"], scale_max=["5", "5"])
    assert (set(found["kind"]), found["scale_min"]) == ({"csat"}, ["1", "1"])
    assert any("10" in note for note in assumed)


@pytest.mark.parametrize("columns", [{}, {"scale_max": ["10", "10"]}])
def test_where_nothing_tells_the_kind_the_user_is_asked(columns):
    with pytest.raises(UnsettledError) as refused:
        settled(["9", "3"], **columns)
    assert "kind" in refused.value.hint


def test_each_kind_has_its_own_scale():
    found, _ = settled(["9", "5", None], kind=["nps", "csat", "csat"])
    assert found["scale_max"] == ["10", "5", None]


def test_good_and_bad_are_a_scale_of_two():
    found, _ = settled(["Good", "bad", "Offered", "-", None], header="CSAT")
    assert found["score"] == ["1", "0", None, None, None]
    assert found["scale_max"][:2] == ["1", "1"]
    assert found["scale_min"][:2] == ["0", "0"]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({"score": "6", "kind": "csat", "scale_min": "1", "scale_max": "5"}, "score-off-scale"),
        ({"score": "11", "kind": "nps", "scale_min": "0", "scale_max": "10"}, "score-off-scale"),
        ({"score": "5", "kind": "nps", "scale_min": "1", "scale_max": "5"}, "score-off-scale"),
        ({"score": "7.5", "kind": "nps", "scale_min": "0", "scale_max": "10"}, "bad-number"),
        ({"score": "5", "kind": "ces"}, "unknown-kind"),
        ({"score": "5", "responded_at": None}, "missing-value"),
    ],
)
def test_an_answer_that_cannot_be_says_why(row, code):
    with pytest.raises(ValueError, match=r".*") as refused:
        SurveyResponse.model_validate(row)
    assert refused.value.errors()[0]["type"] == code


def test_an_invitation_that_nobody_answered_is_a_row():
    found = SurveyResponse.model_validate({"score": None, "responded_at": None})
    assert found.score is None


@pytest.mark.parametrize("scores", [["0", "1"], ["0", "0"], ["1", "0", "1"]])
def test_nothing_but_noughts_and_ones_is_good_or_bad(scores):
    found, assumed = settled(scores, header="CSAT")
    assert (set(found["scale_min"]), set(found["scale_max"])) == ({"0"}, {"1"})
    assert any("bad and good" in note for note in assumed)


@pytest.mark.parametrize(
    ("scores", "columns", "high"),
    [
        pytest.param(["1", "0"], {"scale_max": ["5", "5"]}, "5", id="a scale that is told"),
        pytest.param(["1", "0", "3"], {}, "10", id="a three"),
    ],
)
def test_noughts_and_ones_of_another_scale_are_not(scores, columns, high):
    assert set(settled(scores, header="CSAT", **columns)[0]["scale_max"]) == {high}


def test_ones_alone_may_be_the_worst_of_five_or_good():
    with pytest.raises(UnsettledError, match="do not show their scale"):
        settled(["1", "1"], header="CSAT")


def test_a_lowest_score_of_nought_leaves_a_five_open():
    with pytest.raises(UnsettledError, match="do not show their scale"):
        settled(["0", "5"], header="CSAT", known={"scale_min": "0"}, scale_min=["0", "0"])
    found, _ = settled(["0", "7"], header="CSAT", known={"scale_min": "0"}, scale_min=["0", "0"])
    assert (found["scale_min"], found["scale_max"]) == (["0", "0"], ["7", "7"])


def test_few_nps_answers_up_to_five_are_doubted_and_many_are_asked_about():
    few, many = ["5", "3"] * 9, ["5", "3"] * 10
    _, assumed = settled(few, header="NPS")
    assert any("no NPS answer is above 5 (18 answers)" in note for note in assumed)
    with pytest.raises(UnsettledError, match="no NPS answer is above 5") as refused:
        settled(many, header="NPS")
    assert 'scale_max = "10"' in refused.value.lines
    assert not any("above 5" in n for n in settled([*many, "6"], header="NPS")[1])
    assert not any("above 5" in n for n in settled(many, header="NPS", scale_max=["10"] * 20)[1])


def test_a_score_may_name_its_highest():
    found, _ = settled(["4/5", "6/7", "good"], header="CSAT")
    assert found["score"] == ["4", "6", "1"]
    assert found["scale_min"] == ["1", "1", "0"]
    assert found["scale_max"] == ["5", "7", "1"]


def test_a_bare_score_has_the_scale_that_the_others_name():
    assert settled(["4/5", "3"], header="CSAT")[0]["scale_max"] == ["5", "5"]


def test_a_score_that_names_another_scale_than_its_column_is_asked_about():
    with pytest.raises(UnsettledError, match="a scale to 5, and scale_max says 7"):
        settled(["4/5", "6"], header="CSAT", scale_max=["7", "7"])


def test_an_nps_answer_of_five_points_is_off_its_scale():
    found, _ = settled(["4/5"], header="NPS")
    row = {name: cells[0] for name, cells in found.items()}
    with pytest.raises(ValueError, match="0 to 10, not of 1 to 5"):
        SurveyResponse.model_validate(row)


@pytest.mark.parametrize(
    ("count", "code"), [(None, "missing-value"), ("-1", "bad-number"), ("x", "bad-number")]
)
def test_a_count_that_cannot_be_says_why(count, code):
    row = {"score": "5", "kind": "csat", "scale_min": "1", "scale_max": "5", "answer_count": count}
    with pytest.raises(ValueError, match=r".*") as refused:
        SurveyResponse.model_validate(row)
    assert refused.value.errors()[0]["type"] == code
