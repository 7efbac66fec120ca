from __future__ import annotations

import pytest

from retention_cli.mapping.presets.shapes import KNOWN
from retention_cli.reading.tables.names_or_data import (
    further_header_rows,
    is_data,
    is_of_words,
    unproven_header_row,
)

HEADER = ["day", "customer", "paid"]
DATA = [["2025-01-02", "Ann", "5.00"], ["2025-01-03", "Bob", "7.00"]]


@pytest.mark.parametrize(
    ("rows", "count"),
    [
        pytest.param([["Tag", "Kunde", "bezahlt"]], 1, id="names in another language"),
        pytest.param([["UTC", "", "EUR"]], 1, id="units over columns of numbers"),
        pytest.param([["", "", "EUR"]], 1, id="one unit alone"),
        pytest.param([["of", "of", "of"], ["invoice", "it", "it"]], 2, id="three rows"),
        pytest.param([["DAY", "Customer", "Paid"]], 1, id="the header again"),
        pytest.param([["of", "", ""]], 0, id="a key alone"),
        pytest.param([], 0, id="data alone"),
        pytest.param([["soon", "Ann", "5.00"]], 0, id="a bad day"),
        pytest.param([["soon", "Ann2", "open?"]], 0, id="a name with a digit"),
        pytest.param([["soon", "Ann", "many"]], 0, id="a cell that is below again"),
        pytest.param([["soon", "Zoe", "n/a"]], 0, id="a word for nothing"),
        pytest.param([["", "Zoe", "much"]], 0, id="one word too many, beside another"),
        pytest.param([["a", "b", "c", "d"]], 0, id="wider than the header"),
        pytest.param([["of"]], 0, id="narrower than the header"),
        pytest.param([["", "", ""]], 0, id="blank"),
    ],
)
def test_rows_of_names_below_a_header(rows, count):
    assert further_header_rows(HEADER, [*rows, *DATA]) == count


def test_two_rows_of_data_have_to_prove_it():
    assert further_header_rows(HEADER, [["UTC", "", "EUR"], DATA[0]]) == 0
    assert further_header_rows(HEADER, [["UTC", "", "EUR"]]) == 0


def test_a_header_with_digits_proves_nothing_of_its_column():
    assert further_header_rows(["Q1", "customer", "Q2"], [["low", "of", "high"], *DATA]) == 0


def test_known_names_make_one_column_enough():
    below = [["Name", "Datum"], ["Ann", "2025-01-02"], ["Bob", "2025-01-03"]]
    assert further_header_rows(["who", "when"], below) == 0
    assert further_header_rows(["who", "when"], below, is_known=KNOWN.is_name) == 1


@pytest.mark.parametrize(
    ("header", "rows", "place"),
    [
        pytest.param(HEADER, [["ACME", "Acme", "unlisted"]], 0, id="an id and words"),
        pytest.param(HEADER, [["ACME", "", ""]], 0, id="an id alone"),
        pytest.param(HEADER, [["UTC", "", ""]], 0, id="an id alone, short"),
        pytest.param(HEADER, [["UTC", "", "EUR"]], None, id="units"),
        pytest.param(HEADER, [["", "", "(in EUR)"]], None, id="one unit"),
        pytest.param(HEADER, [["from", "Ann", "Datum"]], None, id="a known name over digits"),
        pytest.param(HEADER, [["ACME", "Name", "unlisted"]], 0, id="a known name over words"),
        pytest.param(HEADER, [["of", "Name", "Status"]], None, id="two known names"),
        pytest.param(HEADER, [["Day", "CUSTOMER", "paid"]], None, id="the header again"),
        pytest.param(["day", "who", ""], [["of", "", "sum"]], None, id="a column without a name"),
        pytest.param(["day", "", "paid"], [["of", "Ann", "x"]], 0, id="one without digits"),
        pytest.param(HEADER, [["UTC", "", "EUR"], ["ACME", "Acme", "x"]], 1, id="the second"),
        pytest.param(HEADER, [], None, id="none"),
    ],
)
def test_a_further_row_of_names_that_may_be_one_of_data(header, rows, place):
    assert unproven_header_row(header, rows, DATA, is_known=KNOWN.is_name) == place


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        pytest.param(DATA * 2, True, id="data alone"),
        pytest.param([HEADER, *DATA], False, id="a header"),
        pytest.param([["", "Ann", "5.00"], *DATA], True, id="an amount among amounts"),
        pytest.param([["Zoe", "Ann", "5.00"], *DATA], False, id="a word among days"),
        pytest.param([["Ann", "2024"], ["Bob", "7"], ["Cy", "8"]], False, id="may be a year"),
        pytest.param(
            [["who", "2024-01"], ["Bob", "7.50"], ["Cy", "8.50"]], False, id="a month over amounts"
        ),
        pytest.param([["a", "b"], ["c", "d"], ["e", "f"]], False, id="words alone"),
        pytest.param(DATA, False, id="one row below proves nothing"),
        pytest.param(
            [["$5", "9:30 AM"], ["$6.50", "10:30 PM"], ["EUR 7", "11:30 AM"]],
            True,
            id="money, times",
        ),
    ],
)
def test_a_first_row_of_data(rows, told):
    assert is_data(rows[0], rows[1:]) is told


def test_words_have_letters_no_digits_and_say_something():
    assert is_of_words(["Customer", "", "Paid by"])
    for cells in (["", " "], ["A1", "b"], ["n/a", "b"], ["-", "b"], ["None", "b"]):
        assert not is_of_words(cells)


@pytest.mark.parametrize(
    "odd", [["torn"], ["a footer", "", ""], HEADER], ids=["torn", "footer", "header"]
)
def test_rows_that_are_none_of_data_prove_nothing_against_names(odd):
    assert further_header_rows(HEADER, [["UTC", "", "EUR"], DATA[0], odd, DATA[1]]) == 1


def test_a_unit_over_the_only_column_of_numbers():
    below = [["UTC", ""], ["1 May", "Ann"], ["2 May", "Bob"]]
    assert further_header_rows(["day", "customer"], below) == 1


def test_rows_that_are_half_filled_are_data():
    header = ["day", "customer", "paid", "note"]
    below = [["UTC", "", "", ""], ["1 May", "Ann", "", ""], ["2 May", "Bob", "", ""]]
    assert further_header_rows(header, below) == 1


def test_a_header_has_three_rows_at_most():
    assert (
        further_header_rows(HEADER, [["a", "b", "c"], ["d", "e", "f"], ["g", "h", "i"], *DATA]) == 0
    )


SURVEY = ["Respondent", "Which have you seen?", "", ""]
ANSWERS = [["3292879998", "I", "", "C-3PO"], ["3292879538", "", "II", ""]]


@pytest.mark.parametrize(
    ("header", "labels", "count"),
    [
        pytest.param(SURVEY, ["", "I", "II", "C-3PO"], 1, id="labels, that answers repeat"),
        pytest.param(SURVEY, ["32", "I", "II", "C-3PO"], 0, id="an id"),
        pytest.param(["Age", *SURVEY], ["", "32", "I", "II", "C-3PO"], 0, id="an id, no age"),
        pytest.param(SURVEY, ["", "I", "II", ""], 0, id="a column without any name"),
        pytest.param([*SURVEY[:3], "More"], ["", "I", "II", "C-3PO"], 0, id="one nameless alone"),
    ],
)
def test_labels_of_answers_below_questions(header, labels, count):
    below = [labels, *([""] * (len(header) - 4) + row for row in ANSWERS)]
    assert further_header_rows(header, below) == count
    assert unproven_header_row(header, below[:count], below[count:]) is None
