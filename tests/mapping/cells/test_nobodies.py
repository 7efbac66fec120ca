"""Guests are no customer, and what may be an id or nothing is counted and said."""

from __future__ import annotations

import pyarrow as pa
import pytest

from retention_cli.mapping.cells.cells import Cells
from retention_cli.mapping.cells.nobodies import without_nobodies


def read(texts, told=(), *, coded=False):
    cells = pa.chunked_array([pa.array(texts, pa.string())])
    found, said = without_nobodies(
        Cells.of(cells.dictionary_encode()) if coded else Cells(cells), "Kunde", told
    )
    return found.text.to_pylist(), said


GUESTS = ("Guest", "guest checkout", "Walk-In Customer", "GAST", "Laufkundschaft", "Invité")
GUESTS += ("Anónimo", "Consumidor final", "Unbekannt", "anonymous", "unknown")


@pytest.mark.parametrize("coded", [False, True])
@pytest.mark.parametrize("word", GUESTS)
def test_guests_are_no_customer_and_are_said(word, coded):
    texts, said = read(["C1", word, "C2", word], coded=coded)
    assert texts == ["C1", None, "C2", None]
    line = f'[export.values.customer_id] "{word}" = "{word}"'
    assert said[0].startswith(f"'Kunde' has '{word}' in 2 rows, taken as no customer")
    assert said[0].endswith(line)


@pytest.mark.parametrize("word", ["0", "000", "-1", "N/A", "NULL", "none", "-", "?"])
def test_what_may_be_an_id_counts_as_one_and_is_said(word):
    texts, said = read(["C1", word, "C2", word])
    assert texts == ["C1", word, "C2", word]
    line = f'[export.values.customer_id] "{word}" = ""'
    assert said[0].startswith(f"'Kunde' has '{word}' in 2 rows, counted as a customer")
    assert said[0].endswith(line)


@pytest.mark.parametrize("word", ["Guest Ltd", "Gasteiger", "Cash Converters", "Anna", "10", "C0"])
def test_a_name_or_an_id_is_left_alone(word):
    assert read(["C1", word, word]) == (["C1", word, word], ())


def test_one_row_may_be_somebody():
    assert read(["C1", "Gast"]) == (["C1", "Gast"], ())


def test_what_the_settings_say_stands():
    assert read(["Guest", "Guest"], {"Guest": "Guest"}) == (["Guest", "Guest"], ())
