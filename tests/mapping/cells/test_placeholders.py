from __future__ import annotations

import pyarrow as pa
import pytest

from retention_cli.mapping.cells.cells import Cells
from retention_cli.mapping.cells.placeholders import nothing_notes, without_told, without_words
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

WORDS = [
    "?",
    "??",
    "N/A",
    "n.a.",
    "-",
    "\u2013",
    "NULL",
    "None",
    "k.A.",
    "n/d",
    r"\N",
    "0000-00-00",
]
OTHERS = ["-5", "nan", "#N/A", "nobody", "0.00", "00", "yes", "EUR", "2025-06-01", None]


def taken(cells, form):
    return without_words(Cells(pa.array(cells, pa.string())), form).texts.to_pylist()


@pytest.mark.parametrize("form", [DAY, INSTANT, NUMBER, HOURS, DURATION, CODE, FLAG])
def test_words_for_nothing_are_blank_where_no_text_is_meant(form):
    assert taken([*WORDS, *OTHERS], form) == [None] * len(WORDS) + OTHERS


def test_no_date_and_no_time_is_0():
    zeros = ["0", "0.0", "0:00:00", "00:00", "0000-00-00T00:00:00Z", "00.00.0000", "0001-01-01"]
    assert taken(zeros, DAY) == taken(zeros, INSTANT) == [None] * len(zeros)
    assert taken(zeros, DURATION) == taken(zeros, NUMBER) == zeros


def test_the_words_of_the_settings_for_nothing_are_blank():
    cells = Cells(pa.array(["Noch offen", "0", "Offen", None]))
    told = {"noch offen": "", " 0 ": "", "offen": "active"}
    assert without_told(cells, told).texts.to_pylist() == [None, None, "Offen", None]
    assert without_told(cells, {"offen": "active"}) is cells


@pytest.mark.parametrize("form", [None, IDENTITY])
def test_a_customer_called_none_stays(form):
    assert taken([*WORDS, *OTHERS], form) == [*WORDS, *OTHERS]


def test_the_note_counts_cells_and_not_the_texts_they_share():
    cells = Cells.of(pa.chunked_array([["-", "5", "NULL", "-", "-"]]).dictionary_encode())
    (note,) = nothing_notes(cells, "Cost", NUMBER)
    assert (note.code, note.count, note.column) == ("nothing", 4, "Cost")
    assert note.message == "4 cells of 'Cost' say '-', 'NULL', and count as blank"
    assert without_words(cells, NUMBER).text.to_pylist() == [None, "5", None, None, None]
    assert list(nothing_notes(Cells(pa.array(["0", "5", None])), "Cost", NUMBER)) == []


@pytest.mark.parametrize(
    "word", ["present", "Ongoing", "laufend", "unbefristet", "en cours", "never"]
)
def test_a_day_that_has_not_come_is_blank_where_days_stand_and_nowhere_else(word):
    cells = Cells(pa.array([word, "2025-06-01"]))
    assert without_words(cells, DAY).texts.to_pylist() == [None, "2025-06-01"]
    assert without_words(cells, NUMBER).texts.to_pylist() == [word, "2025-06-01"]
