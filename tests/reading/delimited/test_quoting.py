from __future__ import annotations

import pytest

from retention_cli.reading.delimited.quoting import (
    unwrapped,
    with_equals_quoted,
    without_blanks_beside_quotes,
)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('id,name\n1,"a, b"\n', id="a quoted cell"),
        pytest.param('"id","name"\n"1","Ann"\n', id="all quoted"),
        pytest.param('id,name\n1,"a\n""x,y""\nb"\n', id="a line inside of a cell"),
        pytest.param('name\n"Ash, Ann"\n"Bee, Bo"\n', id="one column"),
        pytest.param('id,name,note\n",,",,\n', id="a cell of delimiters"),
        pytest.param('"Report, June"\nid,name\n1,Ann\n2,Bo\n', id="a title"),
    ],
)
def test_quotes_around_cells_stay(text):
    assert unwrapped(text.encode(), text.encode()) is None


def test_only_lines_that_hold_quotes_may_be_in_quotes():
    text = b'id,name\n"1,""Ash, Ann"""\n2,Bo\n'
    assert unwrapped(text, text) == b'id,name\n1,"Ash, Ann"\n2,Bo\n'


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        (b'1, "a, b" ,2\n', b'1,"a, b",2\n'),
        (b' "a","b" \n', b'"a","b"\n'),
        (b'1,"x, ""y"", z",2\n', b'1,"x, ""y"", z",2\n'),
        (b'1,"x\n "",2",3\n', b'1,"x\n "",2",3\n'),
        (b'5" pipe, "a"\n', b'5" pipe,"a"\n'),
        (b'1, "a\nb"\n', b'1, "a\nb"\n'),
    ],
)
def test_blanks_beside_quotes_go(text, plain):
    assert without_blanks_beside_quotes(text, ",", '"') == plain


def test_a_delimiter_inside_of_a_formula_is_text():
    assert with_equals_quoted(b'="a, b",1\n', ",") == b'"=""a, b""",1\n'
    assert with_equals_quoted(b'x="a",1\n', ",") == b'x="a",1\n'
    assert with_equals_quoted(b'"t,=""u",1\n', ",") == b'"t,=""u",1\n'
