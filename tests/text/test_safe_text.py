from __future__ import annotations

import json
import re
import unicodedata
from unittest.mock import patch

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from retention_cli.text import safe_text as safe_text_module
from retention_cli.text.safe_text import (
    ascii_json,
    for_encoding,
    laid_out_for,
    safe_cell,
    safe_json,
    safe_markdown,
    safe_text,
)

ANY = st.text(st.characters(codec=None), max_size=40)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Müller & Söhne GmbH", id="umlauts"),
        pytest.param("株式会社 Åkerlund", id="other scripts"),
        pytest.param("[red]Acme[/red] :bomb:", id="markup is only text"),
        pytest.param("a\u00a0b", id="a space that does not break"),
        pytest.param("C:\\temp", id="backslashes"),
        pytest.param("", id="nothing"),
    ],
)
def test_ordinary_text_stays(text):
    assert safe_text(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("\x1b[31m", "\\x1b[31m", id="escape"),
        pytest.param("a\nb\r\tc", "a\\x0ab\\x0d\\x09c", id="line breaks and tabs"),
        pytest.param("\x7f\x9b", "\\x7f\\x9b", id="delete and the controls above"),
        pytest.param("\u2028\u2029", "\\u2028\\u2029", id="line and paragraph separators"),
        pytest.param("\u202eevil\u2066", "\\u202eevil\\u2066", id="bidi controls"),
        pytest.param("a\u200bb\ufeff", "a\\u200bb\\ufeff", id="zero width"),
        pytest.param("\U000e0041", "\\U000e0041", id="tags"),
        pytest.param("\udc80.csv", "\\udc80.csv", id="half a character of a file name"),
    ],
)
def test_what_a_terminal_acts_on_is_shown(text, shown):
    assert safe_text(text) == shown


@settings(deadline=None)
@given(ANY)
def test_no_control_character_is_left(text):
    shown = safe_text(text)
    assert not {unicodedata.category(sign) for sign in shown} & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    assert len(shown.splitlines()) <= 1
    shown.encode("utf-8")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("=cmd|' /C calc'!A0", id="equals"),
        pytest.param("+1", id="plus"),
        pytest.param("-1", id="minus"),
        pytest.param("@SUM(A1)", id="at"),
        pytest.param("\tx", id="tab"),
        pytest.param("\rx", id="carriage return"),
        pytest.param("\nx", id="line feed"),
        pytest.param("   =1", id="after spaces"),
        pytest.param("\uff1d1", id="full-width equals"),
        pytest.param("\uff20x", id="full-width at"),
        pytest.param("\ufe631", id="a small minus"),
    ],
)
def test_a_cell_that_would_run_is_neutralised(text):
    assert safe_cell(text) == f"'{text}"


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        pytest.param("Acme;=1", "Acme;'=1", id="a semicolon"),
        pytest.param("Acme\t=1", "Acme\t'=1", id="a tab"),
        pytest.param("Acme\n=1", "Acme\n'=1", id="a line break"),
        pytest.param("Acme\r\n@x", "Acme\r\n'@x", id="a Windows line break"),
        pytest.param('Acme; "+1"', 'Acme;\' "+1"', id="a quote after it"),
        pytest.param("\n=1", "'\n'=1", id="at the start too"),
        pytest.param("=1;=2", "'=1;'=2", id="twice"),
        pytest.param("a;b, -1; c", "a;b, -1; c", id="nothing that runs"),
    ],
)
def test_what_another_delimiter_would_make_a_cell_of_is_neutralised(text, cell):
    assert safe_cell(text) == cell


def test_a_formula_after_signs_that_nobody_sees_is_neutralised():
    assert safe_cell(" \u00a0\ufeff =1") == "' \u00a0\\ufeff =1"


@pytest.mark.parametrize(
    "sign", ["\u202e", "\u2066", "\u200b", "\u200d", "\u2028", "\u2029", "\ufeff"]
)
def test_what_nobody_sees_is_shown(sign):
    assert safe_cell(f"Ac{sign}me") == f"Ac\\u{ord(sign):04x}me"


@pytest.mark.parametrize("text", ["", " ", "Acme", "a=b", "2025-06", "'=1", "O'Neill -x", "a; b"])
def test_other_cells_stay(text):
    assert safe_cell(text) == text


def test_every_sign_that_is_taken_for_one_of_the_four_counts():
    """Unicode says which signs these are: those that compatibility makes one of the four."""
    alike = [
        sign
        for sign in map(chr, range(0x110000))
        if unicodedata.normalize("NFKC", sign).startswith(("=", "+", "-", "@"))
    ]
    assert len(alike) == 19
    assert [sign for sign in alike if safe_cell(f"{sign}1") != f"'{sign}1"] == []


