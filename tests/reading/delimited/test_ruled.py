from __future__ import annotations

import pytest

from retention_cli.reading.delimited.ruled import without_rules

PSQL = " id | name\n----+------\n  1 | Ann\n    | Bo\n(2 rows)\n"


def plain(text):
    found = without_rules(text.encode(), text)
    return None if found is None else (found.data.decode(), found.mark)


def test_every_line_stays_a_line():
    data, mark = plain(PSQL)
    assert (data, mark) == ("id|name\n\n1|Ann\n|Bo\n(2 rows)\n", "|")


def test_a_last_blank_cell_between_bars_is_a_cell():
    assert plain("a | b\n--+--\n1 | \n2 | x\n")[0] == "a|b\n\n1|\n2|x\n"


def test_bars_that_markdown_escapes_are_text():
    text = "| a | b |\n|---|---|\n| x \\| y | 1 |\n"
    assert plain(text) == ("a\tb\n\nx | y\t1\n", "\t")


def test_lines_of_boxes_are_bars():
    assert plain("│ a │ b │\n├───┼───┤\n│ 1 │ 2 │\n") == ("a|b\n\n1|2\n", "|")


def test_cells_below_dashes_may_hold_blanks_and_be_blank():
    text = "id name     at\n-- -------- ----\n1  Ann Ash  x y\n2           z\n"
    assert plain(text)[0] == "id\tname\tat\n\n1\tAnn Ash\tx y\n2\t\tz\n"


def test_a_line_that_does_not_keep_to_the_dashes_stays_whole():
    text = "id name\n-- ----\n1  Ann\n2  Bob\n3 rows selected.\n"
    assert plain(text)[0].endswith("2\tBob\n3 rows selected.\n")


def test_dashes_between_delimiters_are_a_blank_row():
    assert plain("id,name\n--,----\n1,Ann\n") == ("id,name\n\n1,Ann\n", None)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("id|name\n1|Ann\n2|Bo\n", id="no rule"),
        pytest.param("id,note\n1,--\n2,---\n", id="dashes for nothing"),
        pytest.param('id|note\n1|"a\n-----\nb"\n2|x\n', id="a rule inside of a quoted cell"),
        pytest.param("Report\n------\nid,name\n1,Ann\n", id="a line below a title"),
        pytest.param("a\n---\n", id="one column"),
    ],
)
def test_what_is_no_such_list_is_left_alone(text):
    assert plain(text) is None


@pytest.mark.parametrize(
    "below",
    ["│ int64 │ varchar │\n", "│ --- ┆ --- │\n│ i64 ┆ str │\n", "│ date │ decimal(10,2) │\n"],
)
def test_types_below_the_names_are_none_of_the_table(below):
    text = f"┌───┬───┐\n│ a │ b │\n{below}├───┼───┤\n│ 1 │ 2 │\n│ text │ date │\n└───┴───┘\n"
    blank = "\n" * below.count("\n")
    assert plain(text)[0] == f"\na|b\n{blank}\n1|2\ntext|date\n\n"
