from __future__ import annotations

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retention_cli.errors import DataRefusedError
from retention_cli.reading.delimited.lines import Rest, quick_rows, rows, shown


def rest(text, start=0):
    return Rest(text.encode(), start, above=1, mark=",", file="a.csv")


def test_a_row_knows_where_the_next_one_starts():
    found = list(rows(rest('a,"b\nc"\n\u00e9,2\n3')))
    assert [(row.number, row.cells) for row in found] == [
        (2, ["a", "b\nc"]),
        (3, ["\u00e9", "2"]),
        (4, ["3"]),
    ]
    assert [row.end for row in found] == [8, 13, 14]


def test_rows_start_where_they_are_told_to():
    assert [row.cells for row in rows(rest("skipped\n1,2\n", start=8))] == [["1", "2"]]


def test_quick_rows_give_up_where_quotes_are_wrong():
    with pytest.raises(csv.Error):
        list(quick_rows(rest('1,2\n"3"x,4\n')))


def test_a_row_with_wrong_quotes_is_one_text():
    found = list(rows(rest('1,2\n"3"x,4\n5,6\n')))
    assert [row.cells for row in found] == [["1", "2"], ['"3"x,4'], ["5", "6"]]
    assert [row.quotes_are_wrong for row in found] == [False, True, False]


def test_a_text_is_shown_in_quotes_and_not_at_length():
    assert shown("a\tb\n") == r"'a\tb'"
    assert len(shown("x" * 1000)) == 82


@given(st.text('ab,\n"\u00e9', max_size=30))
def test_quick_rows_are_the_rows(text):
    try:
        quick = [(row.number, row.cells) for row in quick_rows(rest(text))]
    except csv.Error:
        return
    assert quick == [(row.number, row.cells) for row in rows(rest(text))]


@given(st.text('ab,\n"\u00e9', max_size=30))
def test_rows_take_every_character_once(text):
    data, at = rest(text), 0
    try:
        for row in rows(data):
            assert row.end > at
            at = row.end
    except DataRefusedError:
        return
    assert at == len(data.data)
