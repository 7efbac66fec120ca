"""Keys of text: equal for equal text, whatever stands around it in memory."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from retention_cli.frames import hashes
from retention_cli.frames.hashes import mixed, repeated, text_keys

CELL = st.one_of(st.none(), st.text(max_size=40), st.sampled_from(["", "a", "b", "a" * 8, "a" * 9]))


@settings(deadline=None)
@given(chunks=st.lists(st.lists(CELL, max_size=6), min_size=1, max_size=4), skip=st.integers(0, 3))
def test_keys_are_equal_where_texts_are(chunks, skip):
    column = pa.chunked_array([pa.array(cells, pa.string()).slice(skip) for cells in chunks])
    cells, keys = column.to_pylist(), text_keys(column).tolist()
    assert len(cells) == len(keys)
    assert len(set(keys)) == len(set(cells))
    assert len(set(zip(cells, keys, strict=True))) == len(set(cells))


def test_keys_do_not_depend_on_where_rows_are_cut(monkeypatch):
    cells = pa.array(["a", "bb", None, "", "a" * 9, "bb", "c", "a"])
    whole = text_keys(pa.chunked_array([cells])).tolist()
    monkeypatch.setattr(hashes, "_PIECE", 3)
    text_keys(pa.chunked_array([pa.array(map(str, range(len(cells))))]))  # fills the memory anew
    assert text_keys(pa.chunked_array([cells[:5], cells[5:5], cells[5:]])).tolist() == whole


def test_a_blank_cell_and_an_empty_one_are_told_apart():
    one, other = text_keys(pa.chunked_array([[None, ""]])).tolist()
    assert one != other


@settings(deadline=None)
@given(numbers=st.lists(st.integers(-5, 5), max_size=60))
def test_repeated_keys_stand_side_by_side_in_their_order(numbers):
    keys = mixed([np.array(numbers, dtype=np.int64)], len(numbers))
    places, begins = repeated(keys)
    found, run = {}, 0
    for place, first in zip(places.tolist(), begins.tolist(), strict=True):
        run += first
        found.setdefault(run, []).append(place)
    expected = {}
    for place, number in enumerate(numbers):
        expected.setdefault(number, []).append(place)
    wanted = sorted(places for places in expected.values() if len(places) > 1)
    assert sorted(found.values()) == wanted


def test_columns_that_change_places_make_other_keys():
    one, two = np.array([1]), np.array([2])
    assert mixed([one, two], 1) != mixed([two, one], 1)
