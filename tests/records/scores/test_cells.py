from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retention_cli.records.scores.cells import Said, read_score

ALONE = [
    *("3-4", "9-10", "0-6", "80%", "5 €", "+5", "4.5/5", "4,5 out of 5", "4 - I called 3 times"),
    *("5 stars but 3 days late", "12 Main Street", "<5", "5+", "*****", "4 weeks", "2025-06-03"),
    *("#4", "4#", "4/5/6", "1000 points"),
]


@pytest.mark.parametrize("text", ALONE)
def test_what_may_be_something_else_is_left_alone(text):
    assert read_score(text) is None


@pytest.mark.parametrize(
    ("text", "score", "high"),
    [
        *(
            ("4/5", 4, 5),
            ("4 / 5", 4, 5),
            ("4 of 5", 4, 5),
            ("4 out of 5", 4, 5),
            ("4 von 5", 4, 5),
        ),
        *(("4 sur 5", 4, 5), ("4 de 5", 4, 5), ("4 su 5", 4, 5), ("4.0 out of 5 stars", 4, 5)),
        *(("9/10", 9, 10), ("4 stars out of 5", 4, 5), ("8/10 - great", 8, 10), ("4 из 5", 4, 5)),
        *(("★★★★☆", 4, 5), ("★★★", 3, None), ("⭐️⭐️", 2, None), ("●●○○○", 2, 5), ("☆☆☆☆☆", 0, 5)),
        *(("4 stars", 4, None), ("1 star", 1, None), ("5-star", 5, None), ("4 étoiles", 4, None)),
        *(("3 Sterne", 3, None), ("2 estrellas", 2, None), ("4★", 4, None), ("8 Punkte", 8, None)),
    ],
)
def test_shares_and_stars_are_scores(text, score, high):
    assert read_score(text) == Said(score, high)


@pytest.mark.parametrize(
    ("text", "score", "label"),
    [
        ("10 - Extremely likely", 10, "Extremely likely"),
        ("0 (not at all likely)", 0, "not at all likely"),
        ("1 = very poor", 1, "very poor"),
        ("5: sehr zufrieden", 5, "sehr zufrieden"),
        ("5 \u2013 Sehr gut", 5, "Sehr gut"),
        ("10. Extremely likely", 10, "Extremely likely"),
        ("(5) Very satisfied", 5, "Very satisfied"),
        ("Very satisfied (5)", 5, "Very satisfied"),
        ("Extremely likely - 10", 10, "Extremely likely"),
        ("5 very satisfied", 5, "very satisfied"),
        ("7 - ni fu ni fa", 7, "ni fu ni fa"),
    ],
)
def test_a_label_beside_a_number_is_kept(text, score, label):
    assert read_score(text) == Said(score, label=label)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("goodwithcomment", "good"),
        ("Bad with comment", "bad"),
        ("good_with_comment", "good"),
        ("good: it took 3 days", "good"),
        ("Bad - slow", "bad"),
        ("gut mit Kommentar", "gut"),
        ("👍", "thumbs up"),
        ("👎🏽", "thumbs down"),
        ("Very  Satisfied", "very satisfied"),
        ("Good but slow", "good but slow"),
        ("满意", "满意"),
        ("☆★", "☆★"),
        ("🙂", "🙂"),
    ],
)
def test_words_are_folded_and_a_comment_behind_good_or_bad_is_left_off(text, words):
    assert read_score(text) == Said(words=words)


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "-", "Offered", "unoffered", "Not offered", "n/a", "N/A", "k.A."),
        *("keine Angabe", "Sans réponse", "no response", "ns/nc", "—"),
    ],
)
def test_no_answer_is_none(text):
    assert read_score(text) == Said()


@given(st.text(max_size=12))
def test_any_text_is_read_or_left_alone(text):
    found = read_score(text)
    assert found is None or found.score is None or not found.words
