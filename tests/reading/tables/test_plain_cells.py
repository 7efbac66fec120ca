from __future__ import annotations

import html

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retention_cli.reading.tables.plain_cells import plain_cells, plain_text
from retention_cli.reading.text import TextBatch


def batch(*columns):
    arrays = [pa.array(column, pa.string()) for column in columns]
    names = [str(place) for place in range(len(arrays))]
    rows = pa.array(range(2, 2 + len(columns[0])), pa.int64())
    return TextBatch(pa.RecordBatch.from_arrays(arrays, names=names), rows)


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ('="0012"', "0012"),
        ('="a ""b"" c"', 'a "b" c'),
        ('=""', ""),
        ('="a"&"b"', '="a"&"b"'),
        ("=1+1", "=1+1"),
        ("Smith &amp; Sons", "Smith & Sons"),
        ("Smith &amp;amp; Sons", "Smith & Sons"),
        ("O&#039;Hara &#x26; Co", "O'Hara & Co"),
        ("AT&T; R&D;", "AT&T; R&D;"),
        ("a &nosuch; b", "a &nosuch; b"),
    ],
)
def test_a_cell_is_the_text_that_it_stands_for(cell, text):
    assert plain_text(cell) == text


@given(st.text("ab&<>'\"\u00e9; #", max_size=12))
def test_what_was_encoded_once_comes_back(text):
    plain = plain_text(text)
    assert plain_text(html.escape(plain)) == plain_text(plain)


def test_it_is_said_how_many_cells_were_read_so():
    found, (formulas, entities), _ = plain_cells(
        [batch(['="1"', '="2"'], ["a", "A &amp; B"]), batch(["3", None], ["&lt;b&gt;", "c"])],
        ["id", "name"],
    )
    assert [one.raw(0) for one in found] == [("1", "a"), ("3", "<b>")]
    assert (formulas.count, formulas.column, entities.count) == (2, "id", 2)
    assert "A &amp; B as A & B" in entities.message


def test_cells_without_any_are_given_as_they_are():
    one = batch(["R&D", None])
    (same,), remarks, unwrapped = plain_cells([one], ["name"])
    assert (same is one, remarks, unwrapped) == (True, (), ())