STARTS_A_CELL = re.compile(r"""(?:\A|[;\t\r\n])[\s"\u200b]*[=+\-@\uff1d]""")


@settings(deadline=None)
@given(st.text(st.sampled_from("=+-@ \t\r\n'\"a1;,\u200b\uff1d\u00a0"), max_size=8))
@example("a;\n;=")
def test_no_cell_runs_and_nothing_but_apostrophes_is_added(text):
    cell = safe_cell(text)
    assert not STARTS_A_CELL.search(cell)
    assert cell.replace("'", "") == text.replace("'", "").replace("\u200b", "\\u200b")


@settings(deadline=None)
@given(
    st.text(st.sampled_from("=+-@ \t\n'\"a1;,\\\x1b\u200b\uff1d\u00a0é"), max_size=8).map(
        "a".__add__
    )
)
@example("a;\x1b=1")
@example('a; "=1')
def test_what_is_known_to_be_harmless_is_written_as_what_is_not(text):
    with patch.object(safe_text_module, "_HARMLESS", re.compile("(?!)")):
        slowly = safe_cell(text)
    assert safe_cell(text) == slowly


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["C", "Zl", "Zp"], exclude_characters=";")))
@example("\ufb01")
def test_a_cell_is_itself_or_itself_behind_a_quote(text):
    assert safe_cell(text) in {text, f"'{text}"}


@settings(deadline=None)
@given(ANY)
def test_a_cell_has_no_control_but_tabs_and_line_breaks(text):
    cell = safe_cell(text)
    kinds = {unicodedata.category(sign) for sign in cell if sign not in "\t\r\n"}
    assert not kinds & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    cell.encode("utf-8")


def test_output_falls_back_where_a_stream_knows_few_characters():
    assert for_encoding("June · ─ … Müller", "utf-8") == "June · ─ … Müller"
    assert for_encoding("June · ─ … Müller", "ascii") == "June | - ... M\\xfcller"
    assert for_encoding("Müller", None) == "M\\xfcller"
    assert for_encoding("Müller · 株", "cp1252") == "Müller | \\u682a"


@settings(deadline=None)
@given(ANY)
def test_json_means_the_same_and_has_no_sign_that_a_terminal_acts_on(text):
    bare = json.dumps({"name": [text]}, ensure_ascii=False, indent=1)
    for written in (safe_json(bare), ascii_json(bare), ascii_json(safe_json(bare))):
        assert json.loads(written) == {"name": [text]}
    assert safe_text(safe_json(bare).replace("\n", "")) == safe_json(bare).replace("\n", "")
    assert ascii_json(bare).isascii()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("https://evil.example", "https\\://evil.example", id="an address"),
        pytest.param("WWW.evil.example", "WWW\\.evil.example", id="an address without a scheme"),
        pytest.param("[x](javascript:y)", "\\[x\\](javascript:y)", id="a link"),
        pytest.param("</script>", "&lt;/script&gt;", id="HTML"),
        pytest.param("$x$ at 23:59", "\\$x\\$ at 23:59", id="a formula"),
        pytest.param("a\\|b", "a\\\\\\|b", id="an escape of one's own"),
    ],
)
def test_markdown_of_a_name_is_only_text(text, shown):
    assert safe_markdown(text) == shown


@settings(deadline=None)
@given(ANY)
def test_markdown_stays_in_its_cell(text):
    shown = safe_markdown(text)
    assert not re.search(r"(?<!\\)(?:\\\\)*[|`\[\]<>]", shown)
    assert len(shown.splitlines()) <= 1


@given(st.text(st.sampled_from("aZ09 [{(<'\"=+-@;\t\n\x00\u200b\u202e|,:~é"), max_size=6))
def test_a_cell_that_is_taken_for_harmless_would_have_stayed(text):
    if safe_text_module._HARMLESS.fullmatch(text):
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(safe_text_module, "_HARMLESS", re.compile(r"(?!)"))
            assert safe_cell(text) == text


def test_text_is_as_wide_as_it_will_be_where_it_is_laid_out():
    with laid_out_for("ascii"):
        assert safe_text("Müller … 00280") == "M\\xfcller ... 00280"
    with laid_out_for("latin-1"):
        assert safe_text("Müller") == "Müller"
    assert safe_text("Müller …") == "Müller …"
