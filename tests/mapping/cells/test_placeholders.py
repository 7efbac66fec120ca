from __future__ import annotations

import pyarrow as pa
import pytest

from retention_cli.mapping.cells.cells import Cells
from retention_cli.mapping.cells.placeholders import nothing_notes, without_words
from retention_cli.records.base import (
    CODE,
    DAY,
    DURATION,
    FLAG,
    HOURS,
    IDENTITY,
    INSTANT,
    NUMBER,
)

WORDS = ["N/A", "n.a.", "-", "\u2013", "NULL", "None", "k.A.", "n/d", r"\N", "0000-00-00"]
OTHERS = ["0", "-5", "nan", "#N/A", "nobody", "0.00", "00", "yes", "EUR", "2025-06-01", None]


def taken(cells, form):
    return without_words(Cells(pa.array(cells, pa.string())), form).texts.to_pylist()


@pytest.mark.parametrize("form", [DAY, INSTANT, NUMBER, HOURS, DURATION, CODE, FLAG])
def test_words_for_nothing_are_blank_where_no_text_is_meant(form):
    assert taken([*WORDS, *OTHERS], form) == [None] * len(WORDS) + OTHERS


@pytest.mark.parametrize("form", [None, IDENTITY])
def test_a_customer_called_none_stays(form):
    assert taken([*WORDS, *OTHERS], form) == [*WORDS, *OTHERS]


def test_the_note_counts_cells_and_not_the_texts_they_share():
    cells = Cells.of(pa.chunked_array([["-", "5", "NULL", "-", "-"]]).dictionary_encode())
    (note,) = nothing_notes(cells, "Cost")
    assert (note.code, note.count, note.column) == ("nothing", 4, "Cost")
    assert note.message == "4 cells of 'Cost' say '-', 'NULL', and count as blank"
    assert without_words(cells, NUMBER).text.to_pylist() == [None, "5", None, None, None]
    assert list(nothing_notes(Cells(pa.array(["0", "5", None])), "Cost")) == []
