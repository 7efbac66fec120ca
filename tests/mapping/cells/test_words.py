from __future__ import annotations

import pyarrow as pa
import pytest

from retention_cli.mapping.cells.words import known_words, rewrite_words
from retention_cli.records import model
from retention_cli.records.customer_flags import told_by_yes

STATUS = model("customers").model_fields["status"]


def read(header, *cells, told=None):
    known = known_words(STATUS, header, told or {})
    return rewrite_words(pa.array(cells, pa.string()), known).to_pylist()


@pytest.mark.parametrize(
    ("header", "yes", "no"),
    [
        ("Churned?", "ended", "active"),
        ("Is Active", "active", "ended"),
        ("Noch Kunde", "active", "ended"),
        ("Not active (Yes/No)", "ended", "active"),
    ],
)
def test_yes_and_no_mean_what_the_header_says(header, yes, no):
    assert read(header, "Yes", "no", "TRUE", "false", "1", "0", "ja", "nein") == [yes, no] * 4


@pytest.mark.parametrize("header", ["Status", "Customer status", "Estado"])
def test_yes_and_no_mean_nothing_under_a_plain_header(header):
    assert read(header, "yes", "0") == ["yes", "0"]


def test_words_of_other_languages_are_ours_whatever_their_case():
    cells = ["CHURNED", "Gekündigt", "résilié", "Aktiv", "Existing Customer", "PAYING", None]
    assert read("status", *cells) == [*["ended"] * 3, *["active"] * 3, None]


def test_words_of_the_settings_go_before_built_in_ones():
    told = {"Closed": "active", " Trial ": "ended"}
    assert read("status", "closed", "trial", "lost", told=told) == ["active", "ended", "ended"]
    assert read("churned", "yes", told={"yes": "active"}) == ["active"]


def test_chunks_are_read_alike():
    known = known_words(STATUS, "status", {})
    column = pa.chunked_array([["Résilié", None], ["paid"]], pa.string())
    assert rewrite_words(column, known).to_pylist() == ["ended", None, "paid"]


def test_accents_may_stand_alone_and_case_does_not_matter():
    assert read("status", "ge\u0301sil", "re\u0301silie\u0301", "GEKU\u0308NDIGT") == [
        "ge\u0301sil",
        "ended",
        "ended",
    ]


def test_our_words_in_the_settings_may_be_written_in_any_case():
    assert read("status", "weg", told={"Weg": "Ended"}) == ["ended"]
    assert read("status", "weg", told={"Weg": "Paused"}) == ["Paused"]


def test_a_column_without_words_of_its_own_takes_those_of_the_settings():
    name = model("customers").model_fields["customer_name"]
    assert known_words(name, "name", {}) == {}
    assert known_words(name, "name", {"ACME": "Acme"}) == {"acme": "Acme"}


def test_a_status_is_read_in_four_languages():
    ended = [
        "verloren",
        "ABGEWANDERT",
        "Résiliée",
        "clôturé",
        "inactivo",
        "Cancelado",
        "finalizado",
    ]
    active = ["Laufend", "bestehend", "en cours", "Activa", "vigente"]
    new = ["Neu", "nouveau", "Alta", "joined"]
    expected = ["ended"] * len(ended) + ["active"] * len(active) + ["new"] * len(new)
    assert read("status", *ended, *active, *new) == expected
    assert read("Gekündigt", "x", "Nein") == ["ended", "active"]


@pytest.mark.parametrize(
    ("word", "ours"),
    [
        *(("Former Customer", "ended"), ("No longer active", "ended"), ("Ex-Kunde", "ended")),
        *(("Noch Kunde", "active"), ("Aktiver Vertrag", "active"), ("Active or lost",) * 2),
    ],
)
def test_a_status_in_several_words_says_what_they_say(word, ours):
    column = pa.array([word])
    assert rewrite_words(column, {}, told_by_yes).to_pylist() == [ours]
    assert rewrite_words(column, {word.casefold(): "x"}, told_by_yes).to_pylist() == ["x"]
