from __future__ import annotations

import pytest

from retention_cli.errors import DataRefusedError, RetentionError
from retention_cli.reading.delimited.dialect import (
    BLANKS,
    decide_delimiter,
    declared_delimiter,
    is_followed_by_blanks,
    quoted_by_apostrophes,
    told_delimiter,
)


@pytest.mark.parametrize(
    ("sample", "mark"),
    [
        pytest.param("a,b\n1,2\n", ",", id="commas"),
        pytest.param("a;b\n1;2\n", ";", id="semicolons"),
        pytest.param("a\tb\n1\t2\n", "\t", id="tabs"),
        pytest.param("a|b\n1|2\n", "|", id="bars"),
        pytest.param("a;b;c\n1,5;2,5;x\n", ";", id="decimal commas in each row"),
        pytest.param("a,b\n1,x; y\n2,z; w; v\n", ",", id="semicolons in a comment"),
        pytest.param('a,b\n1,"x;y;z"\n', ",", id="semicolons in quotes"),
        pytest.param('"a;b;c",d\n1,2\n', ",", id="semicolons in a quoted header"),
        pytest.param('a;b\n"x ""1,2,3"" y";2\n', ";", id="commas between doubled quotes"),
        pytest.param('a,b\n1,"x\ny;z"\n', ",", id="a newline in quotes"),
        pytest.param("a;b;c\n1;2\n1;2;3\n1;2;3\n", ";", id="a torn row"),
        pytest.param("a\n1,5\n2,5\n", ",", id="one column of decimals"),
        pytest.param("name\nAnn Lee\nBob\n", ",", id="one column with blanks"),
        pytest.param("a b\n1 2\n", BLANKS, id="blanks"),
        pytest.param("  a   b\n 1  2  \n", BLANKS, id="runs of blanks, also in front"),
        pytest.param("Customer name\n", ",", id="a header of two words alone"),
        pytest.param("a\n", ",", id="one name"),
        pytest.param("a^b\n1^2\n", "^", id="carets"),
        pytest.param("a~b~c\n1~2~3\n", "~", id="tildes"),
        pytest.param("day 9:00\n10:30\n11:15 pm\n12\n", ",", id="times in one column"),
        pytest.param('a;b;c\n"1;x, y;"2"\n1;2, 3;"3"\n', ";", id="a stray quote"),
        pytest.param('a b c\n1 "2 3" \n4 5 6\n', BLANKS, id="blanks, some in quotes"),
        pytest.param('"a" "b"\n"1 2" "3"\n', BLANKS, id="blanks between quotes"),
        pytest.param("", ",", id="nothing"),
        pytest.param("\n \n", ",", id="blank lines"),
    ],
)
def test_the_delimiter_is_what_lines_have_equally_often(sample, mark):
    assert decide_delimiter(sample, file="a.csv") == mark


@pytest.mark.parametrize(
    ("sample", "named", "option"),
    [
        pytest.param("a,b;c\n1,2;3\n", "',' or ';'", '--delimiter ","', id="comma, semicolon"),
        pytest.param("a\tb|c\n1\t2|3\n", "a tab or '|'", '--delimiter "\\t"', id="a tab"),
    ],
)
def test_a_tie_is_refused_with_the_option_that_settles_it(sample, named, option):
    with pytest.raises(DataRefusedError) as caught:
        decide_delimiter(sample, file="a.csv")
    assert caught.value.message == f"a.csv: its column delimiter may be {named}"
    assert option in caught.value.hint


@pytest.mark.parametrize(
    ("line", "mark"),
    [
        ("sep=;", ";"),
        ("SEP=,", ","),
        ('"sep=|"', "|"),
        ("sep=\t", "\t"),
        ("sep=;\r\n", ";"),
        ("sep=", None),
        ("sep=;;", None),
        ("sep=;a", None),
        ("id;sep=;", None),
        ("", None),
    ],
)
def test_only_a_line_of_its_own_names_the_delimiter(line, mark):
    assert declared_delimiter(line) == mark


@pytest.mark.parametrize(
    ("text", "mark"), [(";", ";"), ("\\t", "\t"), ("TAB", "\t"), ("\t", "\t"), (" ", " ")]
)
def test_a_delimiter_can_be_typed(text, mark):
    assert told_delimiter(text) == mark


@pytest.mark.parametrize("text", ["", ";;", '"', "\n", "\r", "\0"])
def test_what_cannot_set_columns_apart_is_refused(text):
    with pytest.raises(RetentionError, match="is not a delimiter") as caught:
        told_delimiter(text)
    assert "--delimiter" in caught.value.hint


def test_a_mark_that_only_the_header_has_often_does_not_win():
    sample = "id;text, with, commas\n" + "1;plain\n2;words\n"
    assert decide_delimiter(sample, file="a.csv") == ";"


def test_marks_inside_quotes_are_no_marks_in_the_header_either():
    assert decide_delimiter('"x;y",b\n"1;2",3\n', file="a.csv") == ","


@pytest.mark.parametrize(
    ("sample", "mark"),
    [
        pytest.param("id,note\n1,'big, red'\n2,'a, b'\n", ",", id="delimiters in them"),
        pytest.param("'id';'note'\n'1';'x'\n", ";", id="every cell"),
        pytest.param("id,note\n1,'it''s big, red'\n2,'a, b'\n", ",", id="doubled"),
        pytest.param("id,note\n1,'it's big, red'\n2,'a, b'\n", ",", id="not doubled"),
        pytest.param("id,name\n1,O'Brien\n2,D'Arcy\n", None, id="in names"),
        pytest.param("id,name\n'00123,Ann\n'00456,Bob\n", None, id="before ids"),
        pytest.param("id,name\n1,'Ann'\n2,'Bob'\n", None, id="around names"),
        pytest.param("id,name\n1,'t Hooft\n2,the boys'\n", None, id="at ends of different cells"),
        pytest.param("note\n'a'\n'b'\n", None, id="one column"),
    ],
)
def test_apostrophes_have_to_prove_that_they_are_quotes(sample, mark):
    assert quoted_by_apostrophes(sample, None) == mark


def test_blanks_behind_delimiters_belong_to_them_only_where_all_have_one():
    assert is_followed_by_blanks('a, b, "c"\n1, "x,y", \n', ",", '"')
    for sample in ("a, b\n1,2\n", 'a,"b, c"\n', "a b\n1 2\n", 'a, b\n"x" ,2\n'):
        assert not is_followed_by_blanks(sample, ",", '"')


@pytest.mark.parametrize("sample", ['"Projec', '"', '"a,b'])
def test_an_opened_quote_alone_sets_nothing_apart(sample):
    assert decide_delimiter(sample, file="a.csv") == ","
