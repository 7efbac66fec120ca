"""Words that announce leaving: invented sentences in four languages, and what negates them."""

from __future__ import annotations

from pathlib import Path
from unicodedata import normalize

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retention_cli.signs.leaving import announcing, phrase_in

LINES = (Path(__file__).parent / "sentences.txt").read_text("utf-8").splitlines()
SENTENCES = [(line[0] == "+", line[2:4], line[5:]) for line in LINES]


def test_precision_and_recall_over_labelled_sentences(capsys):
    with capsys.disabled():
        for language in ("en", "de", "fr", "es"):
            ours = [(leaves, text) for leaves, tongue, text in SENTENCES if tongue == language]
            found = [(leaves, phrase_in(text) is not None) for leaves, text in ours]
            hits = sum(leaves and flagged for leaves, flagged in found)
            precision = hits / max(sum(flagged for _, flagged in found), 1)
            recall = hits / sum(leaves for leaves, _ in found)
            shown = f"\n{language}: {len(ours)} sentences, precision {precision:.2f}, recall {recall:.2f}"
            print(shown)  # noqa: T201  # the figures are asked for
            assert precision >= 0.9
            assert recall >= 0.9
    assert len(SENTENCES) >= 120


def test_a_whole_column_is_marked_as_each_text_is():
    texts = [text for _, _, text in SENTENCES] + [
        None,
        "",
        "changing  suppliers",
        "changed\tvendors",
    ]
    marks = announcing(pa.array(texts, pa.string()).dictionary_encode())
    assert marks.tolist() == [phrase_in(text or "") is not None for text in texts]


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("x" * 200 + ". We cancel our contract.", "cancel our contract"),
        ("We cancel\nour contract", None),
    ],
)
def test_only_the_words_around_a_phrase_are_quoted(text, quoted):
    found = phrase_in(text)
    assert found is None if quoted is None else quoted in found
    assert found is None or len(found) < 160


WORDS = sorted({word for _, _, text in SENTENCES for word in text.split()})
PIECES = st.sampled_from(WORDS) | st.text(max_size=3)
MIXED = st.lists(
    st.tuples(PIECES, st.sampled_from([" ", " ", ", ", "\u2019", "\n", "\uff0c"])), max_size=12
)


@given(MIXED.map(lambda some: "".join(map("".join, some))))
def test_any_text_is_read_alike_alone_and_in_a_column(text):
    found = phrase_in(text)
    assert found is None or isinstance(found, str)
    assert announcing(pa.array([text]).dictionary_encode()).tolist() == [found is not None]


def test_letters_whose_accents_stand_apart_are_the_same():
    apart = normalize("NFD", "Wir möchten kündigen.")
    assert phrase_in(apart) is not None
    assert announcing(pa.array([apart]).dictionary_encode()).tolist() == [True]
