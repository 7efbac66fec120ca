from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retention_cli.errors import DataRefusedError, RetentionError
from retention_cli.reading.delimited.encoding import to_utf8


def decoded(data, told=None):
    found = to_utf8(data, file="a.csv", told=told)
    return found.data.decode(), found.encoding


def refusal(data, told=None):
    with pytest.raises(RetentionError) as caught:
        to_utf8(data, file="a.csv", told=told)
    return caught.value.message, caught.value.hint


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        pytest.param("Grün".encode(), "utf-8", id="no mark"),
        pytest.param("Grün".encode("utf-8-sig"), "utf-8-sig", id="UTF-8"),
        pytest.param("Grün".encode("utf-16"), "utf-16", id="UTF-16"),
        pytest.param(codecs.BOM_UTF16_BE + "Grün".encode("utf-16-be"), "utf-16", id="UTF-16 BE"),
        pytest.param("Grün".encode("utf-32"), "utf-32", id="UTF-32"),
    ],
)
def test_a_mark_at_the_start_decides_and_is_no_text(data, encoding):
    assert decoded(data) == ("Grün", encoding)


def test_bytes_of_windows_are_read_with_a_note_of_line_byte_and_word():
    found = to_utf8("id,name\n1,Ann\n2,Jürgen Ö".encode("cp1252"), file="a.csv")
    assert (found.data.decode(), found.encoding) == ("id,name\n1,Ann\n2,Jürgen Ö", "cp1252")
    assert found.note == (
        "not UTF-8 at line 3, byte 0xFC: read as Windows-1252, there 'Jürgen';"
        " if that is wrong, use --encoding"
    )


@pytest.mark.parametrize(
    ("text", "word"),
    [
        pytest.param("a,b\n\u00a0,1", "\u00a0", id="white space alone"),
        pytest.param("a,b\n1\u00a0000,word", "\u00a0", id="white space before another word"),
        pytest.param('"x";"Ärger";', "Ärger", id="between quotes"),
    ],
)
def test_the_note_names_the_word_of_the_byte_itself(text, word):
    note = to_utf8(text.encode("cp1252"), file="a.csv").note
    assert f"there '{word}'" in note


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_the_note_counts_lines_of_any_end(end):
    note = to_utf8(end.join(["a", "b", "c", "ü"]).encode("cp1252"), file="a.csv").note
    assert "at line 4," in note


def test_a_byte_far_below_the_head_is_met():
    data = b"id,name\n" + b"1,Ann\n" * 50_000 + b"2,J\xfcrgen\n"
    assert "line 50002, byte 0xFC" in to_utf8(data, file="a.csv").note


def test_bytes_in_no_encoding_are_refused_with_their_line():
    message, hint = refusal(b"a\n\xfc\n\x81")
    assert message == "a.csv line 3: byte 0x81 is neither UTF-8 nor Windows-1252"
    assert "--encoding" in hint


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_its_mark_is_refused_and_named(encoding):
    message, hint = refusal("id,name\n1,Ann\n".encode(encoding))
    assert f"looks like {encoding}" in message
    assert f"--encoding {encoding}" in hint
    assert decoded("id,name".encode(encoding), encoding) == ("id,name", encoding)


def test_a_few_zero_bytes_are_no_utf_16():
    assert decoded(b"a,b\n1\0,2\n") == ("a,b\n1\0,2\n", "utf-8")


def test_the_encoding_that_was_told_counts_and_its_mark_is_no_text():
    assert decoded(b"\xd6", "cp437") == ("╓", "cp437")
    assert decoded("a".encode("utf-8-sig"), "utf-8") == ("a", "utf-8")


def test_bytes_that_are_not_in_the_encoding_that_was_told_are_refused():
    message, _ = refusal(b"a\nb\xfc", "utf-8")
    assert message == "a.csv line 2: byte 0xFC is not utf-8"


def test_a_mark_whose_text_is_cut_off_is_refused():
    with pytest.raises(DataRefusedError):
        to_utf8("ab".encode("utf-16")[:-1], file="a.csv")


def test_an_encoding_that_nobody_knows_is_refused():
    message, hint = refusal(b"a", "utf-9")
    assert "'utf-9' is not an encoding that is known" in message
    assert "cp1252" in hint


@given(st.text())
def test_text_in_utf_8_stays_itself(text):
    assert decoded(text.encode("utf-8-sig")) == (text.removeprefix("\ufeff"), "utf-8-sig")
    if not text.startswith("\ufeff") and "\0" not in text:
        assert decoded(text.encode()) == (text, "utf-8")


@given(st.text(min_size=1), st.sampled_from(["cp1252", "latin-1"]))
def test_bytes_of_one_character_each_never_end_in_anything_but_a_refusal(text, encoding):
    try:
        to_utf8(text.encode(encoding, "ignore"), file="a.csv")
    except RetentionError as error:
        assert error.message.startswith("a.csv")
