from __future__ import annotations

import pytest

from retention_cli.records.scores.wordings import (
    GOOD_OR_BAD,
    LIKELY,
    SATISFIED_OR_NOT,
    WORDINGS,
    YES_OR_NO,
    fold_words,
    is_praise,
)

ALL = (GOOD_OR_BAD, YES_OR_NO, SATISFIED_OR_NOT, LIKELY, *WORDINGS)


@pytest.mark.parametrize("wording", ALL, ids=range(len(ALL)))
def test_no_word_of_a_scale_has_two_levels(wording):
    assert all(len({place[0] for place in places}) == 1 for places in wording.places.values())
    assert {wording.level(word) for word in wording.places} == set(
        range(wording.high - wording.low + 1)
    )


def test_words_in_any_case_and_with_any_marks_are_the_same():
    assert (
        len(
            {fold_words(text) for text in ("Très satisfait", "TRES-SATISFAIT", "très_satisfait(e)")}
        )
        == 1
    )


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ({"bad", "poor"}, "two words of one level are of a scale with more levels"),
        ({"satisfied", "happy"}, "so are these"),
        ({"satisfied", "somewhat satisfied"}, "so are these"),
        ({"zufrieden", "eher zufrieden"}, "and these, of six levels"),
        ({"satisfied", "tip top"}, "a word that is not known"),
        ({"fair", "average"}, "two words for the middle"),
    ],
)
def test_words_of_another_scale_are_of_none(words, why):
    assert [one for one in WORDINGS if one.scores(words)] == [], why


@pytest.mark.parametrize(
    ("words", "scores"),
    [
        ({"satisfied", "tres satisfait"}, {"satisfied": 4, "tres satisfait": 5}),
        ({"satisfait", "satisfaite"}, {"satisfait": 4, "satisfaite": 4}),
        ({"muy satisfecho", "zufrieden"}, {"muy satisfecho": 5, "zufrieden": 4}),
    ],
    ids=["two languages", "two forms of a word", "two other languages"],
)
def test_words_of_one_scale_may_be_of_several_languages(words, scores):
    assert WORDINGS[0].scores(words) == scores


def test_a_scale_that_shares_its_inner_words_needs_one_that_tells_it():
    of_seven = next(one for one in WORDINGS if one.high == 7)
    assert of_seven.scores({"very satisfied", "satisfied"}) is None
    assert of_seven.scores({"very satisfied", "extremely satisfied"}) == {
        "very satisfied": 6,
        "extremely satisfied": 7,
    }


@pytest.mark.parametrize("label", ["Sehr zufrieden", "extremely likely", "Good", "très bon", "sí"])
def test_the_good_end_of_a_scale_is_praise(label):
    assert is_praise(label) is True


@pytest.mark.parametrize("label", ["sehr schlecht", "Not at all likely", "poor", "non"])
def test_the_bad_end_is_not(label):
    assert is_praise(label) is False


@pytest.mark.parametrize("label", ["neutral", "whatever", "", "easy"])
def test_other_labels_are_neither(label):
    assert is_praise(label) is None


def test_hardly_a_word_is_good_on_one_scale_and_bad_on_another():
    sides = {}
    for one in ALL:
        for word in one.places:
            twice, width = 2 * one.level(word), one.high - one.low
            if twice != width:
                sides.setdefault(word, set()).add(twice > width)
    both = [word for word, found in sides.items() if len(found) > 1]
    assert both == ["slightly satisfied"]
    assert is_praise("slightly satisfied") is None
