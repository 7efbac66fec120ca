"""Codes of many chunks, and rows left out without a copy: what arrow gives by its own, slower ways."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retention_cli.frames import columns
from retention_cli.frames.columns import with_same_texts, without_rows

LISTS = st.lists(st.sampled_from("abcdefg"), unique=True, min_size=1)


@st.composite
def coded(draw):
    """Chunks of codes, some of which share their list of texts, with blanks and slices."""
    lists = [pa.array(texts) for texts in draw(st.lists(LISTS, min_size=1, max_size=3))]
    chunks = []
    for _ in range(draw(st.integers(1, 5))):
        texts = draw(st.sampled_from(lists))
        codes = st.none() | st.integers(0, len(texts) - 1)
        found = pa.array(draw(st.lists(codes, max_size=6)), pa.int32())
        chunks.append(pa.DictionaryArray.from_arrays(found, texts).slice(draw(st.integers(0, 2))))
    return pa.chunked_array(chunks)


@given(coded())
def test_every_cell_keeps_its_text_and_all_chunks_have_one_list(column):
    found = with_same_texts(column)
    assert found.to_pylist() == column.to_pylist()
    assert len({tuple(chunk.dictionary.to_pylist()) for chunk in found.chunks}) == 1


def test_a_list_that_all_chunks_share_is_not_looked_at_again():
    whole = pa.array(["a", "b", "a"]).dictionary_encode()
    column = pa.chunked_array([whole.slice(0, 1), whole.slice(1)])
    assert with_same_texts(column) is column


def test_a_column_of_text_stays_as_it_is():
    column = pa.chunked_array([["a"], ["b"]])
    assert with_same_texts(column) is column


@pytest.mark.parametrize("fewest", [0, 1, 1 << 12], ids=["sliced", "either", "filtered"])
@given(kept=st.lists(st.booleans(), max_size=12), cut=st.integers(0, 12))
def test_rows_are_left_out_in_either_way(fewest, kept, cut):
    numbers = pa.array(range(len(kept)), pa.int64())
    chunks = [numbers.slice(0, cut), numbers.slice(cut)]
    texts = pa.chunked_array([pc.cast(pa.string()) for pc in chunks], pa.string())
    table = pa.table({"n": pa.chunked_array(chunks, pa.int64()), "t": texts})
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(columns, "_FEWEST_ROWS_A_SLICE", fewest)
        found = without_rows(table, np.flatnonzero(~np.array(kept, dtype=bool)))
    assert found["n"].to_pylist() == [place for place, stays in enumerate(kept) if stays]
    assert found["t"].to_pylist() == [str(number) for number in found["n"].to_pylist()]
    assert found.schema == table.schema
