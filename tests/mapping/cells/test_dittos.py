"""A cell that only says "as above" is the cell above, and nothing else is changed."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retention_cli.mapping.cells.cells import Cells
from retention_cli.mapping.cells.dittos import without_dittos

MARKS = ['"', "''", "\u3003", "do.", "Dto.", "ditto", "\u201d"]


def filled(texts, *, rows=None, gone=(), coded=False):
    cells = pa.chunked_array([pa.array(texts, pa.string())])
    cells = Cells.of(cells.dictionary_encode()) if coded else Cells(cells)
    numbers = pa.chunked_array([rows or list(range(2, len(texts) + 2))])
    found = without_dittos(cells, "Name", numbers, gone)
    return None if found is None else (found.cells.text.to_pylist(), found.said)


@pytest.mark.parametrize("mark", MARKS)
def test_a_mark_is_the_cell_above_and_is_said(mark):
    texts, said = filled(["Ann", mark, mark, "Bob", None])
    assert texts == ["Ann", "Ann", "Ann", "Bob", None]
    assert said.startswith(f"'Name' has '{mark}' in 2 rows, and the cell above is read")
    assert "fill_down = false" in said


@pytest.mark.parametrize("name", ["Ditto", "Idem Ltd", "do", "Do It", '"Ann"', "-", ""])
def test_a_name_is_left_alone(name):
    assert filled(["Ann", name]) is None


def test_a_mark_below_a_blank_cell_is_blank():
    assert filled(["Ann", None, '"'])[0] == ["Ann", None, None]


def test_a_mark_without_a_row_above_is_blank():
    assert filled(['"', "Ann", '"'])[0] == [None, "Ann", "Ann"]


def test_a_row_that_is_gone_in_between_leaves_it_blank():
    assert filled(["Ann", '"', '"'], rows=[2, 3, 5], gone=[4])[0] == ["Ann", "Ann", None]


@given(st.lists(min_size=1, elements=st.tuples(st.sampled_from([None, "Ann", "Bob"]), st.sampled_from(MARKS),
                          st.booleans())), st.booleans())  # fmt: skip
def test_what_was_written_with_marks_comes_back(cells, coded):
    names = [name for name, *_ in cells]
    written = [
        mark if at and as_mark and name == names[at - 1] else name
        for at, (name, mark, as_mark) in enumerate(cells)
    ]
    found = filled(written, coded=coded)
    assert (written if found is None else found[0]) == names
