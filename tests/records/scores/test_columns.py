from __future__ import annotations

import pyarrow as pa
import pytest

from retention_cli.records.base import UnsettledError
from retention_cli.records.scores.columns import read_scores


def read(*cells, nps=False):
    column = pa.array(cells, pa.string())
    found = read_scores(column, pa.array([nps] * len(cells)))
    parts = (found.score, found.low, found.high)
    return [tuple(row) for row in zip(*(part.to_pylist() for part in parts), strict=True)]


def asked(*cells, nps=False):
    with pytest.raises(UnsettledError) as refused:
        read(*cells, nps=nps)
    return refused.value


@pytest.mark.parametrize("cells", [("1", "5"), ("4.0", None), ("4.5",), ("-1", "11"), ()])
def test_numbers_stay_as_they_are(cells):
    assert read(*cells) == [(cell, None, None) for cell in cells]


def test_words_of_a_scale_of_five_are_its_scores():
    assert read("Very satisfied", "Satisfied", "Neutral", "very dissatisfied", None) == [
        *(("5", "1", "5"), ("4", "1", "5"), ("3", "1", "5"), ("1", "1", "5"), (None, None, None)),
    ]


def test_the_scale_that_words_are_read_on_is_said():
    column = pa.array(["Satisfied", "Very satisfied"])
    (said,) = read_scores(column, pa.array([False, False])).assumed
    assert said == (
        "answers in words are read on a scale of 1 to 5: 'Very satisfied' is 5, 'Satisfied' is 4"
    )


@pytest.mark.parametrize(
    "cells",
    [
        pytest.param(("Satisfied", "Dissatisfied"), id="two answers or five"),
        pytest.param(("Satisfied", "Neutral", "Dissatisfied"), id="three or five"),
        pytest.param(("Excellent", "Good", "Fair", "Poor"), id="four or five, good or middling"),
        pytest.param(("Very satisfied", "Somewhat satisfied"), id="it is not known which"),
        pytest.param(("Super", "Mies"), id="words that are not known"),
        pytest.param(("Satisfied", "Super"), id="one that is not"),
        pytest.param(("Very satisfied", "5", "4"), id="words among numbers"),
        pytest.param(("Very satisfied", "4/5"), id="words among shares"),
    ],
)
def test_words_that_leave_their_scale_open_are_asked_about(cells):
    error = asked(*cells)
    assert error.lines[0] == "[export.values.score]"
    assert any(line.startswith(f'"{cells[0]}" = "') for line in error.lines)
    assert "retention.toml" in error.hint


def test_many_answers_of_two_words_are_of_two():
    assert set(read(*["Satisfied", "Dissatisfied"] * 10)) == {("1", "0", "1"), ("0", "0", "1")}


def test_four_words_without_the_middle_may_be_of_four():
    words = ("Very satisfied", "Satisfied", "Dissatisfied", "Very dissatisfied")
    assert read(*words[:3])[0] == ("5", "1", "5")
    assert "1 to 5 or 1 to 4" in str(asked(*words))


def test_good_and_bad_may_stand_among_numbers_and_yes_may_not():
    assert read("Good", "bad", "5") == [("1", "0", "1"), ("0", "0", "1"), ("5", None, None)]
    assert read("yes", "5", "4") == [("yes", None, None), ("5", None, None), ("4", None, None)]
    assert read("yes", "no") == [("1", "0", "1"), ("0", "0", "1")]


def test_a_word_in_a_column_of_numbers_stays_and_is_rejected_later():
    assert read("5", "4", "3", "five", "x")[3:] == [("five", None, None), ("x", None, None)]


@pytest.mark.parametrize(
    "cells",
    [
        pytest.param(("1 - Sehr zufrieden", "2", "5"), id="the best is 1"),
        pytest.param(("1", "3", "5 - sehr unzufrieden"), id="the worst is 5"),
        pytest.param(("2 - good", "4 - bad"), id="good below bad"),
        pytest.param(("0 - extremely likely", "10 - not at all likely"), id="NPS"),
    ],
)
@pytest.mark.parametrize("nps", [False, True])
def test_a_scale_that_counts_down_is_asked_about_with_its_scores_turned_round(cells, nps):
    error = asked(*cells, nps=nps)
    assert "lower score is a better answer" in str(error)
    numbers = [line.rpartition("= ")[2] for line in error.lines[1:]]
    assert numbers == sorted(numbers, key=lambda text: -int(text.strip('"')))
    assert error.lines[1].startswith(f'"{cells[0]}" = ')


@pytest.mark.parametrize(
    "cells",
    [
        ("5 - Very satisfied", "1 - Very dissatisfied", "3"),
        ("4 - Good", "5"),
        ("10 - Extremely likely", "0 - Not at all likely"),
        ("1 = good", "0 = bad"),
        ("1 - easy", "5 - hard"),
    ],
)
def test_a_scale_that_counts_up_or_does_not_say_is_read(cells):
    assert [score for score, _, _ in read(*cells)] == [cell.split()[0] for cell in cells]


@pytest.mark.parametrize("word", ["Promoter", "Detractor", "Extremely likely", "very unlikely"])
def test_an_nps_in_words_is_asked_about(word):
    assert f'"{word}" = "…"' in asked("9", "8", word, nps=True).lines


def test_each_kind_is_read_by_itself():
    column = pa.array(["9/10", "good", "3"])
    found = read_scores(column, pa.array([True, False, False]))
    assert found.score.to_pylist() == ["9", "1", "3"]
    assert found.high.to_pylist() == ["10", "1", None]
